/* Making articles and saving revisions: one transaction each, rights checked inside it. */
#include "schema/article.h"

#include "schema/article_row.h"
#include "schema/base/buf.h"
#include "schema/base/clock.h"
#include "schema/check.h"
#include "schema/complete.h"
#include "schema/journal.h"
#include "schema/linked.h"
#include "schema/revision.h"

static enum status check_input(const struct article_input *in)
{
	TRY(check_line("title", in->title, TITLE_MAX_POINTS));
	TRY(check_body("body", in->text.body, ARTICLE_MAX));
	if (in->comment.len)
		TRY(check_line("comment", in->comment, COMMENT_MAX_POINTS));
	if (in->n_tags > ARTICLE_TAGS_MAX)
		return fail_on("tags", ST_INVALID, "An article has at most %d tags.",
			       ARTICLE_TAGS_MAX);
	for (size_t i = 0; i < in->n_tags; i++) {
		TRY(check_line("tags", in->tags[i].name, TAG_MAX_BYTES));
		if (in->tags[i].name.len > TAG_MAX_BYTES || !in->tags[i].key.len)
			return fail_on("tags", ST_INVALID,
				       "A tag has letters and at most %d bytes.", TAG_MAX_BYTES);
	}
	if (in->n_fields > ARTICLE_FIELDS_MAX)
		return fail_on("fields", ST_INVALID, "An article has at most %d fields.",
			       ARTICLE_FIELDS_MAX);
	return ST_OK;
}

static enum status fill_tags(struct db *db, int64_t id, const struct article_input *in)
{
	TRY(db_exec(db, "DELETE FROM tag WHERE article_id = $1", v_i64(id)));
	for (size_t i = 0; i < in->n_tags; i++)
		TRY(db_exec(db,
			    "INSERT INTO tag (article_id, key, name) VALUES ($1, $2, $3)"
			    " ON CONFLICT (article_id, key) DO NOTHING",
			    v_i64(id), v_str(in->tags[i].key), v_str(in->tags[i].name)));
	return ST_OK;
}

static enum status fill_fields(struct db *db, int64_t id, const struct article_input *in)
{
	TRY(db_exec(db, "DELETE FROM field WHERE article_id = $1", v_i64(id)));
	for (size_t i = 0; i < in->n_fields; i++)
		TRY(db_exec(db,
			    "INSERT INTO field (article_id, name, value) VALUES ($1, $2, $3)"
			    " ON CONFLICT (article_id, name) DO UPDATE SET value = excluded.value",
			    v_i64(id), v_str(in->fields[i].name), v_str(in->fields[i].value)));
	return ST_OK;
}

static enum status fill_links(struct db *db, int64_t id, const struct article_text *text)
{
	TRY(db_exec(db, "DELETE FROM link WHERE article_id = $1", v_i64(id)));
	for (size_t i = 0; i < text->n_links; i++)
		TRY(db_exec(
			db,
			"INSERT INTO link (article_id, position, target_key, target_id, title, words)"
			" VALUES ($1, $2, $3, $4, $5, $6)",
			v_i64(id), v_i64((int64_t)i), v_str(text->links[i].title_key),
			v_str(text->links[i].target_id), v_str(text->links[i].title),
			v_str(text->links[i].words)));
	return ST_OK;
}

/* Behind the journal row of the save. */
static enum status change_links(struct db *db, struct arena *mem, const struct article *article,
				const struct article_input *in)
{
	bool was_shown = article->status != ARTICLE_DRAFT, shown = in->status != ARTICLE_DRAFT;
	struct article_link *was;
	size_t n_was;

	TRY(article_links(&was, &n_was, db, mem, article));
	if (was_shown && !shown)
		TRY(linked_shown(db, article->id, article->audience_id, true));
	if (shown)
		TRY(linked_saved(db, article, was, was_shown ? n_was : 0, in->text.links,
				 in->text.n_links));
	return fill_links(db, article->id, &in->text);
}

static enum status fill_completions(struct db *db, int64_t id, int64_t audience_id,
				    const struct article_input *in)
{
	TRY(db_exec(db, "DELETE FROM completion WHERE article_id = $1", v_i64(id)));
	for (size_t i = 0; i < in->n_completions; i++)
		TRY(db_exec(db,
			    "INSERT INTO completion (audience_id, listed, later, key, article_id)"
			    " VALUES ($1, $2, $3, $4, $5)"
			    " ON CONFLICT (audience_id, listed, later, key, article_id) DO NOTHING",
			    v_i64(audience_id), v_i64(in->status != ARTICLE_DRAFT), v_i64(i > 0),
			    v_str(in->completions[i]), v_i64(id)));
	return ST_OK;
}

