/* Lists of spaces as pages show them: in the order of their names in the reader's language and letters. */
#ifndef SERVER_PAGES_SPACES_H
#define SERVER_PAGES_SPACES_H

#include "schema/space.h"
#include "server/request.h"

/* space_list() and space_list_all() for the one who asks. */
enum status spaces_list(struct space **out, size_t *count, struct request *rq) NONNULL MUST_USE;
enum status spaces_list_all(struct space **out, size_t *count, struct request *rq) NONNULL MUST_USE;

/* The places of these names in that order. */
size_t *spaces_order(struct request *rq, const struct space_text *names, size_t count)
	__attribute__((nonnull(1))) MUST_USE;

#endif
