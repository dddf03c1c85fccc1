/* The side that the person sits at: terminal, files, folders. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "schema/base/clock.h"
#include "schema/base/secret.h"
#include "tools/cli/names.h"
#include "tools/cli/term.h"

/* Larger files come in pieces that end with a line, so that memory does not grow with them. */
enum { PIECE = 4 * 1024 * 1024, DEPTH_MAX = 32, FILES_MAX = 1000000, PROGRESS_EVERY = 100000 };

struct cli_local {
	struct command_io io; /* first, so that the one is the other */
	const struct command *command;
	int argc;
	char **argv;

	struct arena mem; /* of the list of names */
	int argument;     /* whose files are being given, 0: none yet */
	int root;         /* its folder, or -1 */
	struct str *names;
	size_t n_names, room_names, at;
	int fd; /* the file that is being given in pieces, or -1 */
	struct buf piece;
	size_t given; /* bytes of the piece that were given already */
	int64_t drawn;
	bool on_terminal, drew;
};

static struct cli_local *self(struct command_io *io)
{
	return (struct cli_local *)(void *)io;
}

static enum status write_all(int fd, struct str text)
{
	while (text.len) {
		ssize_t n = write(fd, text.ptr, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(ST_FAILED, "cannot print: %s", strerror(errno));
		text = str_from(text, (size_t)n);
	}
	return ST_OK;
}

/* A line of progress is taken off the terminal before anything else is printed. */
static void progress_clear(struct cli_local *l)
{
	if (!l->drew)
		return;
	l->drew = false;
	if (write_all(STDERR_FILENO, STR("\r\x1b[K")) != ST_OK)
		l->on_terminal = false;
}

static enum status local_out(struct command_io *io, struct str text)
{
	progress_clear(self(io));
	return write_all(STDOUT_FILENO, text);
}

static enum status local_err(struct command_io *io, struct str text)
{
	progress_clear(self(io));
	return write_all(STDERR_FILENO, text);
}

static enum status local_progress(struct command_io *io, int64_t done, int64_t all)
{
	static const char bar[] = "########################################";
	struct cli_local *l = self(io);
	int64_t now = clock_mono();
	char line[160];
	int filled;

	if (!l->on_terminal || (now - l->drawn < PROGRESS_EVERY && done != all))
		return ST_OK;
	l->drawn = now;
	l->drew = true;
	if (all > 0) {
		filled = (int)(done * 40 / all);
		(void)snprintf(line, sizeof(line), "\r[%-40.*s] %lld of %lld", filled, bar,
			       (long long)done, (long long)all);
	} else {
		(void)snprintf(line, sizeof(line), "\r%lld", (long long)done);
	}
	return write_all(STDERR_FILENO, str_c(line));
}

/* ---- reading ---- */

/*
 * Below `root` only, and through no link: names that lead elsewhere are refused by the kernel. Without
 * waiting: a pipe opens at once and is then seen to be no file.
 */
static int open_beneath(int root, const char *name, int flags)
{
	struct open_how how = {.flags = (unsigned)flags | O_CLOEXEC | O_NONBLOCK,
			       .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};

	return (int)syscall(SYS_openat2, root, name, &how, sizeof(how));
}

static bool is_wanted(struct str name)
{
	return str_ends(name, STR(".md")) || str_ends(name, STR(".markdown")) ||
	       str_ends(name, STR(".jsonl")) || cli_is_glossary(name) || cli_is_names(name);
}

static void name_add(struct cli_local *l, struct str name)
{
	l->names = xgrow(l->names, l->n_names, &l->room_names, sizeof(*l->names));
	l->names[l->n_names++] = arena_str(&l->mem, name);
}

/* Collect the files below the folder `prefix` of the root. Hidden ones are left alone. */
static enum status walk(struct cli_local *l, const char *prefix, int depth)
{
	int fd = open_beneath(l->root, *prefix ? prefix : ".", O_RDONLY | O_DIRECTORY);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;

