/*
 * Articles: finding, listing, writing. Every function takes who asks; what a reader may not read is
 * as if it were not there. The caller converts the Markdown and folds the titles (indexer/), because
 * the record knows no text analysis.
 */
#ifndef SCHEMA_ARTICLE_H
#define SCHEMA_ARTICLE_H

#include "schema/access.h"
#include "schema/space_text.h"

enum {
	ARTICLE_MAX = 1024 * 1024, /* bytes of Markdown */
	ARTICLE_TAGS_MAX = 50,
	ARTICLE_FIELDS_MAX = 50,
	COMMENT_MAX_POINTS = 400,
};

struct article {
	int64_t id;
	int64_t space_id, audience_id, parent_id;
	struct str public_id, key, slug;
	struct str title, lang, kind;
	enum article_status status;
	struct str space_key;
	struct space_text space_name;
	struct str audience_name; /* "" for all readers of the space */
	bool restricted;
	struct str translation; /* the key that its translations share, or "" */
	struct str owner_office, owner_login;
	int64_t review_at; /* 0: none */
	int64_t revision;  /* number of the current one */
	int64_t created_at, modified_at;
	int64_t creator_id;
	struct str author_login, author_name; /* of the current revision */
	bool deleted;
};

/* What allow() needs of it. */
struct object article_object(const struct article *article) NONNULL;

/* NOT_FOUND also when it exists and the reader may not read it. */
enum status article_get(struct article *out, struct db *db, struct arena *mem,
			const struct reader *who, struct str public_id) NONNULL MUST_USE;
enum status article_get_by_id(struct article *out, struct db *db, struct arena *mem,
			      const struct reader *who, int64_t id) NONNULL MUST_USE;
enum status article_get_by_key(struct article *out, struct db *db, struct arena *mem,
			       const struct reader *who, struct str space_key, struct str key)
	NONNULL MUST_USE;

struct article_tag {
	struct str name, key; /* key: folded */
};
struct article_field {
	struct str name, value;
};
enum status article_tags(struct article_tag **out, size_t *count, struct db *db, struct arena *mem,
			 const struct article *article) NONNULL MUST_USE;
enum status article_fields(struct article_field **out, size_t *count, struct db *db,
			   struct arena *mem, const struct article *article) NONNULL MUST_USE;

/* The other languages of the same article that the reader may read. */
enum status article_translations(struct article **out, size_t *count, struct db *db,
				 struct arena *mem, const struct reader *who,
				 const struct article *article) NONNULL MUST_USE;

/* From the top down to the parent, as far as the reader may read without a gap. */
enum status article_ancestors(struct article **out, size_t *count, struct db *db, struct arena *mem,
			      const struct reader *who, const struct article *article)
	NONNULL MUST_USE;

/* ---- lists ---- */

struct article_list {
	struct article *items;
	size_t count;
	bool more; /* there are further ones behind the last */
};

/*
 * Children of `parent_id` in the space, by title; 0: those without a readable parent, in the language
 * of the reader before others.
 */
enum status article_children(struct article_list *out, struct db *db, struct arena *mem,
			     const struct reader *who, int64_t space_id, int64_t parent_id,
			     size_t limit) NONNULL MUST_USE;

/* True where the reader may read at least one child. */
enum status article_has_children(bool *out, struct db *db, struct arena *mem,
				 const struct reader *who, int64_t id) NONNULL MUST_USE;

/* All of one space in order of their ids, behind `after` (0: from the first): for exports. */
enum status article_page(struct article_list *out, struct db *db, struct arena *mem,
			 const struct reader *who, int64_t space_id, int64_t after, size_t limit)
	NONNULL MUST_USE;

/* Those due for review by `until`, of the spaces where the reader may write. */
enum status article_due(struct article_list *out, struct db *db, struct arena *mem,
			const struct reader *who, int64_t until, size_t limit) NONNULL MUST_USE;

/* Own drafts. */
enum status article_drafts(struct article_list *out, struct db *db, struct arena *mem,
			   const struct reader *who, size_t limit) NONNULL MUST_USE;

/* With this tag (folded), by title. */
enum status article_tagged(struct article_list *out, struct db *db, struct arena *mem,
			   const struct reader *who, struct str tag_key, size_t limit)
	NONNULL MUST_USE;

/* In the trash of spaces that the reader manages. */
enum status article_trash(struct article_list *out, struct db *db, struct arena *mem,
			  const struct reader *who, struct str space_key, size_t limit)
	NONNULL MUST_USE;

/* ---- names and links ---- */

/*
 * The readable articles that a title means: those whose title is written just so before those whose folded title is
 * the same, before those that once had it; in each, the given language first. At most `limit`.
 */
