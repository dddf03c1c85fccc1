/* Spaces, who is granted what on them, and their audiences. */
#ifndef SCHEMA_SPACE_H
#define SCHEMA_SPACE_H

#include "schema/access.h"
#include "schema/space_text.h"

struct space {
	int64_t id;
	struct str key;
	struct space_text name, description; /* for the asked language */
	struct str lang;                     /* of the first name; empty where nobody said */
	int label;
	bool readers_discuss, logged, archived;
	enum level level; /* of the reader who asked, on the space as a whole */
};

struct space_input {
	struct str key;
	struct str name, description; /* a NULL pointer leaves a text alone on a change */
	struct str lang;              /* that they are written in */
};

/*
 * A space and its first audience ("everyone who reads the space"). Nothing is granted to anyone.
 * CONFLICT when the key exists, INVALID past AUDIENCE_MAX audiences. Needs ACT_ACCOUNTS.
 */
enum status space_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		      const struct space_input *input) NONNULL MUST_USE;

/*
 * Name and description in one language; an empty `lang` is that of the first name, which serves the
 * languages without one; of a space that bears its key, that is the first name given with its
 * language. An empty text takes it away from its language, except the first name. Needs
 * manage, or ACT_ACCOUNTS.
 */
enum status space_set(struct db *db, struct arena *mem, const struct reader *who, struct str key,
		      const struct space_input *input) NONNULL MUST_USE;

/* Whether the space may be changed by who asks: NOT_FOUND as in space_get(), DENIED. */
enum status space_check_set(struct db *db, const struct reader *who, struct str key)
	NONNULL MUST_USE;

/* What was given in one language. */
struct space_name {
	struct str lang;              /* empty: of the first one, where nobody said its language */
	struct str name, description; /* one of them may be empty */
};

/* The first name, then the others by their language. Needs read, or what space_set() needs. */
enum status space_names(struct space_name **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, struct str key) NONNULL MUST_USE;

/* NOT_FOUND for who reads no audience of it. `lang` picks the name. */
enum status space_get(struct space *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str key, struct str lang) NONNULL MUST_USE;

/* The spaces that the reader reads, by name. */
enum status space_list(struct space **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who, struct str lang) NONNULL MUST_USE;

/* All of them, for those who administer accounts: names and keys, no content. Needs ACT_ACCOUNTS. */
enum status space_list_all(struct space **out, size_t *count, struct db *db, struct arena *mem,
			   const struct reader *who, struct str lang) NONNULL MUST_USE;

struct space_grant {
	struct str space_key, group_key, group_name;
	enum level level;
};

/* The grants of one space. Needs manage on it, or ACT_ACCOUNTS. */
enum status space_grants(struct space_grant **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who, struct str key) NONNULL MUST_USE;

/* The whole matrix. Needs ACT_ACCOUNTS. */
enum status space_grants_all(struct space_grant **out, size_t *count, struct db *db,
			     struct arena *mem, const struct reader *who) NONNULL MUST_USE;

/* What one group holds on the spaces that the reader reads; on all of them for ACT_ACCOUNTS. */
enum status space_grants_of(struct space_grant **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who, struct str group_key)
	NONNULL MUST_USE;

/*
 * Needs manage on the space, or ACT_ACCOUNTS and then only for groups that one is not in (the
 * operator may all). LEVEL_NONE takes the grant away.
 */
enum status space_grant(struct db *db, struct arena *mem, const struct reader *who, struct str key,
			struct str group_key, enum level level) NONNULL MUST_USE;

struct audience {
	int64_t id;
	int64_t space_id;
	struct str space_key, name;
	int label;
	bool restricted;
	enum level level; /* of the reader who asked */
};

struct audience_reader {
	struct str group_key, login; /* one of them is empty */
	struct str name;
	enum level level;
};

/* One line of the list of a restricted audience; an empty list is one line without a reader. */
struct audience_line {
	struct str space_key, audience_name;
	struct audience_reader reader;
};

/* The lists of all restricted audiences, by space and name: names, no content. Needs ACT_ACCOUNTS. */
enum status audience_lines_all(struct audience_line **out, size_t *count, struct db *db,
			       struct arena *mem, const struct reader *who) NONNULL MUST_USE;

/* Those of the space that the reader reads; the first is the space's own. */
enum status audience_list(struct audience **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str space_key) NONNULL MUST_USE;

/*
 * For whatever makes an audience, inside its transaction: INVALID past AUDIENCE_MAX, because each one is
 * a shard that searches may have to open.
 */
enum status audience_check_room(struct db *db, const char *field) NONNULL MUST_USE;

/*
 * A restricted audience with an empty list: only managers read it until somebody is added. INVALID
 * past AUDIENCE_MAX.
 */
enum status audience_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
			 struct str space_key, struct str name) NONNULL MUST_USE;

/* Who is on the list. Needs manage on the space. */
enum status audience_readers(struct audience_reader **out, size_t *count, struct db *db,
			     struct arena *mem, const struct reader *who, int64_t audience_id)
	NONNULL MUST_USE;

/* Put a group or (where `group_key` is empty) a person on the list, or take it off with LEVEL_NONE. Needs manage. */
enum status audience_set_reader(struct db *db, struct arena *mem, const struct reader *who,
				int64_t audience_id, struct str group_key, struct str login,
				enum level level) NONNULL MUST_USE;

/*
 * Why and how a person may read: one line for each grant or list that counts, for "what can this person see".
 * An empty group: named in person. Needs ACT_ACCOUNTS.
 */
struct access_reason {
	struct str space_key, audience_name, group_key;
	enum level level;
};
enum status access_reasons(struct access_reason **out, size_t *count, struct db *db,
			   struct arena *mem, const struct reader *who, struct str login)
	NONNULL MUST_USE;

#endif
