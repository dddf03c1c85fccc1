/* The glossary, changed: one transaction and one row of the journal for each concept. */
#include "schema/term.h"

#include "schema/article.h"
#include "schema/base/clock.h"
#include "schema/check.h"
#include "schema/journal.h"

enum { DOMAIN_MAX = 60 };

static const char *const MEANINGS[TERM_LANGS] = {"meaning_uz", "meaning_ru", "meaning_en"};

/* ---- what every change does ---------------------------------------------------------------------- */
static struct str name_of(const struct term_forms forms[TERM_LANGS])
{
	for (size_t i = TERM_LANGS; i-- > 0;) {
		if (forms[i].count)
			return forms[i].items[0].written;
	}
	return STR("");
}

static enum status journal_term(struct db *db, struct arena *mem, const struct reader *who,
				const char *action, const struct term *term, struct str name)
{
	static const char *const names[] = {"id", "term"};
	struct str values[] = {term->public_id, name};

	return journal_add(db, who,
			   &(struct journal_entry){
				   .action = str_c(action),
				   .object_type = STR("term"),
				   .object_id = term->id,
				   .detail = journal_detail(mem, names, values, COUNT(names))});
}

static enum status glossary_changed(struct db *db)
{
	return db_exec(db, "UPDATE meta SET value = value + 1 WHERE name = 'glossary_version'");
}

/* The rights of this moment; DENIED where proposing is not among them. */
static enum status rights_now(struct term_rights *out, struct reader *now, struct db *db,
			      struct arena *mem, const struct reader *who)
{
	TRY(reader_now(now, db, mem, who));
	TRY(term_rights(out, db, now));
	if (!out->propose)
		return fail(ST_DENIED, "the glossary is changed by the staff of the ministry");
	return ST_OK;
}

static enum status approver_now(struct reader *now, struct db *db, struct arena *mem,
				const struct reader *who)
{
	struct term_rights rights;

	TRY(rights_now(&rights, now, db, mem, who));
	if (!rights.approve)
		return fail(ST_DENIED, "terms are approved by those who manage a space");
	return ST_OK;
}

/* ---- rules --------------------------------------------------------------------------------------- */
static enum status check_forms(const char *field, const struct term_forms *forms)
{
	if (forms->count > TERM_FORMS_MAX)
		return fail_on(field, ST_INVALID, "A term has at most %d forms.", TERM_FORMS_MAX);
	for (size_t i = 0; i < forms->count; i++) {
		const struct term_form *form = &forms->items[i];

		TRY(check_line(field, form->written, TERM_WRITTEN_MAX));
		if (form->cyrillic.len)
			TRY(check_line(field, form->cyrillic, TERM_WRITTEN_MAX));
		if (!form->key.len)
			return fail_on(field, ST_INVALID, "“%.*s” has no letter or digit.",
				       STR_ARG(form->written));
		for (size_t k = 0; k < i; k++) {
			if (str_eq(forms->items[k].written, form->written))
				return fail_on(field, ST_INVALID,
					       "“%.*s” stands twice; take one away.",
					       STR_ARG(form->written));
		}
	}
	return ST_OK;
}

static enum status check_input(const struct term_input *in)
{
	size_t forms = 0;

	for (unsigned i = 0; i < TERM_LANGS; i++) {
		forms += in->forms[i].count;
		TRY(check_forms(term_lang_name((enum term_lang)i), &in->forms[i]));
		if (in->meaning[i].len)
			TRY(check_line(MEANINGS[i], in->meaning[i], TERM_MEANING_MAX));
	}
	if (!forms)
		return fail_on("uz", ST_INVALID, "A term in at least one language is needed.");
	if (in->domain.len)
		TRY(check_line("domain", in->domain, DOMAIN_MAX));
	if (in->source.len)
		TRY(check_line("source", in->source, TERM_SOURCE_MAX));
	return ST_OK;
}

/* The article's number, as `who` may see it; 0 where none is named. */
static enum status find_article(int64_t *out, struct db *db, struct arena *mem,
				const struct reader *who, struct str public_id)
{
	struct article article;
	enum status outcome;

	*out = 0;
	if (!public_id.len)
		return ST_OK;
	outcome = article_get(&article, db, mem, who, public_id);
	if (outcome == ST_NOT_FOUND)
		return fail_on("article", ST_INVALID, "There is no article %.*s.",
			       STR_ARG(public_id));
	*out = article.id;
	return outcome;
}

