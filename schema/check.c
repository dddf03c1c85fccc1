/* Rules for short texts that people give. */
#include "schema/check.h"

#include "schema/base/utf8.h"

static bool is_key(struct str key, size_t least)
{
	bool fits = key.len >= least && key.len <= 64;

	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		fits = fits && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
				c == '_' || c == '-');
	}
	return fits;
}

/* Where addresses name things, "new" is the form for one more: /admin/people/new. */
static enum status check_not_reserved(const char *field, struct str key)
{
	if (str_is(key, "new"))
		return fail_on(field, ST_INVALID, "The word “new” is taken; choose another one.");
	return ST_OK;
}

enum status check_login(const char *field, struct str login)
{
	TRY(check_not_reserved(field, login));
	if (is_key(login, 2))
		return ST_OK;
	return fail_on(field, ST_INVALID,
		       "A user name has 2 to 64 of the characters a-z 0-9 . _ -");
}

enum status check_key(const char *field, struct str key)
{
	TRY(check_not_reserved(field, key));
	if (is_key(key, 1))
		return ST_OK;
	return fail_on(field, ST_INVALID, "A key has 1 to 64 of the characters a-z 0-9 . _ -");
}

enum status check_line(const char *field, struct str text, size_t points)
{
	enum text_fault fault = text_line_fault(text);

	if (fault != TEXT_FINE)
		return fail_whole(field, ST_INVALID, text_fault_words(fault));
	if (utf8_count(text) > points)
		return fail_on(field, ST_INVALID, "At most %zu characters fit here.", points);
	return ST_OK;
}

enum status check_body(const char *field, struct str text, size_t bytes)
{
	enum text_fault fault;

	if (text.len > bytes)
		return fail_on(field, ST_TOO_LARGE, "At most %zu KiB fit here.", bytes / 1024);
	fault = text_body_fault(text);
	if (fault != TEXT_FINE)
		return fail_whole(field, ST_INVALID, text_fault_words(fault));
	return ST_OK;
}
