/* Groups of people, and the offices of the ministry. */
#ifndef SCHEMA_GROUP_H
#define SCHEMA_GROUP_H

#include "schema/access.h"
#include "schema/person.h"

/* The group of everybody, as `devon init` makes it. Pages translate this name, but none that people gave. */
#define GROUP_STAFF "staff"
#define GROUP_STAFF_NAME "All staff"

struct group {
	int64_t id;
	struct str key, name, purpose;
	int64_t members;
};

/* CONFLICT when the key exists. Needs ACT_ACCOUNTS. */
enum status group_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str key, struct str name) NONNULL MUST_USE;

/* A NULL pointer leaves a text alone. Rights do not hang on either. */
struct group_texts {
	struct str name, purpose;
};
enum status group_set(struct db *db, struct arena *mem, const struct reader *who, struct str key,
		      const struct group_texts *texts) NONNULL MUST_USE;

/* Put in or take out; doing it twice is no error. Needs ACT_ACCOUNTS; nobody changes their own. */
enum status group_set_member(struct db *db, struct arena *mem, const struct reader *who,
			     struct str key, struct str login, bool member) NONNULL MUST_USE;

/*
 * Groups are seen by those who are in them or put them to use: members; and all of them by whoever
 * manages a space, administers accounts or audits. For others a group is as if it were not there.
 */
enum status group_list(struct group **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who) NONNULL MUST_USE;
enum status group_get(struct group *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str key) NONNULL MUST_USE;

/* Members are seen by members and by administrators of accounts; others get an empty list. */
enum status group_members(struct person **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str key, struct str after, size_t limit)
	NONNULL MUST_USE;

/* The groups of one person; those of others only with ACT_ACCOUNTS. */
enum status group_list_of(struct group **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str login) NONNULL MUST_USE;

struct office {
	int64_t id;
	struct str key, name, kind, parent_key, city, country, time_zone;
	struct str name_key; /* folded; given when it is added, and not read back */
};
enum status office_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		       const struct office *office) NONNULL MUST_USE;
enum status office_list(struct office **out, size_t *count, struct db *db, struct arena *mem)
	NONNULL MUST_USE;

#endif
