/* Bringing the record to the form that this program knows. */
#ifndef SCHEMA_MIGRATE_H
#define SCHEMA_MIGRATE_H

#include "schema/db.h"

struct migration {
	int number;
	const char *name; /* of its file, "0001_people.sql" */
	const char *sql;
};

/* All files of schema/migrations in order of their names, embedded by the build. */
extern const struct migration migrations[];
extern const size_t n_migrations;

/*
 * Apply what is missing, each number in one transaction. `dry_run` only counts, also where the
 * connection is for reading only. CONFLICT when the
 * record is newer than the program: it must not be touched.
 */
enum status migrate(struct db *db, bool dry_run, int *applied) NONNULL MUST_USE;

#endif
