/* Discussion on an article. */
#include "schema/thread.h"

#include "schema/base/buf.h"
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "schema/check.h"
#include "schema/journal.h"

enum { THREAD_TITLE_MAX = 200, QUOTE_MAX = 2000 };

#define THREAD_COLUMNS                                                                             \
	"t.id, t.author_id, t.public_id, t.title, t.quote,"                                        \
	" coalesce((SELECT f.lang FROM post f WHERE f.thread_id = t.id AND f.number = 1), ''),"    \
	" p.login, p.name, t.created_at,"                                                          \
	" t.modified_at, coalesce(t.resolved_at, 0), coalesce(b.login, ''), coalesce(b.name, '')," \
	" t.posts"
#define THREAD_FROM                                                                                \
	" FROM thread t JOIN person p ON p.id = t.author_id"                                       \
	" LEFT JOIN person b ON b.id = t.resolved_by "

static void thread_read(struct rows *r, struct arena *mem, struct thread *out)
{
	out->id = row_i64(r);
	out->author_id = row_i64(r);
	out->public_id = row_str(r, mem);
	out->title = row_str(r, mem);
	out->quote = row_str(r, mem);
	out->lang = row_str(r, mem);
	out->author_login = row_str(r, mem);
	out->author_name = row_str(r, mem);
	out->created_at = row_i64(r);
	out->modified_at = row_i64(r);
	out->resolved_at = row_i64(r);
	out->resolved_login = row_str(r, mem);
	out->resolved_name = row_str(r, mem);
	out->posts = row_i64(r);
}

enum status thread_list(struct thread **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, const struct article *article, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct object object = article_object(article);
	struct thread *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(access_check(who, ACT_READ, &object));
	TRY(db_rows(&r, db,
		    "SELECT " THREAD_COLUMNS THREAD_FROM
		    "WHERE t.article_id = $1 ORDER BY CASE WHEN t.resolved_at IS NULL THEN 0"
		    " ELSE 1 END, t.modified_at DESC, t.id DESC LIMIT $2",
		    v_i64(article->id), v_i64((int64_t)limit)));
	while (rows_next(&r))
		thread_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status thread_counts(int64_t *open, int64_t *resolved, struct db *db,
			  const struct article *article)
{
	TRY(db_i64(open, db,
		   "SELECT count(*) FROM thread WHERE article_id = $1 AND resolved_at IS NULL",
		   v_i64(article->id)));
	return db_i64(resolved, db,
		      "SELECT count(*) FROM thread WHERE article_id = $1 AND resolved_at > 0",
		      v_i64(article->id));
}

/* The single thread of an open walk with the number of its article, if its article may be read. */
static enum status read_one(struct thread *out, struct article *article, struct rows *r,
			    struct db *db, struct arena *mem, const struct reader *who)
{
	int64_t article_id;

	if (!rows_next(r)) {
		TRY(rows_end(r));
		return fail(ST_NOT_FOUND, "no such thread");
	}
	thread_read(r, mem, out);
	article_id = row_i64(r);
	TRY(rows_end(r));
	return article_get_by_id(article, db, mem, who, article_id);
}

enum status thread_get(struct thread *out, struct article *article, struct db *db,
		       struct arena *mem, const struct reader *who, struct str public_id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " THREAD_COLUMNS ", t.article_id" THREAD_FROM "WHERE t.public_id = $1",
		    v_str(public_id)));
	return read_one(out, article, &r, db, mem, who);
}

enum status thread_get_by_id(struct thread *out, struct article *article, struct db *db,
			     struct arena *mem, const struct reader *who, int64_t id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db, "SELECT " THREAD_COLUMNS ", t.article_id" THREAD_FROM "WHERE t.id = $1",
		    v_i64(id)));
	return read_one(out, article, &r, db, mem, who);
}