enum status article_find_title(struct article_list *out, struct db *db, struct arena *mem,
			       const struct reader *who, struct str title, struct str title_key,
			       struct str lang, size_t limit) NONNULL MUST_USE;

/* What a wiki link of an article may mean: only what is needed to choose one and lead there. */
struct article_target {
	struct str key; /* folded, as in struct article_link */
	struct str public_id, slug, title, lang, space_key;
};

/*
 * The readable articles that the wiki links of the current revision mean, by key, all in one look
 * at the record. `complete` is false where it has more links than the record keeps.
 */
enum status article_link_targets(struct article_target **out, size_t *count, bool *complete,
				 struct db *db, struct arena *mem, const struct reader *who,
				 const struct article *article) NONNULL MUST_USE;

/* Readable articles that link here, by title. */
enum status article_links_here(struct article_list *out, struct db *db, struct arena *mem,
			       const struct reader *who, const struct article *article,
			       size_t limit) NONNULL MUST_USE;

/* Readable articles whose title has a word beginning with `key` (folded), shortest titles first. */
enum status article_complete(struct article_list *out, struct db *db, struct arena *mem,
			     const struct reader *who, struct str key, size_t limit)
	NONNULL MUST_USE;

/* ---- writing ---- */

struct article_link {
	struct str title;     /* of a wiki link, as written; else empty */
	struct str title_key; /* folded */
	struct str target_id; /* public id in an address of ours; else empty */
	struct str words;     /* shown, cut to LINKED_BYTES */
};

/* An article's text and all that was made from it. */
struct article_text {
	struct str body; /* Markdown */
	struct str tree; /* checked tree; empty where it could not be made: shown as plain text */
	struct str plain;
	struct article_link *links;
	size_t n_links;
};

struct article_input {
	struct str title, title_key, slug;
	struct str *completions; /* the folded title, and from each later word on; long ones cut */
	size_t n_completions;
	struct str lang;
	struct article_tag *tags;
	size_t n_tags;
	struct article_field *fields;
	size_t n_fields;
	enum article_status status;
	struct article_text text;
	struct str comment;
	bool minor;
	struct str kind;        /* of the revision: "edit", "import", "restore" */
	struct str form_key;    /* of the form sent, or empty: sending it twice saves once */
	struct str parent_id;   /* public id, or empty for none */
	struct str translation; /* key of the set, or empty */
	struct str owner_office;
	int64_t review_at;

	/* Only read when an article is made. */
	struct str space_key;
	int64_t audience_id; /* 0: all readers of the space */
	struct str key;      /* of an import; empty: the public id */
	struct str author;   /* login; only the operator writes in another's name */
};

/*
 * Make an article with revision 1. NOT_FOUND for a hidden space, DENIED without write, INVALID by field.
 * A form key that this person used before gives the article of that time.
 */
enum status article_create(struct article *out, struct db *db, struct arena *mem,
			   const struct reader *who, const struct article_input *input)
	NONNULL MUST_USE;

/*
 * Save a new revision upon `base`, the number that the writer started from. CONFLICT when it is not the current one any more.
 * Where nothing at all changed, no revision is made and `out` is the article as it is.
 */
enum status article_save(struct article *out, struct db *db, struct arena *mem,
			 const struct reader *who, struct str public_id, int64_t base,
			 const struct article_input *input) NONNULL MUST_USE;

/* The links of its current revision, as article_input takes them. */
enum status article_links(struct article_link **out, size_t *count, struct db *db,
			  struct arena *mem, const struct article *article) NONNULL MUST_USE;

/* Put it under another parent of the same space (empty: none). INVALID where that makes a circle. */
enum status article_set_parent(struct db *db, struct arena *mem, const struct reader *who,
			       struct str public_id, struct str parent_public_id) NONNULL MUST_USE;

/*
 * Put it into another audience of the same space (needs manage), or of another space (manage there too on
 * the source, write on the target).
 */
enum status article_move(struct db *db, struct arena *mem, const struct reader *who,
			 struct str public_id, int64_t audience_id) NONNULL MUST_USE;

enum status article_set_status(struct db *db, struct arena *mem, const struct reader *who,
			       struct str public_id, enum article_status status) NONNULL MUST_USE;

/* Into the trash and back; needs manage. */
enum status article_set_deleted(struct db *db, struct arena *mem, const struct reader *who,
				struct str public_id, bool deleted) NONNULL MUST_USE;

const char *article_status_name(enum article_status status); /* "draft" ... */
bool article_status_parse(struct str name, enum article_status *out) NONNULL;

#endif