static struct str tag_lines(struct arena *mem, const struct article_input *in)
{
	AUTO(buf) struct buf lines = {0};

	for (size_t i = 0; i < in->n_tags; i++) {
		buf_str_add(&lines, in->tags[i].name);
		buf_byte(&lines, '\n');
	}
	return buf_keep(&lines, mem);
}

static enum status insert_revision(struct db *db, struct arena *mem, const struct article *article,
				   int64_t number, int64_t base, int64_t author,
				   const struct article_input *in)
{
	const struct article_text *text = &in->text;

	TRY(db_exec(db,
		    "INSERT INTO revision (article_id, number, base, title, tags, author_id, at,"
		    " comment, minor, kind, size, space_id, audience_id, form_key)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
		    v_i64(article->id), v_i64(number), v_i64(base), v_str(in->title),
		    v_str(tag_lines(mem, in)), v_i64(author), v_i64(clock_now()),
		    v_str(in->comment), v_i64(in->minor),
		    v_str(in->kind.len ? in->kind : STR("edit")), v_i64((int64_t)text->body.len),
		    v_i64(article->space_id), v_i64(article->audience_id),
		    in->form_key.len ? v_str(in->form_key) : v_null()));
	return db_exec(db,
		       "INSERT INTO revision_text (revision_id, tree, plain, body)"
		       " VALUES ($1, $2, $3, $4)",
		       v_i64(db_last_id(db)), text->tree.len ? v_blob(text->tree) : v_null(),
		       v_str(text->plain), v_str(text->body));
}

static enum status journal_article(struct db *db, struct arena *mem, const struct reader *who,
				   struct str action, const struct article *article,
				   int64_t audience_was, int64_t revision)
{
	static const char *const names[] = {"article", "revision"};
	struct str values[] = {article->public_id, arena_printf(mem, "%lld", (long long)revision)};

	return journal_add(
		db, who,
		&(struct journal_entry){.action = action,
					.object_type = STR("article"),
					.object_id = article->id,
					.space_id = article->space_id,
					.audience_id = article->audience_id,
					.audience_was = audience_was,
					.detail = journal_detail(mem, names, values, 2)});
}

/* In whose name it is written: one's own, or for the operator the named or first administrator's. */
static enum status author_of(int64_t *out, struct db *db, const struct reader *who,
			     struct str login)
{
	*out = who->person_id;
	if (!who->is_operator)
		return ST_OK;
	if (!login.len)
		return db_i64(out, db,
			      "SELECT id FROM person WHERE duties % 2 = 1 ORDER BY id LIMIT 1");
	TRY(db_find_id(out, db, "SELECT id FROM person WHERE login = $1", v_str(login)));
	return *out ? ST_OK
		    : fail_on("author", ST_INVALID, "There is no person %.*s.", STR_ARG(login));
}

/*
 * The article that this form has made in its space, or this article where it is the one that the form
 * has changed; 0 where it has not. A form that comes again with another text is no second sending:
 * its text must not be lost.
 */
static enum status sent_before(int64_t *article_id, struct db *db, int64_t author,
			       const struct article *place, const struct article_input *in)
{
	*article_id = 0;
	if (!in->form_key.len)
		return ST_OK;
	return db_find_id(article_id, db,
			  "SELECT r.article_id FROM revision r"
			  " JOIN revision_text t ON t.revision_id = r.id"
			  " WHERE r.author_id = $1 AND r.form_key = $2 AND r.title = $3"
			  " AND t.body = $4 AND ((r.article_id = $5 AND r.number > 1)"
			  " OR ($5 = 0 AND r.space_id = $6 AND r.number = 1))"
			  " ORDER BY r.id LIMIT 1",
			  v_i64(author), v_str(in->form_key), v_str(in->title),
			  v_str(in->text.body), v_i64(place->id), v_i64(place->space_id));
}

/* 0 for none; a parent in another space or a hidden one is refused in the same words. */
static enum status parent_of(int64_t *out, struct db *db, struct arena *mem,
			     const struct reader *who, struct str public_id, int64_t space_id)
{
	struct article parent;
	enum status outcome;

	*out = 0;
	if (!public_id.len)
		return ST_OK;
	outcome = article_get(&parent, db, mem, who, public_id);
	if (outcome == ST_NOT_FOUND || (outcome == ST_OK && parent.space_id != space_id))
		return fail_on("parent", ST_INVALID,
			       "There is no such parent article in this space.");
	*out = parent.id;
	return outcome;
}

