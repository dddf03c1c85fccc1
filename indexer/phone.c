/* Telephone numbers. */
#include "indexer/phone.h"

#include <string.h>

enum { GROUPS_MAX = 8, CODE_LEAST = 2, CODE_MOST = 5, YEAR_DIGITS = 4 };

/* Digits that stand together, and what stands before them. */
struct group {
	size_t from, end; /* digits of the number, and the byte behind them */
	bool hyphen, bracket;
};

struct run {
	struct group groups[GROUPS_MAX];
	size_t count;
	bool plus;
	char digits[PHONE_MOST + 1];
	size_t len;
};

static bool is_digit(struct str text, size_t at)
{
	return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/* Part of a word; of what is not ASCII only white space and dashes are known to be none. */
static bool is_letter(struct str text, size_t at)
{
	unsigned char c = at < text.len ? (unsigned char)text.ptr[at] : ' ';

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c > 0xC2 && c != 0xE2);
}

static bool is_at(struct str text, size_t at, const char *what)
{
	return str_starts(str_from(text, at < text.len ? at : text.len), str_c(what));
}

/* Bytes of one space or hyphen. */
static size_t gap_at(struct str text, size_t at, bool *hyphen)
{
	static const char *const gaps[] = {" ",      "\u00A0", "\u202F", "-",
					   "\u2010", "\u2011", "\u2012", "\u2013"};

	for (size_t i = 0; i < COUNT(gaps); i++) {
		if (is_at(text, at, gaps[i])) {
			*hyphen = i > 2;
			return strlen(gaps[i]);
		}
	}
	return 0;
}

/* Read the group at `at`; false where it cannot be one of a number. */
static bool take_group(struct run *run, struct str text, size_t at, bool hyphen, bool bracket)
{
	struct group group = {run->len, at, hyphen, bracket};
	size_t len = run->len;

	for (; is_digit(text, group.end); group.end++) {
		if (len == PHONE_MOST)
			return false;
		run->digits[len++] = text.ptr[group.end];
	}
	if (run->count == GROUPS_MAX || group.end == at || is_letter(text, group.end) ||
	    (bracket && !is_at(text, group.end, ")")))
		return false;
	group.end += bracket;
	run->len = len;
	run->groups[run->count++] = group;
	return true;
}

static void read_run(struct run *run, struct str text, size_t at, bool bracket)
{
	bool hyphen = false;

	while (take_group(run, text, at, hyphen, bracket)) {
		size_t end = run->groups[run->count - 1].end;

		hyphen = false;
		at = end + gap_at(text, end, &hyphen);
		bracket = is_at(text, at, "(");
		at += bracket;
		if (at == end && !run->groups[run->count - 1].bracket)
			return;
	}
}

/* How many digits a group has, and all groups before one. */
static size_t digits_in(const struct run *run, size_t group)
{
	size_t to = group + 1 < run->count ? run->groups[group + 1].from : run->len;

	return to - run->groups[group].from;
}

static size_t digits_until(const struct run *run, size_t groups)
{
	return groups < run->count ? run->groups[groups].from : run->len;
}

/* 12 000 000 */
static bool is_sum(const struct run *run)
{
	for (size_t i = 1; i < run->count; i++)
		if (digits_in(run, i) != 3 || run->groups[i].hyphen || run->groups[i].bracket)
			return false;
	return run->count > 1 && digits_in(run, 0) <= 3;
}

/* The first groups that have so many digits together; 0: none. */
static size_t groups_with(const struct run *run, size_t from, size_t digits)
{
	for (size_t i = 1; i <= run->count; i++)
		if (digits_until(run, i) == digits + run->groups[from].from)
			return i;
	return 0;
}

/* What follows 998 in numbers of towns and of mobile networks. */
static bool is_uzbek_code(const char *digits)
{
	static const char CODES[] = "20 33 50 55 61 62 65 66 67 69 70 71 72 73 74 75 76 77 78 79"
				    " 87 88 90 91 93 94 95 97 98 99 ";
	char code[] = {digits[0], digits[1], ' ', '\0'};

	return strstr(CODES, code) != NULL;
}

