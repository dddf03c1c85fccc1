/* Rows about the installation as a whole: starts, copies, rebuilds, what was refused. */
#include "schema/journal.h"

enum status journal_event(struct db *db, struct arena *mem, const struct reader *who,
			  const struct journal_entry *entry, const char *const *names,
			  const struct str *values, size_t count)
{
	struct journal_entry whole = *entry;
	AUTO(tx) struct tx tx = {0};

	whole.detail = journal_detail(mem, names, values, count);
	TRY(tx_begin(&tx, db));
	TRY(journal_add(db, who, &whole));
	return tx_commit(&tx);
}
