/* Telephone numbers: one number is written in many ways, and found by any of them. */
#ifndef INDEXER_PHONE_H
#define INDEXER_PHONE_H

#include "schema/base/str.h"

enum {
	PHONE_LEAST = 7,
	PHONE_MOST = 15,
	PHONE_NATIONAL =
		9, /* the last digits, by which +998 71 233-28-28 and (71) 233-28-28 are one */
	PHONE_LOCAL = 7, /* those that are dialled within a town */
};

struct phone {
	size_t start, end; /* in the text, with its sign and brackets */
	char digits[PHONE_MOST + 1];
	size_t len;
};

/*
 * The telephone number whose first digit is at `at`. A number tells itself by its sign (+998 ...), by
 * the brackets of its code or by the hyphens between its last groups; dates, sums and numbers of
 * documents are none, and neither is a row of digits without a sign, unless it has the country and a
 * code of Uzbekistan and the right length (998712332828).
 */
bool phone_at(struct phone *out, struct str text, size_t at) NONNULL;

/* Its last `count` digits; empty where it has no more than those. */
struct str phone_tail(const struct phone *phone, size_t count) NONNULL;

#endif
