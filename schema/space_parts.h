/* What the files space*.c share; nobody else includes this. */
#ifndef SCHEMA_SPACE_PARTS_H
#define SCHEMA_SPACE_PARTS_H

#include "schema/space.h"

enum status space_id_of(int64_t *out, struct db *db, struct str key) NONNULL MUST_USE;

/* Manage on the space, or the duty for accounts; hidden spaces stay hidden from everybody else. */
enum status space_check_governs(const struct reader *who, int64_t space_id) NONNULL MUST_USE;

enum status space_journal(struct db *db, const struct reader *who, struct str action,
			  int64_t space_id, struct str detail) NONNULL MUST_USE;

#endif
