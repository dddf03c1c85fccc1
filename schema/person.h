/* People and their accounts. Accounts are never deleted or used again: history keeps the name. */
#ifndef SCHEMA_PERSON_H
#define SCHEMA_PERSON_H

#include "schema/access.h"

/* Characters that a password has at least, bytes that it has at most (security.md 4.1). */
enum { PASSWORD_MIN = 15, PASSWORD_MAX_BYTES = 1024 };

enum person_state { PERSON_ACTIVE, PERSON_LOCKED, PERSON_DISABLED };

struct person {
	int64_t id;
	struct str login, name;
	struct str organisation_key, office_key, office_name;
	struct str position, languages, skills, phone, mail;
	int clearance;
	unsigned duties;
	enum person_state state;
	int64_t expires_at, created_at, last_login_at; /* 0: none */
	bool has_password;
};

/*
 * What may be given when an account is made or changed. A NULL pointer text leaves the value alone
 * on a change, and means empty on making one.
 */
struct person_input {
	struct str login, name, name_key; /* name_key: folded by the caller */
	struct str office_key;
	struct str position, languages, skills, phone, mail;
	struct str password_hash; /* PHC string made by the caller, or empty */
};

/*
 * INVALID unless the password has 15 characters or more, at most 1,024 bytes, and is not made of the
 * person's, the ministry's or the system's name (security.md 4.1).
 */
enum status password_check(struct str typed, struct str login, struct str name) MUST_USE;

/*
 * Make an account of the home organisation, in the group "staff". Needs ACT_ACCOUNTS. CONFLICT when the login exists.
 */
enum status person_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		       const struct person_input *input) NONNULL MUST_USE;

/* Change the given fields; oneself: position, languages, skills, phone; others: ACT_ACCOUNTS. */
enum status person_set(struct db *db, struct arena *mem, const struct reader *who,
		       const struct person_input *input) NONNULL MUST_USE;

/*
 * Disabling ends sessions and tokens in the same transaction. Nobody changes their own state. Needs ACT_ACCOUNTS.
 */
enum status person_set_state(struct db *db, struct arena *mem, const struct reader *who,
			     struct str login, enum person_state state) NONNULL MUST_USE;

/* Only the operator gives duties on the host's command line (security.md 2.6). */
enum status person_set_duties(struct db *db, struct arena *mem, const struct reader *who,
			      struct str login, unsigned duties) NONNULL MUST_USE;

/* Set the password, end the other sessions, forget the one-time code. Oneself or the operator. */
enum status person_set_password(struct db *db, struct arena *mem, const struct reader *who,
				struct str login, struct str password_hash) NONNULL MUST_USE;

/* A one-time code, valid one hour; its hash is kept. Needs ACT_ACCOUNTS and another's account. */
enum status person_new_code(char out[SECRET_TEXT_LEN + 1], struct db *db, struct arena *mem,
			    const struct reader *who, struct str login) NONNULL MUST_USE;

/* End all sessions of another. Needs ACT_ACCOUNTS. */
enum status person_end_sessions(struct db *db, struct arena *mem, const struct reader *who,
				struct str login) NONNULL MUST_USE;

/*
 * A person of the home organisation, for signed-in staff; NOT_FOUND otherwise. Clearance, duties, state and times are zero unless
 * `who` is that person or holds ACT_ACCOUNTS.
 */
enum status person_get(struct person *out, struct db *db, struct arena *mem,
		       const struct reader *who, struct str login) NONNULL MUST_USE;

/*
 * People by login order whose login or folded name begins a word with `key` (folded; empty: all), behind `after`.
 * Disabled ones only with ACT_ACCOUNTS.
 */
enum status person_list(struct person **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, struct str key, struct str after, size_t limit)
	NONNULL MUST_USE;

/*
 * The interface of this person: language ("" as the browser asks) and theme. A NULL pointer text leaves
 * its value alone. Only oneself. DENIED to a token that only reads: it changes nothing.
 */
enum status person_set_interface(struct db *db, const struct reader *who, struct str lang,
				 struct str theme) NONNULL MUST_USE;

/* Which editor opens first for this person. Only oneself; DENIED to a token that only reads. */
enum status person_set_editor(struct db *db, const struct reader *who, bool visual)
	NONNULL MUST_USE;

/* Save data on slow links; keys of one letter switched off. As person_set_editor(). */
enum status person_set_ease(struct db *db, const struct reader *who, bool saves_data, bool no_keys)
	NONNULL MUST_USE;

/* What sign-in needs; found for every login, with an empty hash where it must fail (see session.h). */
struct credentials {
	int64_t person_id; /* 0: unknown */
	struct str password_hash, name;
	struct digest code_hash;
	bool has_code;
	int64_t code_expires_at, paused_until;
	int failed;
	enum person_state state;
};
enum status credentials_get(struct credentials *out, struct db *db, struct arena *mem,
			    struct str login) NONNULL MUST_USE;

#endif
