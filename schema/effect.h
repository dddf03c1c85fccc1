/*
 * What a change of rights would do, counted before it is done. The change itself is made, counted by
 * the rule that decides every request, and undone; so the count is exact, and whoever may not make
 * the change may not count it either (the same outcomes).
 */
#ifndef SCHEMA_EFFECT_H
#define SCHEMA_EFFECT_H

#include "schema/person.h"
#include "schema/space.h"

/* On one space; a person's level is that of access_space_level(). */
struct effect {
	int64_t gain[LEVEL_MANAGE + 1]; /* people whose level rises, by the level that they reach */
	int64_t lose[LEVEL_MANAGE + 1]; /* people whose level falls, by the level that is left */
	int64_t managers_before, managers_after;
};

/* Of space_grant(). `db` is the connection that writes. */
enum status effect_of_grant(struct effect *out, struct db *db, struct arena *mem,
			    const struct reader *who, struct str key, struct str group_key,
			    enum level level) NONNULL MUST_USE;

/* On one person, space by space; spaces whose level stays the same are left out. */
struct space_effect {
	struct str space_key;
	enum level before, after;
};
struct person_effect {
	struct space_effect *spaces; /* by key; live in the arena */
	size_t n_spaces;
	int64_t sessions, tokens; /* that would end */
};

/* Of group_set_member(). */
enum status effect_of_member(struct person_effect *out, struct db *db, struct arena *mem,
			     const struct reader *who, struct str key, struct str login,
			     bool member) NONNULL MUST_USE;

/* Of person_set_state(). */
enum status effect_of_state(struct person_effect *out, struct db *db, struct arena *mem,
			    const struct reader *who, struct str login, enum person_state state)
	NONNULL MUST_USE;

/* Of person_end_sessions(). */
enum status effect_of_sessions(struct person_effect *out, struct db *db, struct arena *mem,
			       const struct reader *who, struct str login) NONNULL MUST_USE;

/* True where the space has managers now and would have none: pages refuse such a change. */
static inline bool effect_orphans(const struct effect *effect)
{
	return effect->managers_before > 0 && effect->managers_after == 0;
}

#endif