static enum status office_of(int64_t *out, struct db *db, struct str key)
{
	*out = 0;
	if (!key.len)
		return ST_OK;
	TRY(db_find_id(out, db, "SELECT id FROM office WHERE key = $1", v_str(key)));
	return *out ? ST_OK
		    : fail_on("owner", ST_INVALID, "There is no office %.*s.", STR_ARG(key));
}

/* Space and audience of a new article: the named audience, or the first of the space. */
static enum status place_of(struct article *out, struct db *db, const struct article_input *in)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT s.id, a.id FROM space s JOIN audience a ON a.space_id = s.id"
		    " WHERE s.key = $1 AND (($2 = 0 AND a.restricted = 0) OR a.id = $2)"
		    " ORDER BY a.id LIMIT 1",
		    v_str(in->space_key), v_i64(in->audience_id)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail_on("space", ST_NOT_FOUND, "There is no such space.");
	}
	out->space_id = row_i64(&r);
	out->audience_id = row_i64(&r);
	return rows_end(&r);
}

static enum status insert_article(struct article *place, struct db *db, int64_t author,
				  int64_t parent, int64_t office, const struct article_input *in)
{
	char public_id[PUBLIC_ID_LEN + 1];
	int64_t now = clock_now();

	secret_public_id(public_id);
	TRY(db_exec(db,
		    "INSERT INTO article (public_id, space_id, audience_id, parent_id, key, title,"
		    " title_key, slug, lang, status, translation, owner_office_id, review_at,"
		    " revision, creator_id, created_at, author_id, modified_at)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15,"
		    " $14, $15)",
		    v_str(str_c(public_id)), v_i64(place->space_id), v_i64(place->audience_id),
		    v_id(parent), v_str(in->key.len ? in->key : str_c(public_id)), v_str(in->title),
		    v_str(in->title_key), v_str(in->slug), v_str(in->lang), v_i64(in->status),
		    v_str(in->translation), v_id(office), v_id(in->review_at), v_i64(author),
		    v_i64(now)));
	place->id = db_last_id(db);
	return ST_OK;
}

enum status article_create(struct article *out, struct db *db, struct arena *mem,
			   const struct reader *who, const struct article_input *input)
{
	AUTO(tx) struct tx tx = {0};
	struct article place = {.status = ARTICLE_PUBLISHED};
	struct object object;
	struct reader now;
	int64_t author, parent, office, before;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(place_of(&place, db, input));
	object = article_object(&place);
	TRY(access_check(&now, ACT_EDIT, &object));
	TRY(author_of(&author, db, &now, input->author));
	TRY(sent_before(&before, db, author, &place, input));
	if (before)
		return article_get_by_id(out, db, mem, &now, before);
	TRY(check_input(input));
	TRY(parent_of(&parent, db, mem, &now, input->parent_id, place.space_id));
	TRY(office_of(&office, db, input->owner_office));
	TRY(insert_article(&place, db, author, parent, office, input));
	TRY(insert_revision(db, mem, &place, 1, 0, author, input));
	TRY(fill_tags(db, place.id, input));
	TRY(fill_fields(db, place.id, input));
	TRY(fill_links(db, place.id, &input->text));
	TRY(fill_completions(db, place.id, place.audience_id, input));
	TRY(article_get_by_id(out, db, mem, &now, place.id));
	TRY(journal_article(db, mem, who, STR("article.create"), out, 0, 1));
	if (out->status != ARTICLE_DRAFT)
		TRY(linked_saved(db, out, NULL, 0, input->text.links, input->text.n_links));
	return tx_commit(&tx);
}

static bool same_fields(const struct article_field *a, size_t n, const struct article_input *in)
{
	if (n != in->n_fields)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool found = false;

		for (size_t j = 0; j < n && !found; j++)
			found = str_eq(a[i].name, in->fields[j].name) &&
				str_eq(a[i].value, in->fields[j].value);
		if (!found)
			return false;
	}
	return true;
}

static bool same_tags(const struct article_tag *a, size_t n, const struct article_input *in)
{
	if (n != in->n_tags)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool found = false;

		for (size_t j = 0; j < n && !found; j++)
			found = str_eq(a[i].name, in->tags[j].name);
		if (!found)
			return false;
	}
	return true;
}

