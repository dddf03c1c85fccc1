/* The directory: people, one of them, groups. */
#include "server/pages/persons.h"

#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/revision.h"
#include "schema/space.h"
#include "server/pages/pages.h"
#include "server/words.h"
#include "views/people.h"

enum { CHANGES_MOST = 20 };

/* ---- the directory ------------------------------------------------------------------------------ */

enum status page_people_list(struct request *rq)
{
	struct people_view view = {.query = str_trim(request_query(rq, "q"))};
	struct person *people;
	struct str next = STR_NONE;

	TRY(person_list(&people, &view.n_people, rq->db, rq->mem, rq->reader,
			persons_key(rq->mem, view.query), request_query(rq, "after"),
			PEOPLE_STEP + 1));
	if (view.n_people > PEOPLE_STEP) {
		view.n_people = PEOPLE_STEP;
		next = people[PEOPLE_STEP - 1].login;
	}
	if (rq->json) {
		persons_json_list(reply_json(rq, 200), people, view.n_people, next);
		return ST_OK;
	}
	view.people = people;
	if (next.len)
		view.pager.next = url_with(
			rq->mem, url_with(rq->mem, URL("people"), "q", view.query), "after", next);
	return REPLY_HTML(rq, 200, people_list, &view);
}

/* Minutes east of UTC of zones that need no table: Tashkent's, and "UTC", "UTC+3", "UTC-03:30". */
static bool zone_minutes(struct str zone, int *out)
{
	struct str rest, hours;
	int64_t h = 0, m = 0;

	*out = WORDS_TASHKENT;
	if (str_is(zone, "Asia/Tashkent") || str_is(zone, "Asia/Samarkand"))
		return true;
	if (!str_starts(zone, STR("UTC")))
		return false;
	rest = str_from(zone, 4);
	hours = str_cut(&rest, ':');
	if (zone.len > 3 && (!str_to_i64(hours, &h) || h < 0 || h > 14))
		return false;
	if (rest.ptr && (!str_to_i64(rest, &m) || m < 0 || m > 59))
		return false;
	*out = (int)(h * 60 + m) * (zone.len > 3 && zone.ptr[3] == '-' ? -1 : 1);
	return true;
}

/* Where the person's office is, and what its clock shows. */
static enum status find_place(struct request *rq, struct person_view *view)
{
	struct office *offices;
	size_t n;
	int zone;

	if (!view->person->office_key.len)
		return ST_OK;
	TRY(office_list(&offices, &n, rq->db, rq->mem));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(offices[i].key, view->person->office_key) || !offices[i].city.len)
			continue;
		view->place = offices[i].city;
		if (offices[i].country.len)
			view->place = arena_printf(rq->mem, "%.*s, %.*s", STR_ARG(offices[i].city),
						   STR_ARG(offices[i].country));
		if (zone_minutes(offices[i].time_zone, &zone))
			view->local_time = words_clock(rq->mem, clock_now(), zone);
	}
	return ST_OK;
}

static void json_person_show(struct json_out *j, struct request *rq, const struct person_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	persons_json_person(j, v->person);
	jo_str_or_null(j, "place", v->place);
	jo_list(j, "groups");
	for (size_t i = 0; i < v->n_groups; i++)
		jo_str(j, NULL, v->groups[i].key);
	jo_end(j);
	jo_list(j, "changes");
	for (size_t i = 0; i < v->n_changes; i++) {
		jo_object(j, NULL);
		jo_str(j, "id", v->changes[i].public_id);
		jo_str(j, "title", v->changes[i].title);
		jo_str(j, "lang", v->changes[i].lang);
		jo_str(j, "space", v->changes[i].space_key);
		jo_i64(j, "revision", v->changes[i].revision.number);
		jo_time(j, "at", v->changes[i].revision.at);
		jo_end(j);
	}
	jo_end(j);
	jo_end(j);
}

enum status page_person_show(struct request *rq)
{
	struct person_view view = {
		.person = rq->person,
		.own = rq->person->id == rq->reader->person_id,
		.can_admin = (rq->reader->duties & DUTY_ACCOUNTS) != 0,
	};
	struct change *changes;
	struct group *groups;

	TRY(change_list(&changes, &view.n_changes, rq->db, rq->mem, rq->reader, STR_NONE,
			rq->person->login, true, 0, CHANGES_MOST));
	TRY(group_list_of(&groups, &view.n_groups, rq->db, rq->mem, rq->reader, rq->person->login));
	TRY(find_place(rq, &view));
	view.changes = changes;
	view.groups = groups;
	return REPLY(rq, 200, person_show, &view);
}

/* ---- groups ------------------------------------------------------------------------------------- */

enum status page_group_list(struct request *rq)
{
	struct json_out *j;
	struct group *groups;
	size_t n;

	TRY(group_list(&groups, &n, rq->db, rq->mem, rq->reader));
	j = reply_json(rq, 200);
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < n; i++) {
		jo_object(j, NULL);
		persons_json_group(j, &groups[i]);
		jo_end(j);
	}
	jo_end(j);
	jo_null(j, "next");
	jo_end(j);
	return ST_OK;
}

/* A page of the members; `next` is the login behind which the list goes on. */
static enum status list_members(struct request *rq, struct person **members, size_t *n,
				struct str *next)
{
	*next = STR_NONE;
	TRY(group_members(members, n, rq->db, rq->mem, rq->reader, rq->group->key,
			  request_query(rq, "after"), PEOPLE_STEP + 1));
	if (*n > PEOPLE_STEP) {
		*n = PEOPLE_STEP;
		*next = (*members)[PEOPLE_STEP - 1].login;
	}
	return ST_OK;
}

enum status page_group_members(struct request *rq)
{
	struct person *members;
	struct str next;
	size_t n;

	TRY(list_members(rq, &members, &n, &next));
	persons_json_list(reply_json(rq, 200), members, n, next);
	return ST_OK;
}

enum status page_group_show(struct request *rq)
{
	struct group_view view = {
		.group = rq->group,
		.can_admin = (rq->reader->duties & DUTY_ACCOUNTS) != 0,
	};
	struct person *members;
	struct space_grant *grants;
	struct str next;

	TRY(list_members(rq, &members, &view.n_members, &next));
	TRY(space_grants_of(&grants, &view.n_grants, rq->db, rq->mem, rq->reader, rq->group->key));
	view.members = members;
	TRY(persons_grants(&view.grants, &view.space_names, rq, grants, view.n_grants));
	view.members_hidden = view.n_members == 0 && rq->group->members > 0 &&
			      !request_query(rq, "after").len; /* where the list may just end */
	if (next.len)
		view.pager.next =
			url_with(rq->mem, url_group(rq->mem, rq->group->key), "after", next);
	return REPLY_HTML(rq, 200, group_show, &view);
}
