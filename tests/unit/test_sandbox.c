/* Each thing that a sealed process must not do, tried by a process that was sealed. */
#include "indexer/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"

#if defined(__SANITIZE_ADDRESS__)
enum {
	SANITIZED = 1
}; /* the sanitizer makes calls of its own; nothing is sealed in such a build */
#else
enum { SANITIZED = 0 };
#endif

/* 0 when `act` is refused in a sealed process; with `before`, when it is not refused before as well. */
static int sealed(int (*act)(void), bool before)
{
	pid_t pid;
	int how;

	if (SANITIZED)
		skip();
	pid = fork();
	if (pid == 0) {
		if (before && act() < 0)
			_exit(2); /* it would have failed anyway: this shows nothing */
		if (sandbox_seal() != ST_OK)
			_exit(3);
		errno = 0;
		_exit(act() < 0 && errno == EPERM ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static void expect_refusal(int (*act)(void))
{
	assert_int_equal(sealed(act, true), 0);
}

static int open_passwords(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static int make_file(void)
{
	return open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static int look_at_file(void)
{
	return access("/etc/passwd", F_OK);
}

static int make_tcp(void)
{
	return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static int make_unix(void)
{
	int ends[2];

	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

static int start_process(void)
{
	pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		(void)waitpid(pid, NULL, 0);
	return pid < 0 ? -1 : 0;
}

static int signal_parent(void)
{
	return kill(getppid(), 0);
}

static int map_program(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page == MAP_FAILED ? -1 : 0;
}

static int duplicate(void)
{
	return fcntl(0, F_DUPFD, 10);
}

static void test_no_file_is_opened(void **state)
{
	(void)state;
	expect_refusal(open_passwords);
	expect_refusal(make_file);
	expect_refusal(look_at_file);
	expect_refusal(duplicate);
}

static void test_no_socket_is_made(void **state)
{
	(void)state;
	expect_refusal(make_tcp);
	expect_refusal(make_unix);
}

static void test_no_process_is_started_or_touched(void **state)
{
	(void)state;
	expect_refusal(start_process);
	expect_refusal(signal_parent);
}

static void test_no_memory_becomes_a_program(void **state)
{
	(void)state;
	expect_refusal(map_program);
}

static int run_program(void)
{
	char name[] = "true";
	char *words[] = {name, NULL};

	return execve("/bin/true", words, NULL);
}

static int trace(void)
{
	return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int connect_out(void)
{
	struct sockaddr nowhere = {.sa_family = AF_UNSPEC};

	return connect(0, &nowhere, sizeof(nowhere));
}

/* What would replace the process or stop it can only be tried afterwards. */
static void test_nothing_is_executed_traced_or_connected(void **state)
{
	(void)state;
	assert_int_equal(sealed(run_program, false), 0);
	assert_int_equal(sealed(trace, false), 0);
	assert_int_equal(sealed(connect_out, false), 0);
}

static int compute(void)
{
	char *memory = malloc(8 * 1024 * 1024);

	if (!memory)
		return 0;
	memset(memory, 1, 8 * 1024 * 1024);
	free(memory);
	errno = EPERM;
	return -1;
}

static void test_computing_goes_on(void **state)
{
	(void)state;
	assert_int_equal(sealed(compute, false), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_file_is_opened),
		cmocka_unit_test(test_no_socket_is_made),
		cmocka_unit_test(test_no_process_is_started_or_touched),
		cmocka_unit_test(test_no_memory_becomes_a_program),
		cmocka_unit_test(test_nothing_is_executed_traced_or_connected),
		cmocka_unit_test(test_computing_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
