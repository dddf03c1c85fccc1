/* What managers of a space decide: its name, and which groups have access. */
#include "server/pages/act.h"
#include "server/pages/grant.h"
#include "server/pages/pages.h"
#include "server/pages/persons.h"
#include "server/pages/proof.h"
#include "server/pages/space_names.h"

#include "views/space.h"

static struct url settings_url(struct request *rq)
{
	return url_space_part(rq->mem, rq->space->key, "settings");
}

/* ---- the form ------------------------------------------------------------------------------------ */

static enum status show(struct request *rq, int http_status)
{
	struct space_settings_view view = {.space = rq->space, .faults = &rq->faults};
	struct space_grant *grants;

	rq->no_store = true;
	view.action = settings_url(rq);
	TRY(space_names_fill(&view, rq, rq->space->key));
	TRY(persons_group_refs(&view.groups, &view.n_groups, rq));
	TRY(space_grants(&grants, &view.n_grants, rq->db, rq->mem, rq->reader, rq->space->key));
	view.grants = grants;
	return REPLY_HTML(rq, http_status, space_settings, &view);
}

enum status page_space_settings_form(struct request *rq)
{
	return show(rq, 200);
}

static struct space_target target_of(struct request *rq)
{
	return (struct space_target){.key = rq->space->key,
				     .name = space_said(rq, rq->space->name),
				     .back = settings_url(rq),
				     .action = settings_url(rq),
				     .show = show};
}

enum status page_space_settings(struct request *rq)
{
	struct space_target target = target_of(rq);

	return space_names_post(rq, &target);
}

enum status page_space_grant(struct request *rq)
{
	struct space_target target = target_of(rq);

	target.action = url_with_part(rq->mem, target.back, "grant");
	return grant_post(rq, &target);
}

/* ---- JSON ---------------------------------------------------------------------------------------- */

struct grants_view {
	const struct space_grant *grants;
	size_t n_grants;
};

static void json_grants(struct json_out *j, struct request *rq, const struct grants_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_grants; i++) {
		jo_object(j, NULL);
		jo_str(j, "group", v->grants[i].group_key);
		jo_str(j, "name", v->grants[i].group_name);
		jo_c(j, "level", level_name(v->grants[i].level));
		jo_end(j);
	}
	jo_end(j);
	jo_null(j, "next");
	jo_end(j);
}

/* The record decides who may: managers of the space, and who administers accounts without reading it. */
enum status page_space_grants(struct request *rq)
{
	struct grants_view view = {0};
	struct space_grant *grants;

	TRY(space_grants(&grants, &view.n_grants, rq->db, rq->mem, rq->reader,
			 request_param(rq, "key")));
	view.grants = grants;
	return REPLY_JSON(rq, 200, grants, &view);
}

enum status page_space_grants_set(struct request *rq)
{
	struct str key = request_param(rq, "key");
	struct space_target target = {.key = key, .name = key, .back = url_space(rq->mem, key)};

	if (!proof_is_fresh(rq))
		return fail(ST_DENIED, "the password was not given lately");
	return grant_post(rq, &target);
}

static enum status reply_names(struct request *rq, struct str key)
{
	struct space_name *names;
	struct json_out *j;
	size_t n;

	TRY(space_names(&names, &n, rq->db, rq->mem, rq->reader, key));
	j = reply_json(rq, 200);
	jo_object(j, NULL);
	jo_str(j, "key", key);
	space_names_json(j, rq, names, n);
	jo_end(j);
	return ST_OK;
}

/* The record decides here too. */
enum status page_space_set(struct request *rq)
{
	struct str key = request_param(rq, "key");
	struct space_target target = {.key = key, .name = key, .back = url_space(rq->mem, key)};

	TRY(space_check_set(rq->db, rq->reader, key));
	TRY(space_names_post(rq, &target));
	return reply_names(rq, key);
}
