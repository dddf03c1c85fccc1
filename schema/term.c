/* The glossary, read. */
#include "schema/term.h"

#include "schema/article.h"

static const char *const LANGS[TERM_LANGS] = {"uz", "ru", "en"};
static const char *const STATES[] = {"proposed", "approved", "obsolete"};

const char *term_lang_name(enum term_lang lang)
{
	return LANGS[lang];
}

bool term_lang_from(struct str name, enum term_lang *out)
{
	for (unsigned i = 0; i < TERM_LANGS; i++) {
		if (str_is(name, LANGS[i])) {
			*out = (enum term_lang)i;
			return true;
		}
	}
	return false;
}

const char *term_state_name(enum term_state state)
{
	return STATES[state];
}

bool term_state_from(struct str name, enum term_state *out)
{
	for (unsigned i = 0; i < COUNT(STATES); i++) {
		if (str_is(name, STATES[i])) {
			*out = (enum term_state)i;
			return true;
		}
	}
	return false;
}

/* ---- who may what ------------------------------------------------------------------------------- */
static bool manages_a_space(const struct reader *who)
{
	for (size_t i = 0; i < who->n_grants; i++) {
		if (who->grants[i].level == LEVEL_MANAGE)
			return true;
	}
	return false;
}

enum status term_rights(struct term_rights *out, struct db *db, const struct reader *who)
{
	int64_t home = who->is_operator;

	*out = (struct term_rights){0};
	if (!home)
		TRY(db_i64(&home, db,
			   "SELECT count(*) FROM person p JOIN organisation o"
			   " ON o.id = p.organisation_id WHERE p.id = $1 AND o.home = 1",
			   v_i64(who->person_id)));
	out->sees_all = home != 0;
	out->propose = home && !who->reads_only;
	out->approve = out->propose && (who->is_operator || manages_a_space(who));
	return ST_OK;
}

bool term_may_edit(const struct term *term, const struct term_rights *rights,
		   const struct reader *who)
{
	return rights->approve || (rights->propose && term->state == TERM_PROPOSED &&
				   term->proposer_id && term->proposer_id == who->person_id);
}

/* ---- reading ------------------------------------------------------------------------------------ */
#define TERM_COLUMNS                                                                                \
	"c.id, c.public_id, c.domain, c.source, c.meaning_uz, c.meaning_ru, c.meaning_en, c.state," \
	" coalesce(c.article_id, 0), coalesce(x.public_id, ''), coalesce(p.login, ''),"             \
	" coalesce(p.name, ''), coalesce(a.login, ''), coalesce(a.name, ''),"                       \
	" coalesce(c.proposer_id, 0), c.created_at, coalesce(c.approved_at, 0), c.changed_at"
#define TERM_FROM                                                                                  \
	" FROM concept c LEFT JOIN concept x ON x.id = c.replacement_id"                           \
	" LEFT JOIN person p ON p.id = c.proposer_id LEFT JOIN person a ON a.id = c.approver_id"

static void term_read(struct rows *r, struct arena *mem, struct term *out, int64_t *article)
{
	*out = (struct term){.id = row_i64(r)};
	out->public_id = row_str(r, mem);
	out->domain = row_str(r, mem);
	out->source = row_str(r, mem);
	for (size_t i = 0; i < TERM_LANGS; i++)
		out->meaning[i] = row_str(r, mem);
	out->state = (enum term_state)row_i64(r);
	*article = row_i64(r);
	out->replacement = row_str(r, mem);
	out->proposer_login = row_str(r, mem);
	out->proposer_name = row_str(r, mem);
	out->approver_login = row_str(r, mem);
	out->approver_name = row_str(r, mem);
	out->proposer_id = row_i64(r);
	out->created_at = row_i64(r);
	out->approved_at = row_i64(r);
	out->changed_at = row_i64(r);
}