enum status thread_plain(struct str *out, struct db *db, struct arena *mem, int64_t thread_id,
			 size_t most)
{
	AUTO(buf) struct buf words = {0};
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT plain FROM post WHERE thread_id = $1 AND deleted_at IS NULL"
		    " ORDER BY number",
		    v_i64(thread_id)));
	while (words.len < most && rows_next(&r)) {
		AUTO(arena) struct arena message = {0};

		if (words.len)
			buf_c_add(&words, "\n\n");
		buf_str_add(&words, utf8_head(row_str(&r, &message), most - words.len));
	}
	*out = buf_keep(&words, mem);
	return words.len < most ? rows_end(&r) : ST_OK;
}

enum status thread_lang(struct str *out, struct db *db, struct arena *mem, int64_t thread_id)
{
	AUTO(rows) struct rows r = {0};

	*out = STR("");
	TRY(db_rows(&r, db,
		    "SELECT lang FROM post WHERE thread_id = $1 AND deleted_at IS NULL"
		    " AND lang <> '' GROUP BY lang ORDER BY count(*) DESC, lang LIMIT 1",
		    v_i64(thread_id)));
	if (rows_next(&r))
		*out = row_str(&r, mem);
	return rows_end(&r);
}

static void post_read(struct rows *r, struct arena *mem, struct post *out)
{
	out->id = row_i64(r);
	out->number = row_i64(r);
	out->author_id = row_i64(r);
	out->author_login = row_str(r, mem);
	out->author_name = row_str(r, mem);
	out->at = row_i64(r);
	out->edited_at = row_i64(r);
	out->deleted = row_i64(r) != 0;
	out->lang = row_str(r, mem);
	out->tree = row_str(r, mem);
	out->plain = row_str(r, mem);
	out->body = row_str(r, mem);
	if (out->deleted)
		out->tree = out->plain = out->body = STR("");
}

enum status post_list(struct post **out, size_t *count, struct db *db, struct arena *mem,
		      const struct thread *thread, int64_t after, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct post *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT o.id, o.number, o.author_id, p.login, p.name, o.at,"
		    " coalesce(o.edited_at, 0), o.deleted_at IS NOT NULL, o.lang, o.tree, o.plain,"
		    " o.body FROM post o JOIN person p ON p.id = o.author_id"
		    " WHERE o.thread_id = $1 AND o.number > $2 ORDER BY o.number LIMIT $3",
		    v_i64(thread->id), v_i64(after), v_i64((int64_t)limit)));
	while (rows_next(&r))
		post_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

static enum status journal_thread(struct db *db, struct arena *mem, const struct reader *who,
				  struct str action, const struct article *article,
				  const struct thread *thread, int64_t number)
{
	static const char *const names[] = {"post", "thread"};
	struct str values[] = {arena_printf(mem, "%lld", (long long)number), thread->public_id};

	return journal_add(
		db, who,
		&(struct journal_entry){.action = action,
					.object_type = STR("thread"),
					.object_id = thread->id,
					.space_id = article->space_id,
					.audience_id = article->audience_id,
					.detail = journal_detail(mem, names, values, 2)});
}

static enum status insert_post(struct db *db, const struct thread *thread, int64_t number,
			       int64_t author, const struct post_input *in)
{
	int64_t now = clock_now();

	TRY(check_body("body", in->body, POST_MAX));
	if (!str_trim(in->body).len)
		return fail_on("body", ST_INVALID, "Write something first.");
	TRY(db_exec(db,
		    "INSERT INTO post (thread_id, number, author_id, at, lang, tree, plain, body,"
		    " form_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		    v_i64(thread->id), v_i64(number), v_i64(author), v_i64(now), v_str(in->lang),
		    in->tree.len ? v_blob(in->tree) : v_null(), v_str(in->plain), v_str(in->body),
		    in->form_key.len ? v_str(in->form_key) : v_null()));
	return db_exec(db, "UPDATE thread SET posts = $2, modified_at = $3 WHERE id = $1",
		       v_i64(thread->id), v_i64(number), v_i64(now));
}

/*
 * The thread and number of the post that this form has made before, in this thread or, where that is
 * NULL, as the first of a thread on this article; number 0 when it has not. A form that comes again
 * with another text is no second sending.
 */
