/*
 * What people wrote, among the words of a page: a title, a name, a comment says its language where
 * that is not the page's, so that it is read aloud and hyphenated as what it is (WCAG 3.1.2).
 *
 *	{{spoken_in(a->lang, a->title)}}                          <span lang="ru">...</span>
 *	{{spoken(s->name)}}                                       the same, by its letters
 *	{{_h("History of “%1$s”", spoken_in(a->lang, a->title))}} a sentence around it
 *
 * In an attribute or a <title>, where no element can stand, _f() takes the same values.
 */
#ifndef SERVER_SPOKEN_H
#define SERVER_SPOKEN_H

#include "server/i18n.h"

struct out;
struct html;

static inline struct spoken spoken_in(struct str lang, struct str text)
{
	return (struct spoken){text, lang};
}

static inline struct spoken spoken(struct str text)
{
	return (struct spoken){text, STR_NONE};
}

/*
 * The lang attribute this needs on a page in the language `page`; empty where it needs none. A text of
 * unknown language needs one only when it is written in the other script.
 */
struct str spoken_lang(enum lang page, struct spoken what);

/*
 * The language that these letters are read in when they name something in the language `lang`: what is
 * Uzbek may be written in either script; what cannot be written so has none.
 */
struct str spoken_script(struct str lang, struct str text);

/* Written into a page, in an element of its own where it needs a lang attribute. */
void out_spoken(struct out *out, struct spoken what) NONNULL;

/* The same as HTML; a sentence around such values; a text that is the page's own. They live in `mem`. */
struct html spoken_html(struct arena *mem, enum lang page, struct spoken what) NONNULL MUST_USE;
struct html spoken_sentence(struct arena *mem, enum lang page, struct str text,
			    const struct i18n_value *values, size_t count) NONNULL MUST_USE;
struct html spoken_plain(struct arena *mem, struct str text) NONNULL MUST_USE;

/* i18n_format() that keeps the languages of its values. */
#define spoken_format(mem, lang, english, ...)                                                     \
	spoken_sentence((mem), (lang), i18n((lang), (english)),                                    \
			(const struct i18n_value[]){I18N_EACH(__VA_ARGS__)},                       \
			I18N_COUNT(__VA_ARGS__))

#ifdef DEVON_VIEW
#define _h(text, ...) spoken_format(o->mem, o->lang, "" text "", __VA_ARGS__)
#endif

#endif
