/*
 * Terms of the glossary as they are written: in cells of a form or a CSV file, folded for the record,
 * and read back for people. A cell holds the forms of one language, the preferred one first, with ";"
 * between them; a form of capital letters is an acronym.
 */
#ifndef SERVER_TERMS_H
#define SERVER_TERMS_H

#include "schema/base/buf.h"
#include "schema/term.h"

/*
 * From cells to forms with their keys. `cyrillic` holds, in the same order, the Cyrillic spelling of
 * Uzbek forms that is not what their letters give; it may be shorter or empty.
 */
struct term_forms terms_read(struct arena *mem, enum term_lang lang, struct str cell,
			     struct str cyrillic) NONNULL;

/* The cells back. The Cyrillic one is empty where nothing was given. */
struct str terms_cell(struct arena *mem, const struct term_forms *forms) NONNULL;
struct str terms_cyrillic_cell(struct arena *mem, const struct term_forms *forms) NONNULL;

/* The Uzbek form in Cyrillic letters: as it was given, or converted. */
struct str terms_cyrillic(struct arena *mem, const struct term_form *form) NONNULL;

/* The alphabets of the languages, and the other one of Uzbek. */
enum term_alphabet {
	ALPHABET_UZ = TERM_UZ,
	ALPHABET_RU = TERM_RU,
	ALPHABET_EN = TERM_EN,
	ALPHABET_UZ_CYRL,
};

/* The letters that words begin with, as a list to choose an initial from. */
const char *const *terms_alphabet(enum term_alphabet which, size_t *count) NONNULL;

/* The letter as the alphabet has it, also from the other alphabet of Uzbek; empty where it has none such. */
struct str terms_letter(struct arena *mem, enum term_alphabet which, struct str typed) NONNULL;

/* What `sort` begins with for words of this initial; empty for what is no letter of the alphabet. */
struct str terms_initial(struct arena *mem, enum term_lang lang, struct str letter) NONNULL;

/*
 * A whole CSV file (RFC 4180, UTF-8, with or without a byte order mark). Its first line names the
 * columns, of which any may be missing but one of uz, ru and en:
 *	id domain uz uz_cyrl ru en meaning_uz meaning_ru meaning_en source state replacement article
 * A row without a state is approved. INVALID naming the line for a column that is not known, a row
 * of another length, or a quote that is not closed.
 */
enum status terms_read_csv(struct term_row **out, size_t *count, struct arena *mem, struct str text)
	NONNULL MUST_USE;

/* The line of columns, and one row for each concept. */
void terms_csv_head(struct buf *out) NONNULL;
void terms_csv_row(struct buf *out, struct arena *mem, const struct term *term) NONNULL;

#endif
