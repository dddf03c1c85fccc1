/* Annotations and small helpers used in every file; nothing here has a cost at run time. */
#ifndef BASE_MACROS_H
#define BASE_MACROS_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schema/base/banned.h"

#define PRINTF(format_arg, first_arg) __attribute__((format(printf, format_arg, first_arg)))
#define FORMAT_OF(arg) __attribute__((format_arg(arg))) /* returns a format like its argument */
#define NONNULL __attribute__((nonnull))
#define MUST_USE __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))

/* A variable that is released at the closing brace, on every path: AUTO(buf) struct buf b = {0}; */
#define AUTO(type) __attribute__((cleanup(type##_cleanup)))

/* Marks a text for the catalogues and leaves it English; who shows it to people looks it up. */
#define N_(text) (text)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
