/* Hits of each kind, loaded from the record. */
#include "server/search_kind.h"

#include "schema/revision.h"
#include "server/url.h"

enum { PASSAGE_FROM = 64 * 1024 }; /* of a text, as far as snippet_make() reads */

/* ---- article -------------------------------------------------------------------------------------- */

void search_found_article(struct search_found *out, struct arena *mem,
			  const struct article *article)
{
	*out = (struct search_found){
		.kind = INDEX_ARTICLE,
		.article = *article,
		.public_id = article->public_id,
		.key = article->key,
		.title = article->title,
		.lang = article->lang,
		.url = url_article(mem, article->public_id, article->slug),
		.author_login = article->author_login,
		.author_name = article->author_name,
		.modified_at = article->modified_at,
	};
}

static enum status search_load_article(struct search_found *out, struct db *db, struct arena *mem,
				       const struct reader *who, int64_t number)
{
	struct article article;

	TRY(article_get_by_id(&article, db, mem, who, number));
	search_found_article(out, mem, &article);
	return ST_OK;
}

static enum status search_plain_article(struct str *out, struct db *db, struct arena *mem,
					const struct search_found *hit)
{
	return revision_plain(out, db, mem, &hit->article);
}

/* ---- thread --------------------------------------------------------------------------------------- */

static enum status search_load_thread(struct search_found *out, struct db *db, struct arena *mem,
				      const struct reader *who, int64_t number)
{
	struct thread *thread = &out->thread;

	TRY(thread_get_by_id(thread, &out->article, db, mem, who, number));
	out->public_id = out->key = thread->public_id;
	out->title = thread->title;
	out->url = url_thread(mem, out->article.public_id, thread->public_id);
	out->author_login = thread->author_login;
	out->author_name = thread->author_name;
	out->modified_at = thread->modified_at;
	return thread_lang(&out->lang, db, mem, thread->id);
}

static enum status search_plain_thread(struct str *out, struct db *db, struct arena *mem,
				       const struct search_found *hit)
{
	return thread_plain(out, db, mem, hit->thread.id, PASSAGE_FROM);
}

/* ---- file ----------------------------------------------------------------------------------------- */

static enum status search_load_file(struct search_found *out, struct db *db, struct arena *mem,
				    const struct reader *who, int64_t number)
{
	struct file *file = &out->file;

	TRY(file_get_by_id(file, &out->article, db, mem, who, number));
	out->public_id = out->key = file->public_id;
	out->title = file->name;
	out->lang = file->lang.len ? file->lang : out->article.lang;
	out->url = url_file(mem, file->public_id, file->name);
	out->author_login = file->uploader_login;
	out->author_name = file->uploader_name;
	out->modified_at = file->at;
	return ST_OK;
}

static enum status search_plain_file(struct str *out, struct db *db, struct arena *mem,
				     const struct search_found *hit)
{
	return file_plain(out, db, mem, hit->file.id, PASSAGE_FROM);
}

/* ---- by kind -------------------------------------------------------------------------------------- */

struct kind {
	enum status (*load)(struct search_found *out, struct db *db, struct arena *mem,
			    const struct reader *who, int64_t number);
	enum status (*plain)(struct str *out, struct db *db, struct arena *mem,
			     const struct search_found *hit);
};

#define KIND_ROW(NAME, name, letter) [INDEX_##NAME] = {search_load_##name, search_plain_##name},
static const struct kind kinds[] = {INDEX_KINDS(KIND_ROW)};

enum status search_load(struct search_found *out, struct db *db, struct arena *mem,
			const struct reader *who, struct str id)
{
	struct index_id parsed;

	*out = (struct search_found){0};
	if (!index_id_parse(&parsed, id))
		return fail(ST_NOT_FOUND, "nothing of the record");
	out->kind = parsed.kind;
	return kinds[parsed.kind].load(out, db, mem, who, parsed.number);
}

enum status search_plain(struct str *out, struct db *db, struct arena *mem,
			 const struct search_found *hit)
{
	return kinds[hit->kind].plain(out, db, mem, hit);
}