/* 998712332828: twelve digits without any sign, which only a code that exists tells from others. */
static bool is_bare(const struct run *run)
{
	return digits_in(run, 0) == 12 && is_uzbek_code(run->digits + 3);
}

/* With its country: those whose length is known end where they have it. */
static size_t international(const struct run *run)
{
	struct str digits = str_of(run->digits, run->len);
	bool plain = !run->plus && run->count > 1 && digits_in(run, 0) == 3;

	if (str_starts(digits, STR("998")))
		return run->plus || plain || is_bare(run) ? groups_with(run, 0, 12) : 0;
	if (!run->plus || is_sum(run))
		return 0;
	if (digits.ptr[0] == '7' || digits.ptr[0] == '1')
		return groups_with(run, 0, 11);
	return run->len >= PHONE_NATIONAL ? run->count : 0;
}

/* (71) 233-28-28, 8 (71) 233-28-28: nine or ten digits from the brackets on. (2019) is a year. */
static size_t with_code(const struct run *run)
{
	size_t at = 0, code, found;

	while (at < run->count && !run->groups[at].bracket)
		at++;
	if (at > 1 || at == run->count)
		return 0;
	code = digits_in(run, at);
	if (code < CODE_LEAST || code > CODE_MOST ||
	    (code == YEAR_DIGITS && (run->digits[run->groups[at].from] == '1' ||
				     run->digits[run->groups[at].from] == '2')))
		return 0;
	found = groups_with(run, at, 9);
	return found ? found : groups_with(run, at, 10);
}

/* 233-28-28, 71 233 28 28: with nothing else to tell them, by all of their groups. */
static size_t by_groups(const struct run *run)
{
	bool code = run->count > 0 && digits_in(run, 0) == 2;
	size_t at = code ? 1 : 0;

	if (run->count < at + 3 || digits_in(run, at) != 3 || digits_in(run, at + 1) != 2 ||
	    digits_in(run, at + 2) != 2)
		return 0;
	if (!code && (!run->groups[1].hyphen || !run->groups[2].hyphen))
		return 0;
	return run->count > at + 3 && run->groups[at + 3].hyphen ? 0 : at + 3;
}

/* A sign that joins what stands on both of its sides: AB-233-28-28, 233-28-28.5 */
static bool is_joined(struct str text, size_t sign, size_t beyond)
{
	return sign < text.len && strchr("-.:_/", text.ptr[sign]) &&
	       (is_digit(text, beyond) || is_letter(text, beyond) ||
		(beyond < text.len && (unsigned char)text.ptr[beyond] >= 0x80));
}

/* Behind this sign stands the number of a document. */
static bool is_numbered(struct str text, size_t start)
{
	struct str before = str_trim(str_head(text, start));

	return str_ends(before, STR("\u2116")) || str_ends(before, STR("#"));
}

bool phone_at(struct phone *out, struct str text, size_t at)
{
	struct run run = {.count = 0};
	bool bracket = at > 0 && text.ptr[at - 1] == '(';
	size_t start = at - bracket, groups;

	run.plus = start > 0 && text.ptr[start - 1] == '+';
	start -= run.plus;
	if (!run.plus && start > 1 && is_joined(text, start - 1, start - 2))
		return false;
	read_run(&run, text, at, bracket);
	if (!run.plus && run.count && is_bare(&run) && is_numbered(text, start))
		return false;
	groups = run.count ? international(&run) : 0;
	if (!groups && !run.plus)
		groups = with_code(&run);
	if (!groups && !run.plus)
		groups = by_groups(&run);
	if (!groups)
		return false;
	*out = (struct phone){.start = start, .end = run.groups[groups - 1].end};
	out->len = digits_until(&run, groups);
	memcpy(out->digits, run.digits, out->len);
	return run.plus || text.ptr[out->end - 1] == ')' || text.len <= out->end ||
	       text.ptr[out->end] == '/' || !is_joined(text, out->end, out->end + 1);
}

struct str phone_tail(const struct phone *phone, size_t count)
{
	if (phone->len <= count)
		return STR_NONE;
	return str_of(phone->digits + phone->len - count, count);
}