static enum status sent_before(struct str *thread_id, int64_t *number, struct db *db,
			       struct arena *mem, const struct reader *who,
			       const struct article *article, const struct thread *thread,
			       const struct post_input *in)
{
	AUTO(rows) struct rows r = {0};

	*number = 0;
	if (!in->form_key.len)
		return ST_OK;
	TRY(db_rows(&r, db,
		    "SELECT t.public_id, o.number FROM post o JOIN thread t ON t.id = o.thread_id"
		    " WHERE o.author_id = $1 AND o.form_key = $2 AND o.body = $3"
		    " AND t.article_id = $4 AND ((t.id = $5 AND o.number > 1)"
		    " OR ($5 = 0 AND o.number = 1)) ORDER BY o.id LIMIT 1",
		    v_i64(who->person_id), v_str(in->form_key), v_str(in->body), v_i64(article->id),
		    v_i64(thread ? thread->id : 0)));
	if (rows_next(&r)) {
		*thread_id = row_str(&r, mem);
		*number = row_i64(&r);
	}
	return rows_end(&r);
}

enum status thread_create(struct thread *out, struct db *db, struct arena *mem,
			  const struct reader *who, struct str article_public_id, struct str title,
			  struct str quote, const struct post_input *input)
{
	AUTO(tx) struct tx tx = {0};
	char public_id[PUBLIC_ID_LEN + 1];
	struct article article;
	struct object object;
	struct reader now;
	struct str before_id;
	int64_t before;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(article_get(&article, db, mem, &now, article_public_id));
	object = article_object(&article);
	TRY(access_check(&now, ACT_DISCUSS, &object));
	if (!now.person_id)
		return fail(ST_DENIED, "the operator takes no part in discussion");
	TRY(sent_before(&before_id, &before, db, mem, &now, &article, NULL, input));
	if (before)
		return thread_get(out, &article, db, mem, &now, before_id);
	TRY(check_line("title", title, THREAD_TITLE_MAX));
	TRY(check_body("quote", quote, QUOTE_MAX));
	secret_public_id(public_id);
	TRY(db_exec(
		db,
		"INSERT INTO thread (public_id, article_id, title, quote, author_id, created_at,"
		" modified_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
		v_str(str_c(public_id)), v_i64(article.id), v_str(title), v_str(quote),
		v_i64(now.person_id), v_i64(clock_now())));
	*out = (struct thread){.id = db_last_id(db), .public_id = str_c(public_id)};
	TRY(insert_post(db, out, 1, now.person_id, input));
	TRY(journal_thread(db, mem, who, STR("thread.create"), &article, out, 1));
	TRY(thread_get(out, &article, db, mem, &now, arena_str(mem, str_c(public_id))));
	return tx_commit(&tx);
}

/* The thread, its article, and the reader's rights of this moment; the act is allowed. */
static enum status open_thread(struct thread *out, struct article *article, struct reader *now,
			       struct db *db, struct arena *mem, const struct reader *who,
			       struct str public_id, enum action action)
{
	struct object object;

	TRY(reader_now(now, db, mem, who));
	TRY(thread_get(out, article, db, mem, now, public_id));
	object = article_object(article);
	if (action == ACT_RESOLVE) {
		object.creator_id = out->author_id;
		object.draft = false; /* who made the article has been asked for already */
	}
	return access_check(now, action, &object);
}

static enum status post_get(struct post *out, struct db *db, struct arena *mem,
			    const struct thread *thread, int64_t number)
{
	struct post *list;
	size_t count;

	TRY(post_list(&list, &count, db, mem, thread, number - 1, 1));
	if (count == 0 || list[0].number != number)
		return fail(ST_NOT_FOUND, "no such post");
	*out = list[0];
	return ST_OK;
}

