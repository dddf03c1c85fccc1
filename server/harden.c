/* Keys, sessions and texts are in memory: nothing may carry them out of the process. */
#include "server/harden.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { SANITIZED = 1 }; /* the leak checker looks inside */
#else
enum { SANITIZED = 0 };
#endif

enum status harden(void)
{
	const struct rlimit none = {0};

	if (setrlimit(RLIMIT_CORE, &none) < 0)
		return fail(ST_FAILED, "limit of core files: %s", strerror(errno));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_DUMPABLE, SANITIZED, 0, 0, 0) < 0)
		return fail(ST_FAILED, "give up rights: %s", strerror(errno));
	return ST_OK;
}