	if (!dir)
		return fail(ST_FAILED, "open the folder %s: %s",
			    *prefix ? prefix : l->argv[l->argument], strerror(errno));
	while ((entry = readdir(dir))) {
		AUTO(buf) struct buf path = {0};
		struct stat st;

		if (entry->d_name[0] == '.')
			continue;
		buf_printf(&path, "%s%s%s", prefix, *prefix ? "/" : "", entry->d_name);
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		/* A folder that cannot be walked is named among the files, and refused in its turn. */
		if (S_ISDIR(st.st_mode) &&
		    (depth == DEPTH_MAX || walk(l, buf_c(&path), depth + 1) != ST_OK))
			name_add(l, buf_str(&path));
		if (S_ISREG(st.st_mode) && is_wanted(buf_str(&path)) && l->n_names < FILES_MAX)
			name_add(l, buf_str(&path));
	}
	(void)closedir(dir);
	return ST_OK;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Begin with the files of one argument: a folder is walked, a file is itself. */
static enum status argument_open(struct cli_local *l, int index)
{
	AUTO(buf) struct buf folder = {0};
	struct str path = str_c(l->argv[index]), base = path;
	struct stat st;

	l->argument = index;
	l->n_names = l->at = 0;
	if (stat(l->argv[index], &st) != 0)
		return fail(ST_INVALID, "%s: %s", l->argv[index], strerror(errno));
	if (S_ISDIR(st.st_mode)) {
		l->root = open(l->argv[index], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (l->root < 0)
			return fail(ST_FAILED, "%s: %s", l->argv[index], strerror(errno));
		TRY(walk(l, "", 0));
		qsort(l->names, l->n_names, sizeof(*l->names), by_name);
		return ST_OK;
	}
	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '/')
			base = str_from(path, i + 1);
	}
	buf_str_add(&folder, str_head(path, path.len - base.len));
	l->root = open(folder.len ? buf_c(&folder) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (l->root < 0)
		return fail(ST_FAILED, "%s: %s", l->argv[index], strerror(errno));
	name_add(l, base);
	return ST_OK;
}

static bool is_listed(const char *list, struct str name)
{
	char spaced[80];

	return snprintf(spaced, sizeof(spaced), " %.*s ", STR_ARG(name)) < (int)sizeof(spaced) &&
	       strstr(list, spaced);
}

/* True when argv[index] names a file: a word of a command that takes paths, or such an option's value. */
static bool names_file(const struct cli_local *l, int index)
{
	struct str before = str_c(l->argv[index - 1]), arg = str_c(l->argv[index]);

	if (index > 1 && is_listed(l->command->values, before))
		return is_listed(l->command->files, before);
	return (l->command->needs & COMMAND_PATHS) && !str_starts(arg, STR("--"));
}

/* Fill the piece from the open file up to the end of a line. Empty at the end of the file. */
static enum status piece_read(struct cli_local *l)
{
	size_t kept = l->piece.len - l->given, end;

	if (kept)
		memmove(l->piece.ptr, l->piece.ptr + l->given, kept);
	buf_cut(&l->piece, kept);
	l->given = 0;
	while (l->piece.len < PIECE) {
		char chunk[65536];
		ssize_t n = read(l->fd, chunk, sizeof(chunk));

		if (n < 0)
			return fail(ST_INVALID, "%.*s cannot be read: %s",
				    STR_ARG(l->names[l->at - 1]), strerror(errno));
		if (n == 0)
			break;
		buf_add(&l->piece, chunk, (size_t)n);
	}
	end = l->piece.len;
	while (l->piece.len >= PIECE && end > 0 && l->piece.ptr[end - 1] != '\n')
		end--;
	l->given = end ? end : l->piece.len;
	return ST_OK;
}

static void file_close(struct cli_local *l)
{
	if (l->fd >= 0)
		(void)close(l->fd);
	l->fd = -1;
}

static void argument_close(struct cli_local *l)
{
	if (l->root >= 0)
		(void)close(l->root);
	l->root = -1;
	l->n_names = l->at = 0;
}

/* Go on to the next file that there is, opening the next argument when one is used up. */
static enum status file_open(struct cli_local *l)
{
	struct stat st;

