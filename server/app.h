/* One open installation: record, children, feed, keys and limits, for the server and for commands. */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "schema/base/config.h"
#include "schema/base/secret.h"
#include "schema/db.h"
#include "server/children.h"
#include "server/feed.h"
#include "server/origin.h"

#define DEVON_VERSION "0.1.0"
#define APP_RECORD "devon.db" /* the record, in the data folder */
#define APP_FILES "files"     /* contents of files, beside it */

struct argon;
struct extractor;
struct chores;
struct glossary;
struct rate;
struct readings;
struct searched;

struct app {
	const struct config *config;
	struct origin origin;          /* our names; set when serving */
	char folder[512];              /* the data folder */
	int lock;                      /* descriptor of its lock, or -1 where it is not held */
	unsigned char key[SECRET_LEN]; /* of this installation */
	struct db *writer;             /* NULL when opened for reading only */
	struct db_pool *readers;
	struct children *children;   /* NULL when not needed */
	struct feed *feed;           /* NULL when not needed */
	struct extractor *extractor; /* NULL when not needed */
	struct rate *rate;
	struct readings *readings; /* how many articles each account read today */
	struct glossary *glossary; /* the approved terms, for searching */
	struct searched *searched; /* searches on their way into the log */
	struct chores *chores;     /* NULL but in a server */
	struct argon *argon;
	int64_t started; /* seconds */
};

enum app_mode {
	APP_READ = 1,     /* the record read only; the folder is not locked */
	APP_WRITE = 2,    /* the lock and the writer */
	APP_CHILDREN = 4, /* children and feed; with APP_WRITE only */
	APP_CREATE = 8,   /* folder and record are made when absent */
};

/*
 * Open the data folder named by the configuration. The record is migrated when APP_WRITE.
 * BUSY when another process holds the lock, CONFLICT when the record is newer than the program,
 * NOT_FOUND when there is no record and APP_CREATE is not given.
 */
enum status app_open(struct app *out, const struct config *config, unsigned modes) NONNULL MUST_USE;

/* Stop the children, write the log back into the record, close, unlock. */
void app_close(struct app *app) NONNULL;
static inline void app_cleanup(struct app *app)
{
	app_close(app);
}

/* The path of a file in the data folder; ends in NUL. */
struct str app_path(struct arena *mem, const struct app *app, const char *name) NONNULL;

/* True while another process holds the folder's lock: a server runs there. */
bool app_is_served(const struct config *config) NONNULL;

/*
 * A connection that refuses writes, for one request or command; given back by app_reader_end().
 * Connections are opened as they are needed and kept.
 */
enum status app_reader_begin(struct db **out, struct app *app) NONNULL MUST_USE;
void app_reader_end(struct app *app, struct db *db) NONNULL;

/* False when the disk is nearly full: writes are refused then, and reading goes on. */
bool app_has_room(const struct app *app) NONNULL MUST_USE;

#endif
