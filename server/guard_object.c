/* Which right on what the path names. Hidden, absent and malformed are one and the same. */
#include "schema/article.h"
#include "schema/file.h"
#include "schema/group.h"
#include "schema/space.h"
#include "schema/thread.h"
#include "server/app.h"
#include "server/denied.h"
#include "server/guard.h"
#include "server/readings.h"
#include "server/reply.h"

static bool names(const struct request *rq, const char *param)
{
	for (size_t i = 0; i < rq->n_params; i++) {
		if (strcmp(rq->params[i].name, param) == 0)
			return true;
	}
	return false;
}

static enum status resolve_article(struct request *rq)
{
	struct article *article = arena_alloc(rq->mem, sizeof(*article));

	if (!names(rq, "article"))
		return ST_OK;
	TRY(article_get(article, rq->db, rq->mem, rq->reader, request_param(rq, "article")));
	rq->article = article;
	return ST_OK;
}

static enum status resolve_space(struct request *rq)
{
	struct space *space = arena_alloc(rq->mem, sizeof(*space));

	if (!names(rq, "space"))
		return ST_OK;
	TRY(space_get(space, rq->db, rq->mem, rq->reader, request_param(rq, "space"),
		      lang_tag(rq->lang)));
	rq->space = space;
	return ST_OK;
}

/* A thread brings its article along; where the path names both, they must belong together. */
static enum status resolve_thread(struct request *rq)
{
	struct thread *thread = arena_alloc(rq->mem, sizeof(*thread));
	struct article *article = arena_alloc(rq->mem, sizeof(*article));

	if (!names(rq, "thread"))
		return ST_OK;
	TRY(thread_get(thread, article, rq->db, rq->mem, rq->reader, request_param(rq, "thread")));
	if (rq->article && rq->article->id != article->id)
		return fail(ST_NOT_FOUND, "the thread is on another article");
	rq->thread = thread;
	rq->article = article;
	return ST_OK;
}

/* A file brings its article along, whose rights are its own. */
static enum status resolve_file(struct request *rq)
{
	struct file *file = arena_alloc(rq->mem, sizeof(*file));
	struct article *article = arena_alloc(rq->mem, sizeof(*article));

	if (!names(rq, "file"))
		return ST_OK;
	TRY(file_get(file, article, rq->db, rq->mem, rq->reader, request_param(rq, "file")));
	rq->file = file;
	rq->article = article;
	return ST_OK;
}

static enum status resolve_person(struct request *rq)
{
	struct person *person = arena_alloc(rq->mem, sizeof(*person));

	if (!names(rq, "login"))
		return ST_OK;
	TRY(person_get(person, rq->db, rq->mem, rq->reader, request_param(rq, "login")));
	rq->person = person;
	return ST_OK;
}

static enum status resolve_group(struct request *rq)
{
	struct group *group = arena_alloc(rq->mem, sizeof(*group));

	if (!names(rq, "group"))
		return ST_OK;
	TRY(group_get(group, rq->db, rq->mem, rq->reader, request_param(rq, "group")));
	rq->group = group;
	return ST_OK;
}

static enum status resolve(struct request *rq)
{
	TRY(resolve_article(rq));
	TRY(resolve_thread(rq));
	TRY(resolve_file(rq));
	TRY(resolve_space(rq));
	TRY(resolve_person(rq));
	return resolve_group(rq);
}

/* The right on the article or, without one, on the space; on neither, the page checks its own. */
static enum status check(const struct request *rq, enum action action)
{
	struct object object = {.space_id = 0};

	if (rq->article)
		object = article_object(rq->article);
	else if (rq->space)
		object.space_id = rq->space->id;
	else
		return action != ACT_READ && rq->reader->reads_only
			       ? fail(ST_DENIED, "the token only reads")
			       : ST_OK;
	return access_check(rq->reader, action, &object);
}

/* Pages of a duty are as absent for all others. */
static enum status check_duty(const struct request *rq, unsigned duties)
{
	if (!(rq->reader->duties & duties))
		return fail(ST_NOT_FOUND, "without the duty");
	return rq->method != HTTP_GET && rq->reader->reads_only
		       ? fail(ST_DENIED, "the token only reads")
		       : ST_OK;
}

static enum status decide(const struct request *rq)
{
	switch (rq->route->guard) {
	case GUARD_PUBLIC:
		return ST_OK;
	case GUARD_SIGNED_IN:
		return check(rq, rq->method == HTTP_GET || rq->article || rq->space ? ACT_READ
										    : ACT_EDIT);
	case GUARD_READER:
		return check(rq, ACT_READ);
	case GUARD_DISCUSSER:
		return check(rq, ACT_DISCUSS);
	case GUARD_EDITOR:
		return check(rq, ACT_EDIT);
	case GUARD_MANAGER:
		return check(rq, ACT_MANAGE);
	case GUARD_ADMIN:
		return check_duty(rq, DUTY_ACCOUNTS);
	case GUARD_OFFICER:
		return check_duty(rq, DUTY_SECURITY);
	case GUARD_AUDITOR:
		return check_duty(rq, DUTY_AUDIT);
	case GUARD_DUTY:
		return check_duty(rq, DUTY_ACCOUNTS | DUTY_SECURITY | DUTY_AUDIT);
	}
	return fail(ST_DENIED, "an unknown guard");
}

bool guard_object(struct request *rq)
{
	enum status outcome = ST_OK;

	if (rq->route->guard != GUARD_PUBLIC)
		outcome = resolve(rq);
	if (outcome == ST_OK)
		outcome = decide(rq);
	if (outcome == ST_OK) {
		readings_note(rq);
		return true;
	}
	if (outcome == ST_DENIED)
		denied_note(rq);
	reply_outcome(rq, outcome);
	return false;
}