/* ---- rows ---------------------------------------------------------------------------------------- */
static enum status put_forms(struct db *db, int64_t concept, const struct term_input *in)
{
	TRY(db_exec(db, "DELETE FROM term WHERE concept_id = $1", v_i64(concept)));
	for (unsigned lang = 0; lang < TERM_LANGS; lang++) {
		for (size_t i = 0; i < in->forms[lang].count; i++) {
			const struct term_form *f = &in->forms[lang].items[i];

			TRY(db_exec(db,
				    "INSERT INTO term (concept_id, lang, place, written, cyrillic,"
				    " key, sort, acronym) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
				    v_i64(concept),
				    v_str(str_c(term_lang_name((enum term_lang)lang))),
				    v_i64((int64_t)i), v_str(f->written), v_str(f->cyrillic),
				    v_str(f->key), v_str(f->sort), v_i64(f->acronym)));
		}
	}
	return ST_OK;
}

static enum status add(struct term *out, struct db *db, struct arena *mem, const struct reader *who,
		       const struct term_input *in)
{
	char public_id[PUBLIC_ID_LEN + 1];
	int64_t article, id, now = clock_now();

	TRY(check_input(in));
	TRY(find_article(&article, db, mem, who, in->article));
	secret_public_id(public_id);
	TRY(db_exec(db,
		    "INSERT INTO concept (public_id, domain, source, meaning_uz, meaning_ru,"
		    " meaning_en, article_id, state, proposer_id, created_at, changed_at)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $9)",
		    v_str(str_c(public_id)), v_str(in->domain), v_str(in->source),
		    v_str(in->meaning[TERM_UZ]), v_str(in->meaning[TERM_RU]),
		    v_str(in->meaning[TERM_EN]), v_id(article), v_id(who->person_id), v_i64(now)));
	id = db_last_id(db);
	TRY(put_forms(db, id, in));
	TRY(term_get(out, db, mem, who, str_c(public_id)));
	return journal_term(db, mem, who, "term.propose", out, name_of(in->forms));
}

static enum status change(struct db *db, struct arena *mem, const struct reader *who,
			  const struct term *term, const struct term_input *in)
{
	int64_t article, keep;

	TRY(check_input(in));
	TRY(find_article(&article, db, mem, who, in->article));
	keep = !in->article.len && !term->article.len; /* what this reader may not see stays */
	TRY(db_exec(db,
		    "UPDATE concept SET domain = $2, source = $3, meaning_uz = $4, meaning_ru = $5,"
		    " meaning_en = $6, changed_at = $7, article_id = CASE WHEN $8 = 1 THEN"
		    " article_id ELSE $9 END WHERE id = $1",
		    v_i64(term->id), v_str(in->domain), v_str(in->source),
		    v_str(in->meaning[TERM_UZ]), v_str(in->meaning[TERM_RU]),
		    v_str(in->meaning[TERM_EN]), v_i64(clock_now()), v_i64(keep), v_id(article)));
	TRY(put_forms(db, term->id, in));
	TRY(glossary_changed(db));
	return journal_term(db, mem, who, "term.edit", term, name_of(in->forms));
}

static enum status approve(struct db *db, struct arena *mem, const struct reader *who,
			   const struct term *term)
{
	int64_t now = clock_now();

	if (term->state == TERM_APPROVED)
		return ST_OK;
	TRY(db_exec(db,
		    "UPDATE concept SET state = 1, replacement_id = NULL, approver_id = $2,"
		    " approved_at = $3, changed_at = $3 WHERE id = $1",
		    v_i64(term->id), v_id(who->person_id), v_i64(now)));
	TRY(glossary_changed(db));
	return journal_term(db, mem, who, "term.approve", term, name_of(term->forms));
}

/* The number of the approved concept that takes the place of `term`; 0 where none is named. */
static enum status find_replacement(int64_t *out, struct db *db, struct arena *mem,
				    const struct reader *who, const struct term *term,
				    struct str public_id)
{
	struct term other;
	enum status outcome;

