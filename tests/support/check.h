/* cmocka with what it needs before it, and without its fail(), whose name is ours. */
#ifndef TESTS_SUPPORT_CHECK_H
#define TESTS_SUPPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail
#undef fail_msg
#define fail_msg(...)                                                                              \
	do {                                                                                       \
		print_error("ERROR: " __VA_ARGS__);                                                \
		print_error("\n");                                                                 \
		_fail(__FILE__, __LINE__);                                                         \
	} while (0)

#include "schema/base/str.h"

/* Texts are equal; shows both when they are not. */
#define assert_str(actual, expected)                                                               \
	do {                                                                                       \
		struct str check_actual = (actual);                                                \
		const char *check_expected = (expected);                                           \
		if (!str_is(check_actual, check_expected)) {                                       \
			print_error("got \"%.*s\", expected \"%s\"\n", STR_ARG(check_actual),      \
				    check_expected);                                               \
			_fail(__FILE__, __LINE__);                                                 \
		}                                                                                  \
	} while (0)

#endif
