/*
 * What a hit is, by its kind: how it is loaded for its reader, and the text that its passage comes
 * from. Only search*.c of this folder include this.
 */
#ifndef SERVER_SEARCH_KIND_H
#define SERVER_SEARCH_KIND_H

#include "server/search.h"

/* Load what the index calls `id`. NOT_FOUND: the record does not let this reader have it. */
enum status search_load(struct search_found *out, struct db *db, struct arena *mem,
			const struct reader *who, struct str id) NONNULL MUST_USE;

/* The words that it consists of. */
enum status search_plain(struct str *out, struct db *db, struct arena *mem,
			 const struct search_found *hit) NONNULL MUST_USE;

#endif
