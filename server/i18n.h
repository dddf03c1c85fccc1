/*
 * The interface in four languages. A text stands in English where it is used, inside _("...") in
 * views and i18n(lang, "...") in C; `make po` collects it; the catalogues of server/locale are
 * compiled into the program. Whole sentences with places %1$s, %2$s; never words glued together.
 */
#ifndef SERVER_I18N_H
#define SERVER_I18N_H

#include "schema/base/arena.h"
#include "schema/base/str.h"

enum lang { LANG_EN, LANG_RU, LANG_UZ_LATN, LANG_UZ_CYRL, LANG_COUNT };

/* "uz-Latn": for the lang attribute, the record and JSON. */
struct str lang_tag(enum lang lang);

/* The language's own name, "Oʻzbekcha (lotin)", and its short name for the header, "Oʻz". */
struct str lang_name(enum lang lang);
struct str lang_short(enum lang lang);

/* True, and `out` set, for one of the four tags; lang_tag() gives them. */
bool lang_from_tag(struct str tag, enum lang *out) NONNULL;

/*
 * The best of the four for an Accept-Language header: "uz" alone means Latin script; weights are
 * honoured. LANG_UZ_LATN where nothing fits.
 */
enum lang lang_accepted(struct str header);

/* The own name of an article's language by its tag; the tag itself when it is not one of the four. */
struct str lang_name_of(struct str tag);

/*
 * The text in the language, or the English one where the catalogue has none. Lives for ever.
 * `english` must be a literal in an i18n() call to be collected; a variable that holds a message
 * id marked elsewhere with N_() may be passed too.
 */
struct str i18n(enum lang lang, const char *english) NONNULL;

/* The form of a text for a number; `one` and `many` are the English forms. Lives for ever. */
struct str i18n_plural(enum lang lang, const char *one, const char *many, int64_t n) NONNULL;

/*
 * What people wrote, and the tag of its language; where that is not known it is empty, and the letters
 * tell. server/spoken.h shows it among the words of a page.
 */
struct spoken {
	struct str text, lang;
};

/* What a place %1$s ... %9$s of a text is filled with. */
struct i18n_value {
	enum { I18N_STR, I18N_NUMBER, I18N_SPOKEN } kind;
	struct str str;
	struct str lang; /* of I18N_SPOKEN */
	int64_t number;  /* printed with the separators of the language */
};

struct i18n_value i18n_value_str(struct str text);
struct i18n_value i18n_value_spoken(struct spoken text);
struct i18n_value i18n_value_c(const char *text);
struct i18n_value i18n_value_i64(int64_t number);
struct i18n_value i18n_value_u64(uint64_t number);

#define I18N_VALUE(x)                                                                              \
	_Generic((x),                                                                              \
		struct str: i18n_value_str,                                                        \
		struct spoken: i18n_value_spoken,                                                  \
		char *: i18n_value_c,                                                              \
		const char *: i18n_value_c,                                                        \
		int: i18n_value_i64,                                                               \
		long: i18n_value_i64,                                                              \
		long long: i18n_value_i64,                                                         \
		unsigned: i18n_value_u64,                                                          \
		unsigned long: i18n_value_u64,                                                     \
		unsigned long long: i18n_value_u64)(x)

/*
 * The text in the language with its places filled; lives in `mem`. Values are texts and numbers:
 * i18n_format(mem, lang, "Saved as revision %1$s", number). The _n form puts `n` in %1$s, further
 * values follow from %2$s on: i18n_format_n(mem, lang, "%1$s article", "%1$s articles", n).
 */
#define i18n_format(mem, lang, english, ...)                                                       \
	i18n_fill((mem), (lang), i18n((lang), (english)),                                          \
		  (const struct i18n_value[]){I18N_EACH(__VA_ARGS__)}, I18N_COUNT(__VA_ARGS__))
#define i18n_format_n(mem, lang, one, many, ...)                                                   \
	i18n_fill((mem), (lang),                                                                   \
		  i18n_plural((lang), (one), (many), (int64_t)I18N_FIRST(__VA_ARGS__, 0)),         \
		  (const struct i18n_value[]){I18N_EACH(__VA_ARGS__)}, I18N_COUNT(__VA_ARGS__))

/* True where a place "%1$s" stands at `at`, of I18N_PLACE_LEN bytes; `*place` counts from 0. */
enum { I18N_PLACE_LEN = 4 };
bool i18n_place(size_t *place, struct str text, size_t at) NONNULL;

struct str i18n_fill(struct arena *mem, enum lang lang, struct str text,
		     const struct i18n_value *values, size_t count) NONNULL MUST_USE;

/* The machinery of the two macros: each of up to five values becomes a struct i18n_value. */
#define I18N_FIRST(a, ...) (a)
#define I18N_COUNT(...) I18N_SIXTH(__VA_ARGS__, 5, 4, 3, 2, 1, 0)
#define I18N_SIXTH(a, b, c, d, e, n, ...) n
#define I18N_EACH(...)                                                                             \
	I18N_SIXTH(__VA_ARGS__, I18N_5, I18N_4, I18N_3, I18N_2, I18N_1, 0)(__VA_ARGS__)
#define I18N_1(a) I18N_VALUE(a)
#define I18N_2(a, ...) I18N_VALUE(a), I18N_1(__VA_ARGS__)
#define I18N_3(a, ...) I18N_VALUE(a), I18N_2(__VA_ARGS__)
#define I18N_4(a, ...) I18N_VALUE(a), I18N_3(__VA_ARGS__)
#define I18N_5(a, ...) I18N_VALUE(a), I18N_4(__VA_ARGS__)

/* One compiled catalogue (.mo), embedded by the build; `bytes` are aligned to four. */
struct catalogue {
	const char *name; /* "uz_Latn" */
	const unsigned char *bytes;
	size_t len;
};
extern const struct catalogue catalogues[];
extern const size_t n_catalogues;

/* Find the catalogues and check them; once, before the first thread. False when one is damaged. */
bool i18n_init(void) MUST_USE;

#endif
