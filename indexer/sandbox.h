/*
 * What a child gives up for good before it reads what people have made: from then on it can compute, use
 * the descriptors that it holds, and end. Nothing else: no file is opened, no program or process started, no
 * socket made, nothing of another process seen.
 */
#ifndef INDEXER_SANDBOX_H
#define INDEXER_SANDBOX_H

#include "schema/base/err.h"

/*
 * Landlock where the kernel has it, and a seccomp filter that lets through only the calls in sandbox.c, the
 * others fail with EPERM. FAILED when the kernel has no seccomp: then nothing is read at all.
 */
enum status sandbox_seal(void) MUST_USE;

#endif
