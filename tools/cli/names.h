/* The names of a space in a file of their own, "space.names", beside what is exported of it. */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include "tools/cli/cli.h"

bool cli_is_names(struct str name);

/* Front matter: the key of the space, then the first name, then those of other languages. */
enum status cli_names_write(struct buf *out, struct db *db, struct arena *mem,
			    const struct reader *who, struct str key) NONNULL MUST_USE;

/* Name the space as the file says; nothing where the file is of another one. */
enum status cli_names_read(struct db *db, struct arena *mem, const struct reader *who,
			   struct str key, struct str content) NONNULL MUST_USE;

#endif