	while (l->at == l->n_names) {
		int next = l->argument + 1;

		argument_close(l);
		while (next < l->argc && !names_file(l, next))
			next++;
		if (next >= l->argc)
			return fail(ST_NOT_FOUND, "no more files");
		TRY(argument_open(l, next));
	}
	l->fd = open_beneath(l->root, l->names[l->at].ptr, O_RDONLY);
	l->at++;
	if (l->fd < 0 || fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		const char *why = l->fd < 0 ? strerror(errno) : "it is no plain file";

		file_close(l);
		return fail(ST_INVALID, "%.*s cannot be read: %s", STR_ARG(l->names[l->at - 1]),
			    why);
	}
	buf_reset(&l->piece);
	l->given = 0;
	return ST_OK;
}

static enum status local_next_file(struct command_io *io, struct str *name, struct str *content,
				   int *argument)
{
	struct cli_local *l = self(io);
	bool first = l->fd < 0;

	for (;;) {
		enum status got;

		if (l->fd < 0)
			TRY(file_open(l));
		got = piece_read(l);
		if (got != ST_OK)
			file_close(l);
		TRY(got);
		if (l->given || first)
			break;
		file_close(l);
		first = true;
	}
	*name = l->names[l->at - 1];
	*content = str_of(buf_c(&l->piece), l->given);
	*argument = l->argument;
	if (!l->given)
		file_close(l);
	return ST_OK;
}

/* ---- writing ---- */

/* Make the folders on the way to `name` below `root`. */
static enum status make_folders(int root, struct str name)
{
	for (size_t i = 1; i < name.len; i++) {
		AUTO(buf) struct buf folder = {0};

		if (name.ptr[i] != '/')
			continue;
		buf_str_add(&folder, str_head(name, i));
		if (mkdirat(root, buf_c(&folder), 0777) != 0 && errno != EEXIST)
			return fail(ST_FAILED, "make %s: %s", buf_c(&folder), strerror(errno));
	}
	return ST_OK;
}

static enum status put_below(int root, struct str name, struct str content)
{
	AUTO(buf) struct buf path = {0};
	struct open_how how = {.flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			       .mode = 0666,
			       .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
	enum status outcome;
	int fd;

	TRY(make_folders(root, name));
	buf_str_add(&path, name);
	fd = (int)syscall(SYS_openat2, root, buf_c(&path), &how, sizeof(how));
	if (fd < 0)
		return fail(ST_FAILED, "write %s: %s", buf_c(&path), strerror(errno));
	outcome = write_all(fd, content);
	if (close(fd) != 0 && outcome == ST_OK)
		return fail(ST_FAILED, "write %s: %s", buf_c(&path), strerror(errno));
	return outcome;
}

/* The file that the argument itself names. */
static enum status put_named(const char *path, struct str content)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	enum status outcome;

	if (fd < 0)
		return fail(ST_FAILED, "write %s: %s", path, strerror(errno));
	outcome = write_all(fd, content);
	if (close(fd) != 0 && outcome == ST_OK)
		return fail(ST_FAILED, "write %s: %s", path, strerror(errno));
	return outcome;
}

static enum status local_put_file(struct command_io *io, int argument, struct str name,
				  struct str content)
{
	struct cli_local *l = self(io);
	enum status outcome;
	int root;

	if (argument < 1 || argument >= l->argc || !names_file(l, argument))
		return fail(ST_FAILED, "the server names an argument that is no folder");
	if (!name.len)
		return put_named(l->argv[argument], content);
	if (mkdir(l->argv[argument], 0777) != 0 && errno != EEXIST)
		return fail(ST_FAILED, "make %s: %s", l->argv[argument], strerror(errno));
	root = open(l->argv[argument], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return fail(ST_FAILED, "%s: %s", l->argv[argument], strerror(errno));
	outcome = put_below(root, name, content);
	(void)close(root);
	return outcome;
}

static enum status local_read_secret(struct command_io *io, struct arena *mem, struct str *out)
{
	struct termios old, quiet;
	bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &old) == 0;
	char line[2050];
	size_t n = 0;

	(void)io;
	if (terminal) {
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	while (n < sizeof(line) && read(STDIN_FILENO, line + n, 1) == 1 && line[n] != '\n')
		n++;
	if (terminal)
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
	if (n && line[n - 1] == '\r')
		n--;
	*out = arena_str(mem, str_of(line, n));
	secret_wipe(line, sizeof(line));
	return ST_OK;
}

struct command_io *cli_local_new(const struct command *command, int argc, char **argv)
{
	struct cli_local *l = xmalloc(sizeof(*l));

	*l = (struct cli_local){
		.io = {.out = local_out,
		       .err = local_err,
		       .progress = local_progress,
		       .next_file = local_next_file,
		       .put_file = local_put_file,
		       .read_secret = local_read_secret},
		.command = command,
		.argc = argc,
		.argv = argv,
		.root = -1,
		.fd = -1,
		.on_terminal = isatty(STDERR_FILENO) == 1,
	};
	return &l->io;
}

void cli_local_free(struct command_io *io)
{
	struct cli_local *l = self(io);

	progress_clear(l);
	file_close(l);
	argument_close(l);
	free(l->names);
	arena_release(&l->mem);
	buf_release(&l->piece);
	free(l);
}