	*out = 0;
	if (!public_id.len)
		return ST_OK;
	outcome = term_get(&other, db, mem, who, public_id);
	if (outcome == ST_NOT_FOUND ||
	    (outcome == ST_OK && (other.state != TERM_APPROVED || other.id == term->id)))
		return fail_on("replacement", ST_INVALID,
			       "The replacement is another approved term.");
	*out = other.id;
	return outcome;
}

static enum status retire(struct db *db, struct arena *mem, const struct reader *who,
			  const struct term *term, struct str replacement)
{
	int64_t other;

	if (term->state == TERM_OBSOLETE && str_eq(term->replacement, replacement))
		return ST_OK;
	TRY(find_replacement(&other, db, mem, who, term, replacement));
	TRY(db_exec(db,
		    "UPDATE concept SET state = 2, replacement_id = $2, changed_at = $3"
		    " WHERE id = $1",
		    v_i64(term->id), v_id(other), v_i64(clock_now())));
	TRY(glossary_changed(db));
	return journal_term(db, mem, who, "term.retire", term, name_of(term->forms));
}

/* ---- one act ------------------------------------------------------------------------------------- */
enum status term_propose(struct term *out, struct db *db, struct arena *mem,
			 const struct reader *who, const struct term_input *in)
{
	AUTO(tx) struct tx tx = {0};
	struct term_rights rights;
	struct reader now;

	TRY(tx_begin(&tx, db));
	TRY(rights_now(&rights, &now, db, mem, who));
	TRY(add(out, db, mem, &now, in));
	return tx_commit(&tx);
}

enum status term_edit(struct db *db, struct arena *mem, const struct reader *who,
		      struct str public_id, const struct term_input *in)
{
	AUTO(tx) struct tx tx = {0};
	struct term_rights rights;
	struct reader now;
	struct term term;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(term_get(&term, db, mem, &now, public_id));
	TRY(term_rights(&rights, db, &now));
	if (!term_may_edit(&term, &rights, &now))
		return fail(ST_DENIED, "terms are edited by those who manage a space");
	TRY(change(db, mem, &now, &term, in));
	return tx_commit(&tx);
}

enum status term_approve(struct db *db, struct arena *mem, const struct reader *who,
			 struct str public_id)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	struct term term;

	TRY(tx_begin(&tx, db));
	TRY(term_get(&term, db, mem, who, public_id));
	TRY(approver_now(&now, db, mem, who));
	TRY(approve(db, mem, &now, &term));
	return tx_commit(&tx);
}

enum status term_retire(struct db *db, struct arena *mem, const struct reader *who,
			struct str public_id, struct str replacement)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	struct term term;

	TRY(tx_begin(&tx, db));
	TRY(term_get(&term, db, mem, who, public_id));
	TRY(approver_now(&now, db, mem, who));
	TRY(retire(db, mem, &now, &term, replacement));
	return tx_commit(&tx);
}

/* ---- many at once -------------------------------------------------------------------------------- */
static bool same_preferred(const struct term_forms *a, const struct term_forms *b)
{
	return str_eq(a->items[0].key, b->items[0].key);
}

/* The concept has a preferred form in a language that both have, and none that differs. */
static bool is_same_concept(const struct term *term, const struct term_input *in)
{
	bool shared = false;

	for (size_t i = 0; i < TERM_LANGS; i++) {
		if (!term->forms[i].count || !in->forms[i].count)
			continue;
		if (!same_preferred(&term->forms[i], &in->forms[i]))
			return false;
		shared = true;
	}
	return shared;
}

/* Public ids of concepts of the domain with this preferred form. */
static enum status candidates(struct str **out, size_t *count, struct db *db, struct arena *mem,
			      const struct term_input *in, unsigned lang)
{
	AUTO(rows) struct rows r = {0};
	size_t room = 0;

	*out = NULL;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT c.public_id FROM term t JOIN concept c ON c.id = t.concept_id"
		    " WHERE t.key = $1 AND t.lang = $2 AND t.place = 0 AND c.domain = $3"
		    " ORDER BY c.id",
		    v_str(in->forms[lang].items[0].key),
		    v_str(str_c(term_lang_name((enum term_lang)lang))), v_str(in->domain)));
	while (rows_next(&r)) {
		*out = arena_grow(mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = row_str(&r, mem);
	}
	return rows_end(&r);
}

