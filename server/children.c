/*
 * One supervising thread starts the children and starts them again; the kernel ends them when that
 * thread ends (they ask for it), so it lives as long as the server. Callers borrow a child, speak
 * with it alone, and give it back, or give it up when it did not keep its word.
 */
#include "server/children.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "indexer/convert_wire.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "server/child.h"
#include "server/wait.h"

enum { QUICK_LOSS = 500000 }; /* microseconds, see children_convert() */
enum { CHILDREN_MAX = 96 };

struct children {
	struct children_options options;
	char program[512];
	char index[CHILD_ROLES][512];
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change; /* a child became idle, was lost, or is due */
	bool stopping;
	int generations[CHILD_ROLES]; /* one more with each new folder */
	int count;
	struct child list[CHILDREN_MAX];
};

/* ---- looking after them, in the supervising thread --------------------------------------------- */

static void bury(struct child *child)
{
	child_bury(child);
	child->phase = PHASE_DOWN;
}

static bool is_current(const struct children *c, const struct child *child)
{
	return child->generation == c->generations[child->role];
}

static void start_due(struct children *c, struct child *child)
{
	child->generation = c->generations[child->role];
	if (child_start(child, c->program, c->index[child->role]) == ST_OK) {
		child->phase = PHASE_BORN;
		child->births++;
	} else {
		log_failure("starting a child");
		child->born = clock_mono();
		bury(child);
		child->due = clock_mono() + child->backoff;
	}
}

/* One look at every child; the time of the next start that is due, or 0. Called with the lock. */
static int64_t look_after(struct children *c)
{
	int64_t now = clock_mono(), next = 0;

	for (int i = 0; i < c->count; i++) {
		struct child *child = &c->list[i];

		bool idle = child->phase == PHASE_IDLE || child->phase == PHASE_BORN;

		child->losses += child->phase == PHASE_LOST;
		if (child->phase == PHASE_LOST || (idle && !is_current(c, child)))
			bury(child);
		if (child->phase != PHASE_DOWN)
			continue;
		if (child->due <= now || !is_current(c, child))
			start_due(c, child);
		else if (next == 0 || child->due < next)
			next = child->due;
		if (child->phase == PHASE_BORN)
			pthread_cond_broadcast(&c->change);
	}
	return next;
}

