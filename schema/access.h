/*
 * Who may do what. A `struct reader` is somebody with all rights worked out at one moment; allow()
 * decides every act from it and from what the object is, without looking anywhere else.
 */
#ifndef SCHEMA_ACCESS_H
#define SCHEMA_ACCESS_H

#include "schema/base/audience.h"
#include "schema/db.h"

enum level { LEVEL_NONE, LEVEL_READ, LEVEL_WRITE, LEVEL_MANAGE };

/* Duties are separate flags; none of them lets anybody read content. */
enum duty {
	DUTY_ACCOUNTS = 1, /* people, groups, offices, spaces */
	DUTY_SECURITY = 2,
	DUTY_AUDIT = 4,
};

/* What a reader holds on one audience. */
struct grant {
	int64_t audience_id;
	int64_t space_id;
	enum level level;
	bool readers_discuss; /* the space lets those who only read take part in discussion */
};

struct reader {
	int64_t person_id; /* 0 for the operator and the system */
	struct str login, name;
	struct str lang, theme; /* of the interface; empty: as the browser asks */
	bool visual;            /* opens the visual editor first */
	bool saves_data;        /* pictures only when asked for, drafts kept less often */
	bool no_keys;           /* keys of one letter do nothing */
	struct str names_in;    /* the language of this request: names of spaces come in it */
	bool is_operator;       /* the command line: everything, each act under the system's name */
	bool reads_only;        /* came with a token of scope "read" */
	unsigned duties;        /* enum duty, or-ed */
	int64_t acl_version;
	struct grant *grants; /* ascending by audience_id */
	size_t n_grants;
	struct audience_set audiences; /* of the grants: the shards a search may open */
	struct str session;            /* first characters of the session's hash, for the journal */
	struct str address, on_behalf; /* for the journal */
};

enum action {
	ACT_READ,     /* article, revision, post, space */
	ACT_DISCUSS,  /* open threads and post */
	ACT_EDIT,     /* create, save, rename, move inside the space, archive */
	ACT_MANAGE,   /* audiences, trash, move out, members' grants of the space */
	ACT_RESOLVE,  /* close a thread: its author or an editor */
	ACT_ACCOUNTS, /* people, groups, offices, all grants */
	ACT_AUDIT,    /* the whole journal */
};

enum article_status { ARTICLE_DRAFT, ARTICLE_PUBLISHED, ARTICLE_ARCHIVED };

/* What allow() needs to know of an object. Zero stands for "does not apply". */
struct object {
	int64_t space_id;
	int64_t audience_id; /* 0: the space as a whole */
	bool draft;
	int64_t creator_id; /* of an article: drafts are their creator's alone; of a thread: its author */
	bool deleted;
};

/* Default deny; pure. */
bool allow(const struct reader *who, enum action action, const struct object *object)
	NONNULL MUST_USE;

/*
 * allow() as an outcome: ST_OK; NOT_FOUND when not even reading is allowed, so that hidden and absent
 * cannot be told apart; DENIED when it may be read but not acted upon.
 */
enum status access_check(const struct reader *who, enum action action, const struct object *object)
	NONNULL MUST_USE;

/* Highest level on any audience of the space. */
enum level access_space_level(const struct reader *who, int64_t space_id) NONNULL;

/* Is told of every act and of whole counts: auditors and the operator. */
bool reader_sees_acts(const struct reader *who) NONNULL;

/* May write in at least one space. */
bool access_may_create(const struct reader *who) NONNULL;

/*
 * The rights of an active person at this moment; NOT_FOUND when there is none such, or not active.
 * Everything lives in `mem`.
 */
enum status reader_load(struct reader *out, struct db *db, struct arena *mem, int64_t person_id)
	NONNULL MUST_USE;
enum status reader_by_login(struct reader *out, struct db *db, struct arena *mem, struct str login)
	NONNULL MUST_USE;

/* The operator of the command line, with every audience. */
enum status reader_operator(struct reader *out, struct db *db, struct arena *mem) NONNULL MUST_USE;

/*
 * Inside the transaction of an act: the rights as they are now, in case they changed since `who` was
 * loaded. `out` is a copy of `who` where nothing changed.
 */
enum status reader_now(struct reader *out, struct db *db, struct arena *mem,
		       const struct reader *who) NONNULL MUST_USE;

/* Called in the transaction of every change of people, groups, grants, audiences and moves. */
enum status access_changed(struct db *db) NONNULL MUST_USE;
enum status access_version(int64_t *out, struct db *db) NONNULL MUST_USE;

const char *level_name(enum level level); /* "none", "read", "write", "manage" */
bool level_parse(struct str name, enum level *out) NONNULL;

#endif
