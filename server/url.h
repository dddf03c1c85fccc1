/*
 * Addresses. The only maker of struct url, which is the only type that views let into href, src and
 * action: what it holds is percent-encoded, and either one of our own paths or an outside address
 * whose scheme is on the short list of security.md 6.4.
 */
#ifndef SERVER_URL_H
#define SERVER_URL_H

#include "schema/base/arena.h"
#include "schema/base/str.h"

struct url {
	struct str url_bytes; /* ASCII; read it anywhere, write it only in url.c */
};

/* An own address known when the program is written: URL("/changes"). */
#define URL(literal) ((struct url){STR("/" literal)})
#define URL_NONE ((struct url){STR_NONE})

/* False where there is no such address: a view then leaves the link out. */
static inline bool url_is(struct url url)
{
	return url.url_bytes.len > 0;
}

/* Own pages. Every part given is percent-encoded; the result lives in `mem`. */
struct url url_article(struct arena *mem, struct str id, struct str slug) NONNULL; /* /a/ID-slug */
struct url url_article_part(struct arena *mem, struct str id, const char *part)
	NONNULL;                                                                   /* /a/ID/edit */
struct url url_revision(struct arena *mem, struct str id, int64_t number) NONNULL; /* /a/ID/r/17 */
struct url url_diff(struct arena *mem, struct str id, int64_t from, int64_t to) NONNULL;
struct url url_thread(struct arena *mem, struct str id, struct str thread)
	NONNULL;                                                                /* /a/ID/talk/T */
struct url url_file(struct arena *mem, struct str id, struct str name) NONNULL; /* /f/ID/NAME */
struct url url_file_part(struct arena *mem, struct str id, const char *part) NONNULL;
struct url url_title(struct arena *mem, struct str title) NONNULL; /* /w/Title */
struct url url_space(struct arena *mem, struct str key) NONNULL;   /* /s/KEY */
struct url url_space_part(struct arena *mem, struct str key, const char *part) NONNULL;
struct url url_person(struct arena *mem, struct str login) NONNULL;                /* /p/LOGIN */
struct url url_group(struct arena *mem, struct str key) NONNULL;                   /* /g/KEY */
struct url url_tag(struct arena *mem, struct str tag) NONNULL;                     /* /tag/TAG */
struct url url_new(struct arena *mem, struct str space, struct str title) NONNULL; /* /new?... */
/* /admin/SECTION/NAME; the name may be empty. */
struct url url_admin(struct arena *mem, const char *section, struct str name) NONNULL;

/* The own address with "/part" behind its path, which has no query yet. */
struct url url_with_part(struct arena *mem, struct url base, const char *part) NONNULL;
struct url url_with_part_i64(struct arena *mem, struct url base, int64_t number) NONNULL;

/* "mailto:" and an address from the directory. */
struct url url_mail(struct arena *mem, struct str mail) NONNULL;

/*
 * The address with one more "name=value" in its query: url_with(mem, URL("search"), "q", words).
 * A value that is empty adds nothing.
 */
struct url url_with(struct arena *mem, struct url base, const char *name, struct str value) NONNULL;
struct url url_with_i64(struct arena *mem, struct url base, const char *name, int64_t value)
	NONNULL;

/* The address with "#part"; letters, digits, "-" and "_" of `part` are kept, others encoded. */
struct url url_at(struct arena *mem, struct url base, struct str part) NONNULL;

/* "#part" alone. */
struct url url_here(struct arena *mem, struct str part) NONNULL;

/*
 * An own path that came from outside (the `next` of signing in, security.md 5.4): one leading "/",
 * no second one, no backslash, control byte or scheme, also after decoding. False otherwise.
 */
bool url_from_next(struct url *out, struct arena *mem, struct str text) NONNULL MUST_USE;

/* What an address written by an author is (security.md 6.4). */
enum url_kind {
	URL_REFUSED,  /* not on the list: show its words as plain text */
	URL_OWN,      /* "/...": a path of our own */
	URL_RELATIVE, /* "name", "../name", "?q": meaningful only where the text came from */
	URL_PART,     /* "#...": a place on the same page; `rest` is what follows the sign */
	URL_OUTSIDE,  /* http, https; `host` is what to show, in ASCII (punycode) */
	URL_OTHER,    /* mailto, tel */
};
struct url_written {
	enum url_kind kind;
	struct url url;  /* not set for URL_REFUSED and URL_PART */
	struct str host; /* for URL_OUTSIDE */
	struct str rest; /* for URL_PART and URL_RELATIVE: cleaned, still as written */
};

/*
 * Judge an address as written. It is compared after control bytes and blanks are removed and
 * entities decoded once, so that no browser reads another scheme out of it than we did.
 */
struct url_written url_judge(struct arena *mem, struct str address) NONNULL MUST_USE;

#endif