/* The concept that a row is about; `found` is false where it is new. */
static enum status find_same(struct term *out, bool *found, struct db *db, struct arena *mem,
			     const struct reader *who, const struct term_row *row)
{
	enum status outcome;

	*found = false;
	if (row->id.len) { /* one of another installation is known by its terms */
		outcome = term_get(out, db, mem, who, row->id);
		*found = outcome == ST_OK;
		if (outcome != ST_NOT_FOUND)
			return outcome;
	}
	for (unsigned lang = 0; lang < TERM_LANGS && !*found; lang++) {
		struct str *ids;
		size_t count;

		if (!row->input.forms[lang].count)
			continue;
		TRY(candidates(&ids, &count, db, mem, &row->input, lang));
		for (size_t i = 0; i < count && !*found; i++) {
			TRY(term_get(out, db, mem, who, ids[i]));
			*found = is_same_concept(out, &row->input);
		}
	}
	return ST_OK;
}

static bool same_forms(const struct term_forms *a, const struct term_forms *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!str_eq(a->items[i].written, b->items[i].written) ||
		    !str_eq(a->items[i].cyrillic, b->items[i].cyrillic))
			return false;
	}
	return true;
}

static bool is_unchanged(const struct term *term, const struct term_input *in)
{
	for (size_t i = 0; i < TERM_LANGS; i++) {
		if (!same_forms(&term->forms[i], &in->forms[i]) ||
		    !str_eq(term->meaning[i], in->meaning[i]))
			return false;
	}
	return str_eq(term->domain, in->domain) && str_eq(term->source, in->source) &&
	       str_eq(term->article, in->article);
}

static enum status set_state(struct db *db, struct arena *mem, const struct reader *who,
			     const struct term *term, const struct term_row *row)
{
	switch (row->state) {
	case TERM_PROPOSED:
		return ST_OK; /* an import takes no approval back */
	case TERM_APPROVED:
		return approve(db, mem, who, term);
	case TERM_OBSOLETE:
		return retire(db, mem, who, term, row->replacement);
	}
	return ST_OK;
}

static enum status import_row(struct term_counts *counts, struct db *db, struct arena *mem,
			      const struct reader *who, const struct term_row *row, bool only_new)
{
	struct term term;
	bool found;
	int64_t before = 0, after = 0;

	TRY(find_same(&term, &found, db, mem, who, row));
	if (found && only_new) {
		counts->unchanged++;
		return ST_OK;
	}
	TRY(term_version(&before, db));
	if (!found) {
		TRY(add(&term, db, mem, who, &row->input));
	} else if (!is_unchanged(&term, &row->input)) {
		TRY(change(db, mem, who, &term, &row->input));
	}
	TRY(set_state(db, mem, who, &term, row));
	TRY(term_version(&after, db));
	if (!found)
		counts->added++;
	else if (after != before)
		counts->changed++;
	else
		counts->unchanged++;
	return ST_OK;
}

enum status term_import(struct term_counts *out, struct db *db, struct arena *mem,
			const struct reader *who, const struct term_row *rows, size_t n,
			enum term_import how)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;

	*out = (struct term_counts){0};
	TRY(tx_begin(&tx, db));
	TRY(approver_now(&now, db, mem, who));
	for (size_t i = 0; i < n; i++) {
		AUTO(arena) struct arena row_mem = {0};
		enum status outcome =
			import_row(out, db, &row_mem, &now, &rows[i], how == TERM_IMPORT_NEW);

		if (outcome == ST_INVALID || outcome == ST_NOT_FOUND) {
			struct str words = arena_str(mem, str_c(fail_words()));

			return fail_on("file", ST_INVALID, "Line %lld: %.*s",
				       (long long)rows[i].line, STR_ARG(words));
		}
		TRY(outcome);
	}
	return how == TERM_IMPORT_TRY ? ST_OK : tx_commit(&tx);
}
