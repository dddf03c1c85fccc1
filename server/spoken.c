/* What people wrote, among the words of a page in another language. */
#include "server/spoken.h"

#include "indexer/script.h"
#include "schema/base/utf8.h"
#include "server/out.h"
#include "server/words.h"

/* More letters of Cyrillic than of Latin; `*letters` is how many of both there are. */
static bool is_cyrillic(struct str text, size_t *letters)
{
	size_t latin = 0, cyrillic = 0;

	for (size_t at = 0; at < text.len;) {
		uint32_t point = utf8_next(text, &at);

		cyrillic += point >= 0x400 && point < 0x530;
		latin += (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
	}
	*letters = latin + cyrillic;
	return cyrillic > latin;
}

struct str spoken_lang(enum lang page, struct spoken what)
{
	bool is_page_cyrillic = page == LANG_RU || page == LANG_UZ_CYRL;
	size_t letters;
	bool cyrillic;
	struct str guess;

	if (what.lang.len)
		return str_eq(what.lang, lang_tag(page)) ? STR_NONE : what.lang;
	cyrillic = is_cyrillic(what.text, &letters);
	if (letters == 0 || cyrillic == is_page_cyrillic)
		return STR_NONE;
	guess = str_c(script_language(what.text));
	/* Too short to tell: whoever reads Russian aloud can read all Cyrillic letters. */
	return guess.len ? guess : lang_tag(cyrillic ? LANG_RU : LANG_UZ_LATN);
}

struct str spoken_script(struct str lang, struct str text)
{
	enum lang known;
	size_t letters;
	bool cyrillic = is_cyrillic(text, &letters);

	if (letters == 0 || !lang_from_tag(lang, &known))
		return lang;
	if (known == LANG_UZ_LATN || known == LANG_UZ_CYRL)
		return lang_tag(cyrillic ? LANG_UZ_CYRL : LANG_UZ_LATN);
	return cyrillic == (known == LANG_RU) ? lang : STR_NONE;
}

static void add_piece(struct buf *to, enum lang page, struct spoken what)
{
	struct str lang = spoken_lang(page, what);

	if (lang.len) {
		buf_c_add(to, "<span lang=\"");
		out_escape(to, lang);
		buf_c_add(to, "\">");
	}
	out_escape(to, what.text);
	if (lang.len)
		buf_c_add(to, "</span>");
}

/* How many bytes the separator at the beginning has with the spaces around it, or 0. */
static size_t separator(struct str text)
{
	static const char *const all[] = {", ", "; ", " · "};

	for (size_t i = 0; i < COUNT(all); i++)
		if (str_starts(text, str_c(all[i])))
			return strlen(all[i]);
	return 0;
}

/* Lists of words are often in several languages: each word for itself where nothing else is known. */
static void add(struct buf *to, enum lang page, struct spoken what)
{
	size_t from = 0, len;

	if (what.lang.len) {
		add_piece(to, page, what);
		return;
	}
	for (size_t at = 0; at < what.text.len; at++) {
		len = separator(str_from(what.text, at));
		if (!len)
			continue;
		add_piece(to, page, spoken(str_of(what.text.ptr + from, at - from)));
		out_escape(to, str_of(what.text.ptr + at, len));
		from = at + len;
		at = from - 1;
	}
	add_piece(to, page, spoken(str_from(what.text, from)));
}

void out_spoken(struct out *out, struct spoken what)
{
	add(&out->buf, out->lang, what);
}

struct html spoken_html(struct arena *mem, enum lang page, struct spoken what)
{
	AUTO(buf) struct buf made = {0};

	add(&made, page, what);
	return (struct html){buf_keep(&made, mem)};
}

struct html spoken_plain(struct arena *mem, struct str text)
{
	AUTO(buf) struct buf made = {0};

	out_escape(&made, text);
	return (struct html){buf_keep(&made, mem)};
}

static void add_value(struct buf *to, enum lang page, const struct i18n_value *value)
{
	switch (value->kind) {
	case I18N_STR:
		out_escape(to, value->str);
		break;
	case I18N_SPOKEN:
		add(to, page, spoken_in(value->lang, value->str));
		break;
	case I18N_NUMBER:
		words_number_add(to, page, value->number);
	}
}

struct html spoken_sentence(struct arena *mem, enum lang page, struct str text,
			    const struct i18n_value *values, size_t count)
{
	AUTO(buf) struct buf made = {0};
	size_t from = 0, place;

	for (size_t at = 0; at < text.len; at++) {
		if (!i18n_place(&place, text, at) || place >= count)
			continue;
		out_escape(&made, str_of(text.ptr + from, at - from));
		add_value(&made, page, &values[place]);
		at += I18N_PLACE_LEN - 1;
		from = at + 1;
	}
	out_escape(&made, str_from(text, from));
	return (struct html){buf_keep(&made, mem)};
}
