/*
 * What a command of the command line talks through, so that it need not know whether it runs in the
 * server, at the other end of the control socket, or alone in its own process.
 */
#ifndef SERVER_COMMAND_IO_H
#define SERVER_COMMAND_IO_H

#include "schema/base/buf.h"
#include "schema/base/err.h"

struct app;

enum command_exit {
	COMMAND_GOOD = 0,
	COMMAND_FAILED = 1, /* or a difference was found */
	COMMAND_USAGE = 2,
	COMMAND_VERSION = 3, /* the record is newer than the program */
	COMMAND_UNREADABLE = 4,
};

/* The functions of the side that the person sits at. Each may block; all come from one thread. */
struct command_io {
	/* To standard output and standard error, as they are. FAILED when the client is gone. */
	enum status (*out)(struct command_io *io, struct str text) MUST_USE;
	enum status (*err)(struct command_io *io, struct str text) MUST_USE;

	/* Where long work stands; drawn only on a terminal. `all` is 0 where it is not known. */
	enum status (*progress)(struct command_io *io, int64_t done, int64_t all) MUST_USE;

	/*
	 * The files that the command's own arguments name, one by one, folders walked in order of
	 * names. NOT_FOUND after the last; INVALID, with words, for one that cannot be read: ask on for the rest. `name` is the path below its argument; both texts are
	 * valid until the next call. `argument`: index into argv of the path that named it.
	 */
	enum status (*next_file)(struct command_io *io, struct str *name, struct str *content,
				 int *argument) MUST_USE;

	/*
	 * Write a file on the client's side, below the folder named by argv[argument]; without a name
	 * that argument is the file.
	 */
	enum status (*put_file)(struct command_io *io, int argument, struct str name,
				struct str content) MUST_USE;

	/* A line from standard input, without its newline, not echoed on a terminal. */
	enum status (*read_secret)(struct command_io *io, struct arena *mem, struct str *out)
		MUST_USE;
};

/* What a command needs of this process. */
enum command_need {
	COMMAND_READS = 1,    /* the record, read only */
	COMMAND_WRITES = 2,   /* the record's writer */
	COMMAND_CHILDREN = 4, /* convert and search children, and the feed into the index */
	COMMAND_CREATES = 8,  /* the data folder and the record may be absent */
	COMMAND_HERE = 16,    /* always in this process, even while a server runs */
	COMMAND_ALONE = 32,   /* refused while a server runs */
	COMMAND_NO_APP = 64,  /* needs no data folder at all */
	COMMAND_PATHS = 128,  /* arguments that are no options name files of the client */
};

struct command {
	const char *name;
	const char *usage; /* what --help prints */
	unsigned needs;
	const char *values; /* options that take a value: " --space --author " */
	const char *files;  /* those of them whose value names a file or folder of the client */
	/* argv[0] is the command's name. The result is the program's exit code. */
	int (*run)(struct app *app, int argc, char **argv, struct command_io *io);
};

/* Formatted output; what does not fit in memory does not exist. */
enum status command_print(struct command_io *io, const char *format, ...) PRINTF(2, 3)
	NONNULL MUST_USE;
enum status command_error(struct command_io *io, const char *format, ...) PRINTF(2, 3)
	NONNULL MUST_USE;

/* The last failure as an error line, and the exit code that goes with the outcome. */
int command_outcome(struct command_io *io, enum status outcome) NONNULL;

#endif
