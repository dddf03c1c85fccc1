/* Lists of spaces in the order in which they are read. */
#include "server/pages/spaces.h"

#include "server/collate.h"
#include "server/pages/pages.h"

size_t *spaces_order(struct request *rq, const struct space_text *names, size_t count)
{
	struct str *shown = arena_array(rq->mem, count + 1, sizeof(*shown));

	for (size_t i = 0; i < count; i++)
		shown[i] = space_said(rq, names[i]);
	return collate(rq->mem, rq->lang, shown, count);
}

static void put_in_order(struct space **list, size_t count, struct request *rq)
{
	struct space_text *names = arena_array(rq->mem, count + 1, sizeof(*names));
	struct space *ordered = arena_array(rq->mem, count + 1, sizeof(*ordered));
	size_t *order;

	for (size_t i = 0; i < count; i++)
		names[i] = (*list)[i].name;
	order = spaces_order(rq, names, count);
	for (size_t i = 0; i < count; i++)
		ordered[i] = (*list)[order[i]];
	*list = ordered;
}

enum status spaces_list(struct space **out, size_t *count, struct request *rq)
{
	TRY(space_list(out, count, rq->db, rq->mem, rq->reader, lang_tag(rq->lang)));
	put_in_order(out, *count, rq);
	return ST_OK;
}

enum status spaces_list_all(struct space **out, size_t *count, struct request *rq)
{
	TRY(space_list_all(out, count, rq->db, rq->mem, rq->reader, lang_tag(rq->lang)));
	put_in_order(out, *count, rq);
	return ST_OK;
}
