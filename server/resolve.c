/* Where the links of a text lead for one reader. */
#include "server/resolve.h"

#include "indexer/script.h"
#include "server/percent.h"

enum { CANDIDATES = 10, PATH_PARTS = 64 };

struct resolver resolver_of(struct db *db, struct arena *mem, const struct reader *who,
			    const struct article *article)
{
	return (struct resolver){.db = db,
				 .mem = mem,
				 .who = who,
				 .lang = article->lang,
				 .space_key = article->space_key,
				 .key = article->key};
}

static bool folds_to(struct str title, struct str key)
{
	AUTO(buf) struct buf folded = {0};

	script_fold(&folded, title);
	return str_eq(buf_str(&folded), key);
}

static int fitness(const struct article *article, struct str title, struct str key, struct str lang,
		   struct str space_key)
{
	int now = folds_to(article->title, key) ? 8 : 0;
	int exact = str_eq(article->title, title) ? 4 : 0;
	int same_lang = str_eq(article->lang, lang) ? 2 : 0;

	return now + exact + same_lang + str_eq(article->space_key, space_key);
}

const struct article *resolve_best(const struct article_list *list, struct str title,
				   struct str lang, struct str space_key)
{
	AUTO(buf) struct buf key = {0};
	const struct article *best = NULL;
	int most = -1;

	if (list->count == 1)
		return &list->items[0];
	script_fold(&key, title);
	for (size_t i = 0; i < list->count; i++) {
		int fits = fitness(&list->items[i], title, buf_str(&key), lang, space_key);

		if (fits == most)
			best = NULL;
		if (fits > most) {
			best = &list->items[i];
			most = fits;
		}
	}
	return best;
}

/* A fault of the record shows the link as missing; the page itself will meet it and say so. */
static bool resolve_title(void *context, struct str title, struct url *out)
{
	struct resolver *r = context;
	AUTO(buf) struct buf key = {0};
	struct article_list list;
	const struct article *best;

	script_fold(&key, title);
	if (!key.len ||
	    article_find_title(&list, r->db, r->mem, r->who, title, buf_str(&key), r->lang,
			       CANDIDATES) != ST_OK ||
	    !list.count)
		return false;
	best = resolve_best(&list, title, r->lang, r->space_key);
	*out = best ? url_article(r->mem, best->public_id, best->slug) : url_title(r->mem, title);
	return true;
}

/* "a/b/c.md" and "../x.md" make "a/x.md"; false when it leads out of the space. */
static bool join_path(struct buf *out, struct str from, struct str path)
{
	struct str parts[PATH_PARTS];
	size_t count = 0;
	struct str rest = from;

	while (str_find(rest, '/') >= 0 && count < PATH_PARTS && !str_starts(path, STR("/")))
		parts[count++] = str_cut(&rest, '/');
	rest = path;
	while (rest.ptr) {
		struct str part = str_cut(&rest, '/');

		if (!part.len || str_is(part, "."))
			continue;
		if (str_is(part, "..")) {
			if (count-- == 0)
				return false;
		} else if (count == PATH_PARTS) {
			return false;
		} else {
			parts[count++] = part;
		}
	}
	for (size_t i = 0; i < count; i++) {
		buf_c_add(out, i ? "/" : "");
		buf_str_add(out, parts[i]);
	}
	return count > 0;
}

static enum status find_key(struct article *out, struct resolver *r, struct buf *key)
{
	enum status outcome =
		article_get_by_key(out, r->db, r->mem, r->who, r->space_key, buf_str(key));

	if (outcome != ST_NOT_FOUND || str_ends(buf_str(key), STR(".md")))
		return outcome;
	buf_c_add(key, ".md");
	return article_get_by_key(out, r->db, r->mem, r->who, r->space_key, buf_str(key));
}

static bool resolve_relative(void *context, struct str address, struct url *out)
{
	struct resolver *r = context;
	AUTO(buf) struct buf key = {0};
	struct str rest = address, raw = str_cut(&rest, '#'), path, part;
	struct article article;

	raw = str_cut(&raw, '?');
	if (!raw.len || !percent_decode(&path, r->mem, raw, false) ||
	    !join_path(&key, r->key, path) || find_key(&article, r, &key) != ST_OK)
		return false;
	*out = url_article(r->mem, article.public_id, article.slug);
	if (rest.len && percent_decode(&part, r->mem, rest, false))
		*out = url_at(r->mem, *out, arena_printf(r->mem, "h-%.*s", STR_ARG(part)));
	return true;
}

struct markup_links resolver_links(struct resolver *resolver)
{
	return (struct markup_links){
		.context = resolver,
		.title = resolve_title,
		.relative = resolve_relative,
	};
}