/* True where saving `in` would leave everything as it is. */
static enum status is_unchanged(bool *out, struct db *db, struct arena *mem,
				const struct article *article, int64_t parent,
				const struct article_input *in)
{
	struct article_field *fields;
	struct article_tag *tags;
	struct revision_text text;
	size_t n_fields, n_tags;

	*out = str_eq(article->title, in->title) && str_eq(article->lang, in->lang) &&
	       article->status == in->status && str_eq(article->translation, in->translation) &&
	       str_eq(article->owner_office, in->owner_office) &&
	       article->review_at == in->review_at && article->parent_id == parent;
	if (!*out)
		return ST_OK;
	TRY(revision_current(&text, db, mem, article));
	TRY(article_tags(&tags, &n_tags, db, mem, article));
	TRY(article_fields(&fields, &n_fields, db, mem, article));
	*out = str_eq(text.body, in->text.body) && same_tags(tags, n_tags, in) &&
	       same_fields(fields, n_fields, in);
	return ST_OK;
}

static enum status update_article(struct db *db, const struct article *article, int64_t author,
				  int64_t parent, int64_t office, const struct article_input *in)
{
	if (!str_eq(article->title, in->title))
		TRY(db_exec(
			db,
			"INSERT INTO alias (article_id, title, title_key, audience_id, at)"
			" SELECT id, title, title_key, audience_id, $2 FROM article WHERE id = $1"
			" ON CONFLICT (article_id, title_key, audience_id) DO NOTHING",
			v_i64(article->id), v_i64(clock_now())));
	return db_exec(db,
		       "UPDATE article SET title = $2, title_key = $3, slug = $4, lang = $5,"
		       " status = $6, translation = $7, owner_office_id = $8, review_at = $9,"
		       " parent_id = $10, revision = revision + 1, author_id = $11,"
		       " modified_at = $12 WHERE id = $1",
		       v_i64(article->id), v_str(in->title), v_str(in->title_key), v_str(in->slug),
		       v_str(in->lang), v_i64(in->status), v_str(in->translation), v_id(office),
		       v_id(in->review_at), v_id(parent), v_i64(author), v_i64(clock_now()));
}

/* The second half of a save, once rights and base are right. */
static enum status save_revision(struct article *out, struct db *db, struct arena *mem,
				 const struct reader *who, struct article *article, int64_t author,
				 const struct article_input *input)
{
	int64_t parent, shown, office, number = article->revision + 1;
	bool unchanged;
	bool shown_or_hidden =
		(input->status == ARTICLE_DRAFT) != (article->status == ARTICLE_DRAFT);

	TRY(parent_of(&parent, db, mem, who, input->parent_id, article->space_id));
	TRY(article_shown_parent(&shown, db, mem, who, article));
	if (parent == shown) /* what the reader does not see above stays there */
		parent = article->parent_id;
	TRY(article_open_circle(db, mem, who, article, parent));
	TRY(office_of(&office, db, input->owner_office));
	TRY(is_unchanged(&unchanged, db, mem, article, parent, input));
	*out = *article;
	if (unchanged)
		return ST_OK;
	TRY(update_article(db, article, author, parent, office, input));
	TRY(insert_revision(db, mem, article, number, article->revision, author, input));
	TRY(fill_tags(db, article->id, input));
	TRY(fill_fields(db, article->id, input));
	if (!str_eq(article->title, input->title))
		TRY(fill_completions(db, article->id, article->audience_id, input));
	else if (article->status != input->status)
		TRY(complete_list(db, article->id));
	TRY(journal_article(db, mem, who, STR("article.edit"), article,
			    shown_or_hidden ? article->audience_id : 0, number));
	TRY(change_links(db, mem, article, input));
	return article_get_by_id(out, db, mem, who, article->id);
}

enum status article_save(struct article *out, struct db *db, struct arena *mem,
			 const struct reader *who, struct str public_id, int64_t base,
			 const struct article_input *input)
{
	AUTO(tx) struct tx tx = {0};
	struct article article;
	struct object object;
	struct reader now;
	int64_t author, before;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(article_get(&article, db, mem, &now, public_id));
	object = article_object(&article);
	TRY(access_check(&now, ACT_EDIT, &object));
	TRY(author_of(&author, db, &now, input->author));
	TRY(sent_before(&before, db, author, &article, input));
	if (before) {
		*out = article;
		return ST_OK;
	}
	if (base != article.revision)
		return fail_on("base", ST_CONFLICT, "The article is at revision %lld by now.",
			       (long long)article.revision);
	TRY(check_input(input));
	if (input->status == ARTICLE_DRAFT && article.creator_id != author)
		return fail_on("status", ST_INVALID,
			       "Only its first author can take an article back to a draft.");
	TRY(save_revision(out, db, mem, &now, &article, author, input));
	return tx_commit(&tx);
}
