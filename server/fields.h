/*
 * Typed fields of articles. The record keeps each value as a text: a text as it is, anything else as
 * its JSON; a text that would read as JSON is kept in quotes, so that the type comes back.
 */
#ifndef SERVER_FIELDS_H
#define SERVER_FIELDS_H

#include "schema/article.h"
#include "server/json.h"

/* From an object of JSON: texts, numbers, booleans, and lists of texts. INVALID on "fields" otherwise. */
enum status fields_from_json(struct article_field **out, size_t *count, struct arena *mem,
			     const struct json_value *object) __attribute__((nonnull(1, 2, 3)))
MUST_USE;

/* {"name":value,...} */
void fields_to_json(struct json_out *j, const char *name, const struct article_field *fields,
		    size_t count) __attribute__((nonnull(1)));

/* The same fields as people read them: texts without quotes, lists with commas. */
struct article_field *fields_to_words(struct arena *mem, const struct article_field *fields,
				      size_t count) __attribute__((nonnull(1))) MUST_USE;

#endif
