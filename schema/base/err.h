/* Outcomes of functions, and the one message about what broke. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "schema/base/macros.h"

/*
 * What a function that can fail returns. The first seven are ordinary life: a caller may act on
 * them, and the router turns each into one HTTP status. ST_FAILED is the rest; it only travels up.
 */
enum status {
	ST_OK,
	ST_NOT_FOUND, /* absent, or hidden from this reader: nobody can tell which */
	ST_DENIED,    /* readable, but not to be changed by this reader */
	ST_INVALID,   /* the input breaks a rule; the message says which */
	ST_CONFLICT,  /* somebody else was first */
	ST_TOO_LARGE,
	ST_BUSY, /* try again shortly */
	ST_FAILED,
};

/*
 * Keep the message for this thread, with the place where it broke, and return `outcome`.
 * Called once, where it breaks; everybody above only passes the outcome on.
 */
#define fail(outcome, ...) fail_at(__FILE__, __LINE__, "", (outcome), __VA_ARGS__)

/* The same, naming the form field that the message is about, so that the page can link to it. */
#define fail_on(field, outcome, ...) fail_at(__FILE__, __LINE__, (field), (outcome), __VA_ARGS__)

/* The same for a sentence that was chosen elsewhere, marked there with N_(); it is no format. */
#define fail_whole(field, outcome, sentence)                                                       \
	fail_whole_at(__FILE__, __LINE__, (field), (outcome), (sentence))

enum status fail_at(const char *file, int line, const char *field, enum status outcome,
		    const char *format, ...) PRINTF(5, 6) NONNULL MUST_USE;
enum status fail_whole_at(const char *file, int line, const char *field, enum status outcome,
			  const char *sentence) NONNULL MUST_USE;

/*
 * How this thread says things to people from now on, until NULL: `words` gives a format or sentence
 * in their language, with the same places, or the given one where it knows none; it must live on.
 * `make po` collects what fail_on() says and what N_() marks.
 */
void fail_set_words(const char *(*words)(void *context, const char *format), void *context);

/* A sentence as `words` gives it; itself where this thread has none. */
const char *fail_translated(const char *sentence) NONNULL;

/* The words of the last fail() of this thread, in the language of fail_set_words(): for people. Never NULL. */
const char *fail_words(void);

/* The same in English behind the name of the field: for the log and the command line. Never NULL. */
const char *fail_message(void);

/* The place of the last fail() of this thread, "file.c:12": for the log. Never NULL. */
const char *fail_place(void);

/* The field of the last fail(), or "" where none was named. */
const char *fail_field(void);

/* The name of an outcome in lower case, as JSON answers and logs print it. */
const char *status_name(enum status outcome);

/* Return from the calling function with any outcome other than ST_OK. */
#define TRY(expression)                                                                            \
	do {                                                                                       \
		enum status try_outcome = (expression);                                            \
		if (try_outcome != ST_OK)                                                          \
			return try_outcome;                                                        \
	} while (0)

#endif
