/*
 * The log of searches: what was asked and what was opened from it. It is written in batches, some
 * seconds late; a crash may lose the last of them, because a search must not wait for the disk.
 * There is no function that gives out a row or a person: only search_report() below, which tells of
 * a query what three different people have in common.
 */
#ifndef SCHEMA_SEARCH_LOG_H
#define SCHEMA_SEARCH_LOG_H

#include "schema/access.h"

/* Fewer people than these are never told of. */
enum { SEARCH_LOG_PEOPLE = 3, SEARCH_LOG_AGAIN = 600 };

/* One search of a person. */
struct search_note {
	int64_t at, person_id;
	struct str mark;  /* of this person, query and space: stands in the addresses of the hits */
	struct str query; /* as typed */
	struct str key;   /* folded */
	int64_t hits;
	struct str asked;  /* key of the one space that was asked for, or empty */
	struct str *found; /* keys of the spaces that most was found in, most first */
	size_t n_found;
};

/* An article that was opened from a search. */
struct search_click {
	int64_t at, person_id;
	struct str mark;
	int64_t article_id, space_id;
};

/*
 * One transaction. The same search within SEARCH_LOG_AGAIN seconds is one search; a click without a
 * search of the same person is dropped, and so is a space that the person does not read.
 */
enum status search_log_write(struct db *db, const struct search_note *notes, size_t n_notes,
			     const struct search_click *clicks, size_t n_clicks)
	__attribute__((nonnull(1))) MUST_USE;

/*
 * Forget every whole week that began `days` days before `now` or earlier; of a query that
 * SEARCH_LOG_PEOPLE asked in it, their number is kept.
 */
enum status search_log_forget(struct db *db, int64_t now, int64_t days) NONNULL MUST_USE;

/* ---- what is told ---------------------------------------------------------------------------- */
enum search_report_kind {
	SEARCH_REPORT_ALL,
	SEARCH_REPORT_NOTHING, /* nothing was found */
	SEARCH_REPORT_CLOSED,  /* something was found, and nothing opened */
	SEARCH_REPORT_KINDS,
};

struct search_report_row {
	struct str key;
	struct str query; /* as three people typed it, else the key */
	int64_t people;   /* so many at least: 3, 5, 10, 20, 50, ... */
	struct str article, article_slug, article_title, article_lang; /* opened most, or empty */
};

/*
 * Queries since `since` that at least SEARCH_LOG_PEOPLE people other than `who` asked, most people first. The number
 * of people is given in steps, so that the lists cannot be subtracted from one another to find the one
 * who asked what the others did not.
 * `space_id` 0: all of them; needs ACT_ACCOUNTS. Else what was asked for in the space, found or opened there; needs
 * ACT_MANAGE. Who does not read every audience of the space is told only what was asked for there.
 */
enum status search_report(struct search_report_row **out, size_t *count, struct db *db,
			  struct arena *mem, const struct reader *who, int64_t space_id,
			  enum search_report_kind kind, int64_t since, size_t limit)
	NONNULL MUST_USE;

/* The searches of one week, of all spaces together. */
struct search_week {
	int64_t searches; /* at least so many: in tens, hundreds, ...; -1: not told */
	int64_t nothing;  /* of them found nothing; the same */
};

/*
 * `n` whole finished weeks from `from` on, without the searches of `who`. A number is told where it is
 * ten at least and SEARCH_LOG_PEOPLE people stand behind it; of what found nothing also only where as
 * many people found something, because the difference is a number too. Weeks that are over change no
 * more and numbers are coarse, so that nobody learns from looking twice whether somebody searched.
 * Needs ACT_ACCOUNTS.
 */
enum status search_weeks(struct search_week *out, size_t n, struct db *db, const struct reader *who,
			 int64_t from) NONNULL MUST_USE;

/* The forgotten weeks, all together; `query` is the key. Needs ACT_ACCOUNTS. */
enum status search_report_past(struct search_report_row **out, size_t *count, struct db *db,
			       struct arena *mem, const struct reader *who, size_t limit)
	NONNULL MUST_USE;

#endif