enum status post_create(struct post *out, struct db *db, struct arena *mem,
			const struct reader *who, struct str thread_public_id,
			const struct post_input *input)
{
	AUTO(tx) struct tx tx = {0};
	struct thread thread;
	struct article article;
	struct reader now;
	struct str before_id;
	int64_t before;

	TRY(tx_begin(&tx, db));
	TRY(open_thread(&thread, &article, &now, db, mem, who, thread_public_id, ACT_DISCUSS));
	if (!now.person_id)
		return fail(ST_DENIED, "the operator takes no part in discussion");
	TRY(sent_before(&before_id, &before, db, mem, &now, &article, &thread, input));
	if (before)
		return post_get(out, db, mem, &thread, before);
	if (thread.resolved_at)
		return fail_on("body", ST_INVALID,
			       "The thread is solved; open it again to answer.");
	TRY(insert_post(db, &thread, thread.posts + 1, now.person_id, input));
	TRY(journal_thread(db, mem, who, STR("post.create"), &article, &thread, thread.posts + 1));
	TRY(post_get(out, db, mem, &thread, thread.posts + 1));
	return tx_commit(&tx);
}

enum status post_edit(struct db *db, struct arena *mem, const struct reader *who,
		      struct str thread_public_id, int64_t number, const struct post_input *input)
{
	AUTO(tx) struct tx tx = {0};
	struct thread thread;
	struct article article;
	struct reader now;
	struct post post;

	TRY(tx_begin(&tx, db));
	TRY(open_thread(&thread, &article, &now, db, mem, who, thread_public_id, ACT_DISCUSS));
	TRY(post_get(&post, db, mem, &thread, number));
	if (post.deleted || !now.person_id || post.author_id != now.person_id ||
	    clock_now() - post.at > POST_EDIT_SECONDS)
		return fail(ST_DENIED, "a message is changed by its author, within 30 minutes");
	TRY(check_body("body", input->body, POST_MAX));
	if (!str_trim(input->body).len)
		return fail_on("body", ST_INVALID, "Write something first.");
	TRY(db_exec(db,
		    "UPDATE post SET body = $2, tree = $3, plain = $4, lang = $5, edited_at = $6"
		    " WHERE id = $1",
		    v_i64(post.id), v_str(input->body),
		    input->tree.len ? v_blob(input->tree) : v_null(), v_str(input->plain),
		    v_str(input->lang), v_i64(clock_now())));
	TRY(journal_thread(db, mem, who, STR("post.edit"), &article, &thread, number));
	return tx_commit(&tx);
}

enum status post_delete(struct db *db, struct arena *mem, const struct reader *who,
			struct str thread_public_id, int64_t number)
{
	AUTO(tx) struct tx tx = {0};
	struct thread thread;
	struct article article;
	struct object object;
	struct reader now;
	struct post post;

	TRY(tx_begin(&tx, db));
	TRY(open_thread(&thread, &article, &now, db, mem, who, thread_public_id, ACT_READ));
	TRY(post_get(&post, db, mem, &thread, number));
	object = article_object(&article);
	if (now.reads_only || ((!now.person_id || post.author_id != now.person_id) &&
			       !allow(&now, ACT_MANAGE, &object)))
		return fail(ST_DENIED, "a message is deleted by its author or a manager");
	TRY(db_exec(db, "UPDATE post SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL",
		    v_i64(post.id), v_i64(clock_now())));
	TRY(journal_thread(db, mem, who, STR("post.delete"), &article, &thread, number));
	return tx_commit(&tx);
}

enum status thread_set_resolved(struct db *db, struct arena *mem, const struct reader *who,
				struct str thread_public_id, bool resolved)
{
	AUTO(tx) struct tx tx = {0};
	struct thread thread;
	struct article article;
	struct reader now;

	TRY(tx_begin(&tx, db));
	TRY(open_thread(&thread, &article, &now, db, mem, who, thread_public_id, ACT_RESOLVE));
	if (resolved == (thread.resolved_at != 0))
		return ST_OK;
	TRY(db_exec(db, "UPDATE thread SET resolved_at = $2, resolved_by = $3 WHERE id = $1",
		    v_i64(thread.id), resolved ? v_i64(clock_now()) : v_null(),
		    resolved ? v_id(now.person_id) : v_null()));
	TRY(journal_thread(db, mem, who, resolved ? STR("thread.resolve") : STR("thread.reopen"),
			   &article, &thread, 0));
	return tx_commit(&tx);
}
