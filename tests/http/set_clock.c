/*
 * Loaded before the C library (LD_PRELOAD), it moves the wall clock of a program by the seconds that the
 * file $CLOCK_MOVED holds, eight bytes that may be changed while it runs. The clock that never jumps stays.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *moved;

__attribute__((constructor)) static void begin(void)
{
	const char *name = getenv("CLOCK_MOVED");
	int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
	void *bytes =
		file < 0 ? MAP_FAILED : mmap(NULL, sizeof(*moved), PROT_READ, MAP_SHARED, file, 0);

	if (bytes != MAP_FAILED)
		moved = bytes;
	if (file >= 0)
		close(file);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
	int failed = (int)syscall(SYS_clock_gettime, id, now);

	if (!failed && id == CLOCK_REALTIME && moved)
		now->tv_sec += *moved;
	return failed;
}