static void form_read(struct term *term, struct rows *r, struct arena *mem)
{
	enum term_lang lang = TERM_UZ;
	struct term_forms *forms;
	struct term_form form;

	(void)term_lang_from(row_str(r, mem), &lang);
	form.written = row_str(r, mem);
	form.cyrillic = row_str(r, mem);
	form.key = row_str(r, mem);
	form.sort = row_str(r, mem);
	form.acronym = row_i64(r) != 0;
	forms = &term->forms[lang];
	if (!forms->items)
		forms->items = arena_array(mem, TERM_FORMS_MAX, sizeof(form));
	if (forms->count < TERM_FORMS_MAX)
		forms->items[forms->count++] = form;
}

/* The forms, and the article where this reader may know of it. */
static enum status term_fill(struct term *term, struct db *db, struct arena *mem,
			     const struct reader *who, int64_t article_id)
{
	AUTO(rows) struct rows r = {0};
	struct article article;
	enum status outcome;

	TRY(db_rows(&r, db,
		    "SELECT lang, written, cyrillic, key, sort, acronym FROM term"
		    " WHERE concept_id = $1 ORDER BY lang, place",
		    v_i64(term->id)));
	while (rows_next(&r))
		form_read(term, &r, mem);
	TRY(rows_end(&r));
	if (!article_id)
		return ST_OK;
	outcome = article_get_by_id(&article, db, mem, who, article_id);
	if (outcome == ST_OK)
		term->article = article.public_id;
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

/*
 * Where the list goes on: behind the place of this concept in the order of the language. One that the
 * reader may not know of has none, like one that does not exist.
 */
struct place {
	int64_t id, without;
	struct str sort;
};

static enum status find_place(struct place *out, struct db *db, struct arena *mem,
			      const struct term_rights *rights, const struct term_filter *filter)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct place){.sort = STR("")};
	if (!filter->after.len)
		return ST_OK;
	TRY(db_rows(&r, db,
		    "SELECT c.id, coalesce(t.sort, ''), CASE WHEN t.id IS NULL THEN 1 ELSE 0 END"
		    " FROM concept c LEFT JOIN term t ON t.concept_id = c.id AND t.lang = $2"
		    " AND t.place = 0 WHERE c.public_id = $1 AND ($3 = 1 OR c.state = 1)",
		    v_str(filter->after), v_str(str_c(LANGS[filter->lang])),
		    v_i64(rights->sees_all)));
	if (rows_next(&r)) {
		out->id = row_i64(&r);
		out->sort = row_str(&r, mem);
		out->without = row_i64(&r);
	}
	return rows_end(&r);
}

/* The preferred form in the language $1, for who sees all ($2), of a state, a domain, a word. */
#define TERM_FILTER                                                                                \
	" LEFT JOIN term t ON t.concept_id = c.id AND t.lang = $1 AND t.place = 0"                 \
	" WHERE ($2 = 1 OR c.state = 1) AND ($3 = -1 OR c.state = $3)"                             \
	" AND ($4 = '' OR c.domain = $4)"                                                          \
	" AND ($5 = '' OR EXISTS (SELECT 1 FROM term f WHERE f.concept_id = c.id"                  \
	"  AND ' ' || f.key LIKE '% ' || $5 || '%'))"

static enum status list_rows(struct rows *r, struct db *db, struct arena *mem,
			     const struct term_rights *rights, const struct term_filter *filter,
			     size_t limit)
{
	struct place at;

	TRY(find_place(&at, db, mem, rights, filter));
	return db_rows(r, db,
		       "SELECT " TERM_COLUMNS TERM_FROM TERM_FILTER
		       " AND ($6 = '' OR t.sort LIKE $6 || '%')"
		       " AND ($7 = 0 OR (CASE WHEN t.id IS NULL THEN 1 ELSE 0 END,"
		       "  coalesce(t.sort, ''), c.id) > ($8, $9, $7))"
		       " ORDER BY CASE WHEN t.id IS NULL THEN 1 ELSE 0 END,"
		       " coalesce(t.sort, ''), c.id LIMIT $10",
		       v_str(str_c(LANGS[filter->lang])), v_i64(rights->sees_all),
		       v_i64(filter->has_state ? (int64_t)filter->state : -1),
		       v_str(filter->domain), v_str(filter->key), v_str(filter->initial),
		       v_i64(at.id), v_i64(at.without), v_str(at.sort), v_i64((int64_t)limit));
}

