/* Counting what the supervisor of the children saw. */
#include "server/losses.h"

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/journal.h"
#include "server/child.h"

enum { CHILDREN_MOST = 64, MINUTE = 60 * 1000000 };

static enum status note(struct app *app, enum child_role role, int64_t count)
{
	static const char *const names[] = {"count", "role"};
	AUTO(arena) struct arena mem = {0};
	const struct journal_entry entry = {
		.action = STR("child.lost"), .outcome = STR("failed"), .object_type = STR("child")};
	const struct str values[] = {arena_printf(&mem, "%lld", (long long)count),
				     str_c(child_role_name(role))};

	return journal_event(app->writer, &mem, NULL, &entry, names, values, COUNT(names));
}

void losses_note(struct losses *losses, struct app *app)
{
	struct child_state states[CHILDREN_MOST];
	int64_t now = clock_mono(), all[CHILD_ROLES] = {0};
	size_t count;

	if (now < losses->next_at)
		return;
	count = children_states(app->children, states, CHILDREN_MOST);
	for (size_t i = 0; i < count; i++)
		all[states[i].role] += states[i].losses;
	for (int role = 0; role < CHILD_ROLES; role++) {
		if (all[role] == losses->told[role])
			continue;
		losses->next_at = now + MINUTE;
		if (note(app, (enum child_role)role, all[role] - losses->told[role]) == ST_OK)
			losses->told[role] = all[role];
		else
			log_failure("noting that children were lost");
	}
}
