/* Folded letters to Uzbek Cyrillic. */
#include "indexer/suggest.h"

/* Longer ones first. */
static const struct {
	const char *latin, *cyrillic;
} LETTERS[] = {
	{"yo'", "йў"}, {"sh", "ш"}, {"ch", "ч"}, {"yo", "ё"}, {"yu", "ю"}, {"ya", "я"},
	{"ye", "е"},   {"o'", "ў"}, {"g'", "ғ"}, {"ts", "ц"}, {"a", "а"},  {"b", "б"},
	{"d", "д"},    {"e", "е"},  {"f", "ф"},  {"g", "г"},  {"h", "ҳ"},  {"i", "и"},
	{"j", "ж"},    {"k", "к"},  {"l", "л"},  {"m", "м"},  {"n", "н"},  {"o", "о"},
	{"p", "п"},    {"q", "қ"},  {"r", "р"},  {"s", "с"},  {"t", "т"},  {"u", "у"},
	{"v", "в"},    {"x", "х"},  {"y", "й"},  {"z", "з"},  {"c", "с"},  {"w", "в"},
};

static bool is_vowel(char letter)
{
	return letter && strchr("aeiou'", letter);
}

void suggest_cyrillic(struct buf *out, struct str t1)
{
	size_t at = 0;

	while (at < t1.len) {
		struct str rest = str_from(t1, at);
		size_t found = COUNT(LETTERS);
		bool first = at == 0 || is_vowel(t1.ptr[at - 1]); /* no consonant before it */

		if (rest.ptr[0] == 'e' && first) {
			buf_c_add(out, "э");
			at++;
			continue;
		}
		if (!first && str_starts(rest, STR("ye")))
			buf_c_add(out, "ъ"); /* obyekt: объект, for обект has no y */
		if (!first && str_starts(rest, STR("ts"))) {
			buf_c_add(out, "т"); /* behind a consonant ц is s */
			at++;
			continue;
		}
		for (size_t i = 0; i < COUNT(LETTERS) && found == COUNT(LETTERS); i++)
			if (str_starts(rest, str_c(LETTERS[i].latin)))
				found = i;
		if (found == COUNT(LETTERS)) {
			buf_byte(out, t1.ptr[at++]);
			continue;
		}
		buf_c_add(out, LETTERS[found].cyrillic);
		at += strlen(LETTERS[found].latin);
	}
}