enum status term_list(struct term **out, size_t *count, struct db *db, struct arena *mem,
		      const struct reader *who, const struct term_filter *filter, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct term *list = arena_array(mem, limit + 1, sizeof(*list));
	int64_t *articles = arena_array(mem, limit + 1, sizeof(*articles));
	struct term_rights rights;

	*out = list;
	*count = 0;
	TRY(term_rights(&rights, db, who));
	TRY(list_rows(&r, db, mem, &rights, filter, limit));
	while (rows_next(&r)) {
		term_read(&r, mem, &list[*count], &articles[*count]);
		++*count;
	}
	TRY(rows_end(&r));
	for (size_t i = 0; i < *count; i++)
		TRY(term_fill(&list[i], db, mem, who, articles[i]));
	return ST_OK;
}

enum status term_names(struct term_name **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who, const struct term_filter *filter)
{
	AUTO(rows) struct rows r = {0};
	struct term_name *list = NULL;
	struct term_rights rights;
	size_t room = 0;

	*count = 0;
	TRY(term_rights(&rights, db, who));
	TRY(db_rows(&r, db,
		    "SELECT c.public_id, coalesce(t.written, ''), coalesce(t.cyrillic, '')"
		    " FROM concept c" TERM_FILTER " ORDER BY c.id",
		    v_str(str_c(LANGS[filter->lang])), v_i64(rights.sees_all),
		    v_i64(filter->has_state ? (int64_t)filter->state : -1), v_str(filter->domain),
		    v_str(filter->key)));
	while (rows_next(&r)) {
		list = arena_grow(mem, list, *count, &room, sizeof(*list));
		list[*count] = (struct term_name){.public_id = row_str(&r, mem)};
		list[*count].form.written = row_str(&r, mem);
		list[(*count)++].form.cyrillic = row_str(&r, mem);
	}
	*out = list;
	return rows_end(&r);
}

enum status term_get(struct term *out, struct db *db, struct arena *mem, const struct reader *who,
		     struct str public_id)
{
	AUTO(rows) struct rows r = {0};
	struct term_rights rights;
	int64_t article;

	TRY(term_rights(&rights, db, who));
	TRY(db_rows(&r, db,
		    "SELECT " TERM_COLUMNS TERM_FROM
		    " WHERE c.public_id = $1 AND ($2 = 1 OR c.state = 1)",
		    v_str(public_id), v_i64(rights.sees_all)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "there is no such term");
	}
	term_read(&r, mem, out, &article);
	TRY(rows_end(&r));
	return term_fill(out, db, mem, who, article);
}

enum status term_domains(struct str **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	struct term_rights rights;
	size_t room = 0;

	*out = NULL;
	*count = 0;
	TRY(term_rights(&rights, db, who));
	TRY(db_rows(&r, db,
		    "SELECT DISTINCT domain FROM concept WHERE domain <> ''"
		    " AND ($1 = 1 OR state = 1) ORDER BY domain",
		    v_i64(rights.sees_all)));
	while (rows_next(&r)) {
		*out = arena_grow(mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = row_str(&r, mem);
	}
	return rows_end(&r);
}

enum status term_version(int64_t *out, struct db *db)
{
	return db_i64(out, db, "SELECT value FROM meta WHERE name = 'glossary_version'");
}

enum status term_load_approved(struct term **out, size_t *count, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	size_t room = 0;

	*out = NULL;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT c.id, c.public_id, t.lang, t.written, t.cyrillic, t.key, t.sort,"
		    " t.acronym FROM concept c JOIN term t ON t.concept_id = c.id"
		    " WHERE c.state = 1 ORDER BY c.id, t.lang, t.place"));
	while (rows_next(&r)) {
		int64_t id = row_i64(&r);
		struct str public_id = row_str(&r, mem);

		if (!*count || (*out)[*count - 1].id != id) {
			*out = arena_grow(mem, *out, *count, &room, sizeof(**out));
			(*out)[(*count)++] = (struct term){
				.id = id, .public_id = public_id, .state = TERM_APPROVED};
		}
		form_read(&(*out)[*count - 1], &r, mem);
	}
	return rows_end(&r);
}
