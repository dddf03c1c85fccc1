/* Numbered migrations, forward only, each in one transaction with its mark. */
#include "schema/migrate.h"

#include "schema/base/clock.h"

static enum status newest_applied(struct db *db, bool read_only, int64_t *out)
{
	if (!read_only)
		TRY(db_script(db, "CREATE TABLE IF NOT EXISTS migration ("
				  "number INTEGER NOT NULL, name TEXT NOT NULL PRIMARY KEY,"
				  "at INTEGER NOT NULL) STRICT"));
	return db_i64(out, db, "SELECT coalesce(max(number), 0) FROM migration");
}

static enum status apply(struct db *db, const struct migration *m)
{
	TRY(db_script(db, m->sql));
	return db_exec(db, "INSERT INTO migration (number, name, at) VALUES ($1, $2, $3)",
		       v_i64(m->number), v_str(str_c(m->name)), v_i64(clock_now()));
}

enum status migrate(struct db *db, bool dry_run, int *applied)
{
	int64_t have = 0;

	*applied = 0;
	TRY(newest_applied(db, dry_run, &have));
	if (n_migrations && have > migrations[n_migrations - 1].number)
		return fail(ST_CONFLICT, "the record was written by a newer Devon (form %lld)",
			    (long long)have);
	for (size_t i = 0; i < n_migrations;) {
		AUTO(tx) struct tx tx = {0};
		int number = migrations[i].number;

		if (number <= have) {
			i++;
			continue;
		}
		if (!dry_run)
			TRY(tx_begin(&tx, db));
		for (; i < n_migrations && migrations[i].number == number; i++) {
			if (!dry_run)
				TRY(apply(db, &migrations[i]));
			++*applied;
		}
		if (!dry_run)
			TRY(tx_commit(&tx));
	}
	return ST_OK;
}
