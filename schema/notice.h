/* What waits for a person: news of saved searches, and for auditors alerts. */
#ifndef SCHEMA_NOTICE_H
#define SCHEMA_NOTICE_H

#include "schema/access.h"

/* How many of them `who` has not seen and may see now. */
enum status notice_unseen(int64_t *out, struct db *db, const struct reader *who) NONNULL MUST_USE;

#endif
