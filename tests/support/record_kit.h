/* A fresh record in memory-backed storage, with people, groups and spaces, for tests of the stores. */
#ifndef TESTS_RECORD_KIT_H
#define TESTS_RECORD_KIT_H

#include "schema/article.h"

struct kit {
	struct db *db;
	struct arena mem;
	char path[128];
	struct reader op; /* the operator */
};

void kit_open(struct kit *kit) NONNULL;
void kit_close(struct kit *kit) NONNULL;
/* For cmocka: close the one that was opened last. */
int kit_tear_down(void **state);

/* Make what the names say; a failure ends the test. */
int64_t kit_person(struct kit *kit, const char *login) NONNULL;
void kit_group(struct kit *kit, const char *key) NONNULL;
void kit_member(struct kit *kit, const char *group, const char *login) NONNULL;
void kit_space(struct kit *kit, const char *key) NONNULL;
void kit_grant(struct kit *kit, const char *space, const char *group, enum level level) NONNULL;

/*
 * A group with a right on a space, and its members ("one two"); who or what is not there yet is made.
 */
void kit_circle(struct kit *kit, const char *space, const char *group, enum level level,
		const char *logins) NONNULL;

/* The rights of a person at this moment. */
struct reader kit_reader(struct kit *kit, const char *login) NONNULL;

/* A published article of that title and text, written by `who`. */
struct article_input kit_input(const char *space, const char *title, const char *body) NONNULL;
struct article kit_article(struct kit *kit, const struct reader *who, const char *space,
			   const char *title) NONNULL;

#endif
