/* The table of routes, and the way of a request through it. */
#include "server/router.h"

#include "schema/base/log.h"
#include "schema/base/secret.h"
#include "server/app.h"
#include "server/denied.h"
#include "server/guard.h"
#include "server/percent.h"
#include "server/reply.h"

#define ROUTE(method, path, page, who, ...) enum status page_##page(struct request *rq);
#define API ROUTE
#include "server/routes.def"
#undef ROUTE
#undef API

/* Without a last column GUARD_ has no name, and nothing compiles. */
#define RATE_(...) RATE_PICK(RATE_, ##__VA_ARGS__, BY_METHOD)
#define RATE_PICK(prefix, kind, ...) prefix##kind
#define ROUTE(method, path, page, who, ...)                                                        \
	{HTTP_##method, path, page_##page, #page, GUARD_##who, RATE_(__VA_ARGS__), false},
#define API(method, path, page, who, ...)                                                          \
	{HTTP_##method, "/api/v1" path, page_##page, #page, GUARD_##who, RATE_(__VA_ARGS__), true},

const struct route routes[] = {
#include "server/routes.def"
};
const size_t n_routes = COUNT(routes);

/* ---- finding ------------------------------------------------------------------------------------ */

static bool is_key(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("._-", c))))
			return false;
	}
	return text.len >= 1 && text.len <= 64;
}

/* A public id, perhaps followed by "-slug", which only decorates. */
static bool cut_id(struct str *value)
{
	struct str id = str_head(*value, PUBLIC_ID_LEN);

	if (!secret_is_public_id(id) || (value->len > id.len && value->ptr[id.len] != '-'))
		return false;
	*value = id;
	return true;
}

static bool fits(const char *name, struct str *value)
{
	int64_t number;

	if (strcmp(name, "article") == 0 || strcmp(name, "thread") == 0 ||
	    strcmp(name, "file") == 0)
		return cut_id(value);
	if (strcmp(name, "space") == 0 || strcmp(name, "group") == 0 || strcmp(name, "login") == 0)
		return is_key(*value);
	if (strcmp(name, "n") == 0)
		return value->len <= 18 && value->len > 0 && value->ptr[0] != '-' &&
		       str_to_i64(*value, &number);
	return value->len > 0;
}

/* One parameter from a segment; a suffix in the pattern, as in ":space.atom", is cut off first. */
static bool take_param(struct request *rq, struct str pattern, struct str raw)
{
	struct str suffix = STR_NONE, name = str_from(pattern, 1), value;
	ptrdiff_t dot = str_find(name, '.');
	const char *key;

	if (dot >= 0) {
		suffix = str_from(name, (size_t)dot);
		name = str_head(name, (size_t)dot);
	}
	if (!percent_decode(&value, rq->mem, raw, false) || !str_ends(value, suffix))
		return false;
	value = str_head(value, value.len - suffix.len);
	key = arena_c(rq->mem, name);
	if (pattern.ptr[0] == ':' && !fits(key, &value))
		return false;
	if (rq->n_params == REQUEST_PARAMS_MAX)
		return false;
	rq->params[rq->n_params++] = (struct request_param){key, value};
	return true;
}

static bool match(struct request *rq, const char *pattern, struct str path)
{
	struct str wanted = str_from(str_c(pattern), 1), given = str_from(path, 1);

	rq->n_params = 0;
	for (;;) {
		struct str part, segment;

		if (wanted.len && wanted.ptr[0] == '*')
			return take_param(rq, wanted, given);
		part = str_cut(&wanted, '/');
		segment = str_cut(&given, '/');
		if (part.len && part.ptr[0] == ':' ? !take_param(rq, part, segment)
						   : !str_eq(part, segment))
			return false;
		if (!wanted.ptr || !given.ptr)
			return !wanted.ptr && !given.ptr;
	}
}

/* Cheap: do the fixed beginnings agree? Most routes end here. */
static bool may_match(const char *pattern, struct str path)
{
	for (size_t i = 0; pattern[i] && pattern[i] != ':' && pattern[i] != '*'; i++) {
		if (i >= path.len || path.ptr[i] != pattern[i])
			return false;
	}
	return true;
}

const struct route *router_find(struct request *rq, struct str path, unsigned *allowed)
{
	const struct route *found = NULL;

	*allowed = 0;
	for (size_t i = 0; i < n_routes && !found; i++) {
		if (!may_match(routes[i].path, path) || !match(rq, routes[i].path, path))
			continue;
		*allowed |= 1u << routes[i].method;
		if (routes[i].method == rq->method)
			found = &routes[i];
	}
	return found;
}

/* ---- answering ---------------------------------------------------------------------------------- */

static void begin(struct request *rq, struct app *app, struct worker *worker, struct exchange *x)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char bytes[REQUEST_NUMBER_LEN];

	*rq = (struct request){
		.app = app, .mem = &x->mem, .exchange = x, .worker = worker, .lang = LANG_UZ_LATN};
	rq->method = x->head.method == HTTP_HEAD ? HTTP_GET : x->head.method;
	rq->json = str_starts(x->head.path, STR("/api/"));
	secret_random(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		rq->number[i] = letters[bytes[i] & 31];
}

static struct str method_names(struct arena *mem, unsigned allowed)
{
	AUTO(buf) struct buf names = {0};

	for (int m = HTTP_GET; m <= HTTP_DELETE; m++) {
		bool head = m == HTTP_HEAD && allowed & 1u << HTTP_GET;

		if (allowed & 1u << m || head)
			buf_printf(&names, "%s%s", names.len ? ", " : "",
				   http_method_name((enum http_method)m));
	}
	return buf_keep(&names, mem);
}

/* What the gate has refused, said to a person in the frame and language of all pages. */
static void refuse_early(struct request *rq)
{
	int status = rq->exchange->head.refused;

	if (!guard_identify(rq))
		return;
	log_info("%s %s: refused with %d before its body was read", rq->number,
		 rq->route ? rq->route->name : "-", status);
	reply_refuse(rq, status == 413 ? REFUSED_TOO_LARGE : REFUSED_ANONYMOUS);
}

static void run(struct request *rq)
{
	unsigned allowed;
	enum status outcome;

	rq->route = router_find(rq, rq->exchange->head.path, &allowed);
	if (rq->exchange->head.refused) {
		refuse_early(rq);
		return;
	}
	if (!guard_admits(rq, allowed != 0))
		return;
	if (!rq->route) {
		reply_refuse(rq, allowed ? REFUSED_METHOD : REFUSED_NOT_FOUND);
		if (allowed)
			reply_header(rq, "Allow", method_names(rq->mem, allowed));
		return;
	}
	outcome = rq->route->page(rq);
	if (outcome == ST_DENIED)
		denied_note(rq);
	if (outcome != ST_OK)
		reply_outcome(rq, outcome);
}

static const char *in_their_language(void *context, const char *format)
{
	const struct request *rq = context;

	return i18n(rq->lang, format).ptr;
}

void router_answer(void *context, struct worker *worker, struct exchange *x)
{
	struct app *app = context;
	struct request rq;
	AUTO(guard_hold) struct guard_hold hold = {.rq = &rq};

	begin(&rq, app, worker, x);
	fail_set_words(in_their_language, &rq);
	if (guard_begin(&hold) == ST_OK)
		run(&rq);
	else
		reply_outcome(&rq, ST_FAILED);
	reply_finish(&rq);
	fail_set_words(NULL, NULL);
}
