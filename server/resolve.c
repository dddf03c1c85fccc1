/* Where the links of a text lead for one reader. */
#include "server/resolve.h"

#include <unistd.h>

#include "indexer/script.h"
#include "schema/base/log.h"
#include "schema/file.h"
#include "schema/file_store.h"
#include "server/file_type.h"
#include "server/percent.h"
#include "server/spoken.h"

enum { CANDIDATES = 10, PATH_PARTS = 64, PICTURES_MOST = 200 };

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

enum status resolver_prepare(struct resolver *r, const struct article *article)
{
	struct article_target *targets;

	TRY(article_link_targets(&targets, &r->n_targets, &r->complete, r->db, r->mem, r->who,
				 article));
	r->targets = targets;
	return ST_OK;
}

static bool folds_to(struct str title, struct str key)
{
	AUTO(buf) struct buf folded = {0};

	script_fold(&folded, title);
	return str_eq(buf_str(&folded), key);
}

static int fitness(const struct article_target *target, struct str title, struct str lang,
		   struct str space_key)
{
	int now = folds_to(target->title, target->key) ? 8 : 0;
	int exact = str_eq(target->title, title) ? 4 : 0;
	int same_lang = str_eq(target->lang, lang) ? 2 : 0;

	return now + exact + same_lang + str_eq(target->space_key, space_key);
}

const struct article_target *resolve_best(const struct article_target *targets, size_t count,
					  struct str title, struct str lang, struct str space_key)
{
	const struct article_target *best = NULL;
	int most = -1;

	if (count == 1)
		return &targets[0];
	for (size_t i = 0; i < count; i++) {
		int fits = fitness(&targets[i], title, lang, space_key);

		if (fits == most)
			best = NULL;
		if (fits > most) {
			best = &targets[i];
			most = fits;
		}
	}
	return best;
}

/* Those of the prepared targets that have this key: they stand together. */
static size_t prepared(const struct resolver *r, struct str key, const struct article_target **out)
{
	size_t low = 0, high = r->n_targets, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(r->targets[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < r->n_targets && str_eq(r->targets[end].key, key); end++)
		;
	*out = r->targets + low;
	return end - low;
}

/* A fault of the record shows the link as missing; the page itself will meet it and say so. */
static size_t look_up(struct resolver *r, struct str title, struct str key,
		      const struct article_target **out)
{
	struct article_list list;
	struct article_target *targets;

	if (article_find_title(&list, r->db, r->mem, r->who, title, key, r->lang, CANDIDATES) !=
	    ST_OK)
		return 0;
	*out = targets = arena_array(r->mem, list.count + 1, sizeof(*targets));
	for (size_t i = 0; i < list.count; i++) {
		const struct article *a = &list.items[i];

		targets[i] = (struct article_target){key,      a->public_id, a->slug,
						     a->title, a->lang,      a->space_key};
	}
	return list.count;
}

/* A language that is worth saying: not the text's own. */
static struct str other_lang(const struct resolver *r, struct str lang)
{
	return str_eq(lang, r->lang) ? STR_NONE : lang;
}

static bool resolve_title(void *context, struct str title, struct markup_target *out)
{
	struct resolver *r = context;
	AUTO(buf) struct buf key = {0};
	const struct article_target *targets = NULL, *best;
	size_t count;

	script_fold(&key, title);
	if (!key.len)
		return false;
	count = r->targets ? prepared(r, buf_str(&key), &targets) : 0;
	if (!count && !r->complete)
		count = look_up(r, title, buf_str(&key), &targets);
	if (!count)
		return false;
	best = resolve_best(targets, count, title, r->lang, r->space_key);
	if (!best) {
		*out = (struct markup_target){.url = url_title(r->mem, title)};
		return true;
	}
	*out = (struct markup_target){
		.url = url_article(r->mem, best->public_id, best->slug),
		.lang = other_lang(r, best->lang),
		.title_lang = other_lang(r, spoken_script(best->lang, title)),
	};
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

/* A content that cannot be read is none of the page's business: its place is just not kept free. */
static struct picture_size pixels_of(const char *folder, const struct digest *hash)
{
	struct picture_size pixels = {0};
	char head[PICTURE_HEAD];
	int64_t size;
	ssize_t len;
	int fd;

	if (file_store_open(&fd, &size, folder, hash) != ST_OK) {
		log_failure("the size of a picture");
		return pixels;
	}
	len = read(fd, head, sizeof(head));
	if (len > 0)
		pixels = picture_size_read(str_of(head, (size_t)len));
	(void)close(fd);
	return pixels;
}

/* "/f/ID/name" of a picture that this reader may see; every other address becomes a link. */
static bool resolve_picture(void *context, struct str address, struct markup_picture *out)
{
	struct resolver *r = context;
	struct str prefix = STR("/f/"), id = str_head(str_from(address, prefix.len), PUBLIC_ID_LEN);
	const struct file_type *type;
	struct article article;
	struct file file;

	if (!str_starts(address, prefix) || !secret_is_public_id(id) ||
	    r->pictures++ >= PICTURES_MOST ||
	    file_get(&file, &article, r->db, r->mem, r->who, id) != ST_OK)
		return false;
	type = file_type_named(file.type);
	if (!type || !type->shown)
		return false;
	*out = (struct markup_picture){.url = url_file(r->mem, file.public_id, file.name),
				       .size = file.size};
	if (r->folder)
		out->pixels = pixels_of(r->folder, &file.hash);
	return true;
}

struct markup_links resolver_links(struct resolver *resolver)
{
	return (struct markup_links){
		.context = resolver,
		.title = resolve_title,
		.relative = resolve_relative,
		.picture = resolve_picture,
		.pictures_asked = resolver->who->saves_data,
	};
}
