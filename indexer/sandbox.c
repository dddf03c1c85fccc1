/* Landlock and seccomp, without a library: one list of system calls is all there is to say. */
#include "indexer/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "say here which architecture this is"
#endif

/* Computing, talking over what is open, and ending. */
static const uint32_t ALLOWED[] = {
	SYS_read,          SYS_write,        SYS_readv,          SYS_writev,
	SYS_pread64,       SYS_lseek,        SYS_close,          SYS_fstat,
	SYS_recvfrom,      SYS_sendto,       SYS_ppoll,          SYS_brk,
	SYS_munmap,        SYS_mremap,       SYS_madvise,        SYS_futex,
	SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday,   SYS_getrandom,
	SYS_getpid,        SYS_gettid,       SYS_sched_yield,    SYS_sysinfo,
	SYS_getrusage,     SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_restart_syscall,
	SYS_exit,          SYS_exit_group,
#ifdef SYS_poll
	SYS_poll,
#endif
};
/* Allowed as long as the memory is not to be run as a program. */
static const uint32_t MEMORY[] = {SYS_mmap, SYS_mprotect};

enum { PROGRAM_MAX = 160 };

struct program {
	struct sock_filter lines[PROGRAM_MAX];
	unsigned short count;
};

static void add(struct program *program, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
	if (program->count < PROGRAM_MAX)
		program->lines[program->count++] = (struct sock_filter){code, yes, no, k};
}

static void load(struct program *program, size_t offset)
{
	add(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct program *program, uint32_t action)
{
	add(program, BPF_RET | BPF_K, action, 0, 0);
}

static void write_program(struct program *program)
{
	load(program, offsetof(struct seccomp_data, arch));
	add(program, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
	answer(program, SECCOMP_RET_KILL_PROCESS);
	for (size_t i = 0; i < COUNT(MEMORY); i++) {
		load(program, offsetof(struct seccomp_data, nr));
		add(program, BPF_JMP | BPF_JEQ | BPF_K, MEMORY[i], 0, 4);
		load(program,
		     offsetof(struct seccomp_data, args[2])); /* the lower half: protection */
		add(program, BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
		answer(program, SECCOMP_RET_ERRNO | EPERM);
		answer(program, SECCOMP_RET_ALLOW);
	}
	load(program, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < COUNT(ALLOWED); i++) {
		add(program, BPF_JMP | BPF_JEQ | BPF_K, ALLOWED[i], 0, 1);
		answer(program, SECCOMP_RET_ALLOW);
	}
	answer(program, SECCOMP_RET_ERRNO | EPERM);
}

/* Not one file or folder, by a second way: kernels without Landlock have the filter alone. */
static void close_files(void)
{
	struct landlock_ruleset_attr rules = {
		.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
				     LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
				     LANDLOCK_ACCESS_FS_REMOVE_DIR |
				     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
				     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
				     LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
				     LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM};
	long ruleset = syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);

	if (ruleset < 0)
		return;
	(void)syscall(SYS_landlock_restrict_self, ruleset, 0);
	(void)close((int)ruleset);
}

enum status sandbox_seal(void)
{
	struct program program = {.count = 0};
	struct sock_fprog filter;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(ST_FAILED, "give up rights: %s", strerror(errno));
	close_files();
	write_program(&program);
	filter = (struct sock_fprog){program.count, program.lines};
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0)
		return fail(ST_FAILED, "the kernel has no seccomp: %s", strerror(errno));
	return ST_OK;
}
