/*
 * A reader of HTML that is stricter than any browser: for what markup.c lets out. It knows the
 * elements and attributes of security.md 6.3 and 6.4 and refuses everything else.
 */
#ifndef TESTS_HTML_STRICT_H
#define TESTS_HTML_STRICT_H

#include "schema/base/str.h"

/* NULL, or what is wrong; `*at` is where. Elements must nest and be closed. */
const char *html_strict(struct str html, size_t *at) NONNULL;

#endif