static void *supervise(void *argument)
{
	struct children *c = argument;

	pthread_mutex_lock(&c->lock);
	while (!c->stopping)
		wait_change(&c->change, &c->lock, look_after(c));
	for (int i = 0; i < c->count; i++)
		bury(&c->list[i]);
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

/* ---- borrowing -------------------------------------------------------------------------------- */

static struct child *find(struct children *c, enum child_role role)
{
	for (int i = 0; i < c->count; i++) {
		struct child *child = &c->list[i];

		if (child->role == role && is_current(c, child) &&
		    (child->phase == PHASE_IDLE || child->phase == PHASE_BORN))
			return child;
	}
	return NULL;
}

static void give_up(struct children *c, struct child *child)
{
	pthread_mutex_lock(&c->lock);
	child->phase = PHASE_LOST;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
}

static void give_back(struct children *c, struct child *child)
{
	pthread_mutex_lock(&c->lock);
	child->phase = PHASE_IDLE;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
}

/* One that is free now or in time, marked busy; NULL otherwise. */
static struct child *catch (struct children *c, enum child_role role, int64_t deadline, bool *born)
{
	struct child *child = NULL;

	pthread_mutex_lock(&c->lock);
	while (!c->stopping && !(child = find(c, role)) && clock_mono() < deadline)
		wait_change(&c->change, &c->lock, deadline);
	if (child) {
		*born = child->phase == PHASE_BORN;
		child->phase = PHASE_BUSY;
	}
	pthread_mutex_unlock(&c->lock);
	return child;
}

/*
 * A free child of the role for oneself; BUSY when none is free in time. One that has died while it
 * was idle is no fault of this request: the next one is taken.
 */
static enum status borrow(struct child **out, struct children *c, enum child_role role,
			  int64_t deadline)
{
	bool born = false;

	while ((*out = catch (c, role, deadline, &born))) {
		if (child_is_alive(*out) && (!born || child_greet(*out) == ST_OK))
			return ST_OK;
		if (born)
			log_warn("the %s child did not start", child_role_name(role));
		give_up(c, *out);
	}
	return fail(ST_BUSY, "no %s child is free", child_role_name(role));
}

/* The child speaks English: "sentence", or "Line 12: sentence". */
static enum status refused_text(struct arena *mem, struct str words)
{
	struct str rest = words, line;
	int64_t number;

	if (str_starts(words, STR("Line ")) && str_find(words, ':') > 0) {
		line = str_from(str_cut(&rest, ':'), 5);
		if (str_to_i64(line, &number))
			return fail_on("", ST_INVALID, "Line %lld: %s", (long long)number,
				       fail_translated(arena_c(mem, str_trim(rest))));
	}
	return fail_whole("", ST_INVALID, arena_c(mem, words));
}

/* What a child says went wrong. */
static enum status refused(struct arena *mem, enum wire_kind kind, struct wire_reader *fields)
{
	struct str words = wire_get_text(fields);

	if (kind == WIRE_REFUSED)
		return refused_text(mem, words);
	if (kind == WIRE_FAILED)
		return fail(ST_FAILED, "child: %.*s", STR_ARG(words));
	return fail(ST_FAILED, "an unexpected answer of a child: kind %d", (int)kind);
}

static void forget_large(struct buf *buf)
{
	enum { KEPT = 1 << 20 };

	if (buf->room > KEPT)
		buf_release(buf);
}

/* ---- the three uses ---------------------------------------------------------------------------- */

/* `lost` is set when the child ended or ran over instead of answering. */
static enum status convert_once(struct markdown_result *out, bool *lost, struct arena *mem,
				struct children *c, struct str markdown)
{
	int64_t patience = (int64_t)c->options.convert_ms * 1000;
	struct child *child;
	struct wire_reader fields;
	enum wire_kind kind;
	enum status outcome;

	*lost = false;
	TRY(borrow(&child, c, CHILD_CONVERT, clock_mono() + 2 * patience));
	wire_begin(&child->out, WIRE_CONVERT);
	wire_text(&child->out, markdown);
	outcome =
		child_ask(child, &child->out, &child->in, &kind, &fields, clock_mono() + patience);
	*lost = outcome != ST_OK && outcome != ST_TOO_LARGE;
	if (outcome == ST_OK && kind != WIRE_CONVERTED)
		outcome = refused(mem, kind, &fields);
	else if (outcome == ST_OK && !convert_reply_read(out, mem, &fields))
		outcome = fail(ST_FAILED, "the convert child sent a damaged answer");
	forget_large(&child->in);
	forget_large(&child->out);
	if (*lost || outcome == ST_FAILED)
		give_up(c, child);
	else
		give_back(c, child);
	return outcome;
}

/*
 * A text that is too much for the child costs it about a second. One that is lost sooner was ended by
 * something else, most likely, and the author is not to blame: it is asked once more.
 */
enum status children_convert(struct markdown_result *out, struct arena *mem, struct children *c,
			     struct str markdown)
{
	int64_t begun = clock_mono();
	bool lost;
	enum status outcome = convert_once(out, &lost, mem, c, markdown);

	if (lost && clock_mono() - begun < QUICK_LOSS)
		outcome = convert_once(out, &lost, mem, c, markdown);
	if (!lost)
		return outcome;
	log_warn("the convert child was lost over a text of %zu bytes: %s", markdown.len,
		 fail_message());
	return fail_on("", ST_INVALID,
		       "This text is too complex to show; shorten its tables, lists and links.");
}

enum status children_search(struct search_result *out, struct arena *mem, struct children *c,
			    const struct search_request *request)
{
	int64_t deadline = clock_mono() + (int64_t)c->options.search_ms * 1000;
	struct child *child;
	struct wire_reader fields;
	enum wire_kind kind;
	enum status outcome;

	TRY(borrow(&child, c, CHILD_SEARCH, deadline));
	search_request_write(&child->out, request);
	/* The child keeps the deadline itself; it is ended only when it does not. */
	outcome = child_ask(child, &child->out, &child->in, &kind, &fields, deadline + 500000);
	if (outcome == ST_OK && kind != WIRE_FOUND) {
		outcome = refused(mem, kind, &fields);
		give_back(c, child);
		return outcome == ST_INVALID ? outcome : fail(ST_BUSY, "search failed");
	}
	if (outcome == ST_OK && search_result_read(out, mem, &fields)) {
		give_back(c, child);
		return ST_OK;
	}
	log_warn("the search child was lost: %s", fail_message());
	give_up(c, child);
	return fail(ST_BUSY, "the search child was lost");
}

enum status children_write(struct children *c, int64_t *birth, struct buf *message,
			   struct buf *reply, enum wire_kind *kind, struct wire_reader *fields,
			   int64_t deadline)
{
	struct child *child;
	enum status outcome;

	TRY(borrow(&child, c, CHILD_WRITE, deadline));
	/* One that died between two messages took with it what was not committed. */
	if (*birth && *birth != child->births) {
		give_back(c, child);
		return fail(ST_FAILED, "the write child was lost");
	}
	*birth = child->births;
	outcome = child_ask(child, message, reply, kind, fields, deadline);
	if (outcome == ST_OK || outcome == ST_TOO_LARGE) {
		give_back(c, child);
		return outcome;
	}
	give_up(c, child);
	return fail(ST_FAILED, "the write child was lost");
}

const char *children_program(const struct children *c)
{
	return c->program;
}

/* ---- all of them ------------------------------------------------------------------------------- */

static enum status find_program(struct children *c)
{
	const char *named = c->options.program ? c->options.program : getenv("DEVON_INDEXER");
	char self[sizeof(c->program)];
	ssize_t len;
	char *slash;
	int need;

	if (named) {
		need = snprintf(c->program, sizeof(c->program), "%s", named);
	} else {
		len = readlink("/proc/self/exe", self, sizeof(self) - 1);
		if (len <= 0)
			return fail(ST_FAILED, "readlink: %s", strerror(errno));
		self[len] = '\0';
		slash = strrchr(self, '/');
		need = snprintf(c->program, sizeof(c->program), "%.*s/devon-indexer",
				slash ? (int)(slash - self) : 0, self);
	}
	if (need < 0 || (size_t)need >= sizeof(c->program) || access(c->program, X_OK) < 0)
		return fail(ST_FAILED, "there is no program %s", c->program);
	return ST_OK;
}

static void add(struct children *c, enum child_role role, int count)
{
	for (int i = 0; i < count && c->count < CHILDREN_MAX; i++)
		c->list[c->count++] = (struct child){.role = role, .fd = -1};
}

static enum status take_index(struct children *c, enum child_role role, const char *folder)
{
	int need = snprintf(c->index[role], sizeof(c->index[role]), "%s", folder);

	if (need < 0 || (size_t)need >= sizeof(c->index[role]))
		return fail(ST_INVALID, "the name of the index folder is too long");
	return ST_OK;
}

enum status children_start(struct children **out, const struct children_options *options)
{
	struct children *c = xmalloc(sizeof(*c));

	memset(c, 0, sizeof(*c));
	*out = c;
	c->options = *options;
	c->stopping = true; /* until the thread runs */
	pthread_mutex_init(&c->lock, NULL);
	wait_init(&c->change);
	TRY(find_program(c));
	TRY(take_index(c, CHILD_WRITE, options->index));
	TRY(take_index(c, CHILD_SEARCH, options->index));
	add(c, CHILD_WRITE, 1);
	add(c, CHILD_CONVERT, options->convert);
	add(c, CHILD_SEARCH, options->search);
	c->stopping = false;
	if (pthread_create(&c->thread, NULL, supervise, c) != 0) {
		c->stopping = true;
		return fail(ST_FAILED, "cannot start the thread that looks after children");
	}
	return ST_OK;
}

void children_stop(struct children *c)
{
	bool runs;

	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	runs = !c->stopping;
	c->stopping = true;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
	if (runs)
		pthread_join(c->thread, NULL);
	for (int i = 0; i < c->count; i++) {
		buf_release(&c->list[i].in);
		buf_release(&c->list[i].out);
	}
	pthread_cond_destroy(&c->change);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

void children_kill(struct children *c, enum child_role role)
{
	pthread_mutex_lock(&c->lock);
	for (int i = 0; i < c->count; i++)
		if (c->list[i].role == role && c->list[i].pid > 0)
			(void)kill(c->list[i].pid, SIGKILL);
	pthread_mutex_unlock(&c->lock);
}

enum status children_set_index(struct children *c, enum child_role role, const char *folder)
{
	enum status outcome;

	pthread_mutex_lock(&c->lock);
	outcome = take_index(c, role, folder);
	c->generations[role]++;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
	return outcome;
}

size_t children_states(struct children *c, struct child_state *out, size_t room)
{
	size_t count = 0;

	pthread_mutex_lock(&c->lock);
	for (int i = 0; i < c->count && count < room; i++) {
		const struct child *child = &c->list[i];

		out[count++] = (struct child_state){.role = child->role,
						    .pid = child->pid,
						    .births = child->births,
						    .deaths = child->deaths,
						    .losses = child->losses};
	}
	pthread_mutex_unlock(&c->lock);
	return count;
}
