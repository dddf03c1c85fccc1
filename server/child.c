/* One child: started, greeted, asked and ended. */
#include "server/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "schema/base/clock.h"

extern char **environ;

enum {
	CHILD_FD = 3,
	READY_MS = 10000,
	BACKOFF_LEAST = 100000, /* microseconds */
	BACKOFF_MOST = 10000000,
	STEADY = 10000000, /* a child that lived so long starts the back-off anew */
};

const char *child_role_name(enum child_role role)
{
	static const char *const names[] = {[CHILD_CONVERT] = "convert",
					    [CHILD_WRITE] = "write",
					    [CHILD_SEARCH] = "search",
					    [CHILD_EXTRACT] = "extract"};

	return names[role];
}

/* `input`: what becomes its standard input, or -1. */
static int spawn_with(struct child *child, const char *program, const char *index, int theirs,
		      int input)
{
	char role[16], index_option[] = "--index", fd_option[] = "--fd", fd[] = "3";
	char name[] = "devon-indexer", folder[512];
	char *with_index[] = {name, index_option, folder, fd_option, fd, role, NULL};
	char *without[] = {name, fd_option, fd, role, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int broken;

	(void)snprintf(role, sizeof(role), "%s", child_role_name(child->role));
	(void)snprintf(folder, sizeof(folder), "%s", index);
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	broken = posix_spawn_file_actions_adddup2(&files, theirs, CHILD_FD);
	if (!broken && input >= 0)
		broken = posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
	if (!broken)
		broken = posix_spawnattr_setsigmask(&attributes, &none);
	if (!broken)
		broken = posix_spawnattr_setsigdefault(&attributes, &all);
	if (!broken)
		broken = posix_spawnattr_setflags(&attributes,
						  POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (!broken)
		broken = posix_spawn(&child->pid, program, &files, &attributes,
				     index[0] ? with_index : without, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return broken;
}

/* dup2() of a descriptor upon itself would keep its close-on-exec mark, so ours is never 3. */
static int make_pair(int ends[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	if (ends[1] == CHILD_FD) {
		int moved = fcntl(ends[1], F_DUPFD_CLOEXEC, CHILD_FD + 1);

		(void)close(ends[1]);
		ends[1] = moved;
	}
	return ends[1] < 0 ? -1 : 0;
}

static enum status start(struct child *child, const char *program, const char *index, int input)
{
	int ends[2];
	int broken;

	if (make_pair(ends) < 0)
		return fail(ST_FAILED, "socketpair: %s", strerror(errno));
	broken = spawn_with(child, program, index, ends[1], input);
	(void)close(ends[1]);
	child->fd = ends[0];
	child->born = clock_mono();
	if (!broken)
		return ST_OK;
	(void)close(ends[0]);
	child->fd = -1;
	child->pid = 0;
	return fail(ST_FAILED, "start %s: %s", program, strerror(broken));
}

enum status child_start(struct child *child, const char *program, const char *index)
{
	return start(child, program, index, -1);
}

enum status child_start_over(struct child *child, const char *program, int input)
{
	return start(child, program, "", input);
}

void child_bury(struct child *child)
{
	int64_t now = clock_mono();

	if (child->fd >= 0)
		(void)close(child->fd);
	if (child->pid > 0) {
		(void)kill(child->pid, SIGKILL);
		while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
		child->deaths++;
	}
	if (child->backoff == 0 || now - child->born >= STEADY)
		child->backoff = BACKOFF_LEAST;
	else if (child->backoff < BACKOFF_MOST)
		child->backoff *= 2;
	/* The first death is answered at once; only a loop of them is slowed down. */
	child->due = now - child->born >= STEADY || child->deaths <= 1 ? now : now + child->backoff;
	child->pid = 0;
	child->fd = -1;
}

bool child_is_alive(const struct child *child)
{
	char byte;
	ssize_t got = recv(child->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

enum status child_greet(struct child *child)
{
	struct wire_reader fields;
	enum wire_kind kind;

	TRY(wire_receive(child->fd, &child->in, &kind, &fields,
			 clock_mono() + READY_MS * INT64_C(1000)));
	if (kind != WIRE_READY || !str_is(wire_get_text(&fields), WIRE_VERSION) ||
	    !wire_get_end(&fields))
		return fail(ST_FAILED, "devon-indexer is of another release");
	return ST_OK;
}

enum status child_ask(struct child *child, struct buf *message, struct buf *reply,
		      enum wire_kind *kind, struct wire_reader *fields, int64_t deadline)
{
	TRY(wire_send(child->fd, message, deadline));
	return wire_receive(child->fd, reply, kind, fields, deadline);
}
