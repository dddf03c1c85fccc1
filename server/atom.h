/* Feeds: a list of a page for programs that ask now and then what is new (RFC 4287). */
#ifndef SERVER_ATOM_H
#define SERVER_ATOM_H

#include "server/out.h"
#include "server/request.h"

struct atom;

/* Begin a feed: its title, its page, and when it last changed (0: now). Lives in rq->mem. */
struct atom *atom_new(struct request *rq, struct str title, struct url page, int64_t updated)
	NONNULL MUST_USE __attribute__((returns_nonnull));

struct atom_entry {
	struct str title, lang; /* of what it is about */
	struct url url;         /* also what the entry is told from others by */
	struct str author;      /* name, or empty */
	int64_t updated;
	struct str summary;  /* plain text, or empty */
	struct html passage; /* in its place, with marks; or none */
};
void atom_add(struct atom *atom, const struct atom_entry *entry) NONNULL;

/* Answer with the feed. */
enum status atom_reply(struct atom *atom) NONNULL MUST_USE;

#endif
