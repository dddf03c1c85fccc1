/* What the commands share: reading arguments, acting as the operator, printing. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "schema/access.h"
#include "server/app.h"
#include "server/command_io.h"

/* All commands, in the order of the help. */
extern const struct command commands[];
extern const size_t n_commands;

/* NULL when there is no such command. */
const struct command *command_find(const char *name) NONNULL;

/* One option: a flag sets a bool, a text a struct str, a number an int64_t. */
struct cli_option {
	const char *name; /* "--space" */
	enum { CLI_FLAG, CLI_TEXT, CLI_NUMBER } kind;
	void *out;
};

enum { CLI_WORDS_MAX = 64 };

/* The arguments that are no options. */
struct cli_words {
	struct str items[CLI_WORDS_MAX];
	int index[CLI_WORDS_MAX]; /* of each in argv */
	size_t count;
};

/*
 * Read argv[1 ...]. Outputs keep what they were set to where the option is absent. INVALID, with words that say what is
 * wrong, for an unknown option, a missing value or a number that is none. "--" ends the options.
 */
enum status cli_read(struct cli_words *words, int argc, char **argv,
		     const struct cli_option *options, size_t n) MUST_USE;

/* The same, and INVALID unless between `least` and `most` words are left. */
enum status cli_read_words(struct cli_words *words, int argc, char **argv,
			   const struct cli_option *options, size_t n, size_t least, size_t most)
	MUST_USE;

/* The operator as a reader: every right, each act under the system's name. */
enum status cli_operator(struct reader *out, struct app *app, struct db *db, struct arena *mem)
	NONNULL MUST_USE;

/*
 * BUSY, with words that say so, when the disk is nearly full: then the host's commands save nothing either.
 * `words` of a command that only lists or writes out pass; NULL where it always saves.
 */
enum status cli_room(const struct app *app, const struct cli_words *words)
	__attribute__((nonnull(1))) MUST_USE;

/* The person of --as, or the operator where it is empty. */
enum status cli_reader(struct reader *out, struct app *app, struct db *db, struct arena *mem,
		       struct str as) NONNULL MUST_USE;

/* A usage error prints the command's usage and gives 2; other outcomes as command_outcome(). */
int cli_end(struct command_io *io, const char *command, enum status outcome) NONNULL;

/* Reading, writing and walking on this side, for commands that run in this process. */
struct cli_local;

/* `command` says which of the arguments name files. Freed by cli_local_free(). */
struct command_io *cli_local_new(const struct command *command, int argc, char **argv)
	NONNULL MUST_USE __attribute__((returns_nonnull));
void cli_local_free(struct command_io *io);

/* The functions behind the table, one for each command. */
int cmd_init(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_import(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_export(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_index(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_search(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_person(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_group(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_office(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_space(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_grant(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_term(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_token(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_analyse(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_backup(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_restore(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_check(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_audit(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_migrate(struct app *app, int argc, char **argv, struct command_io *io);
int cmd_status(struct app *app, int argc, char **argv, struct command_io *io);

#endif
