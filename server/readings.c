/* Sets of the articles that each account has read today. */
#include "server/readings.h"

#include <pthread.h>

#include "schema/article.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/reading.h"
#include "server/app.h"
#include "server/request.h"

/* People at a time; each has at most twice the limit of numbers, freed when the auditors were told. */
enum { ROWS = 512, WAYS = 8, FIRST_ROOM = 64, DAY = 86400 };

struct person_read {
	int64_t person_id; /* 0: free */
	uint32_t *ids;     /* a hash table of `room` numbers of articles, 0: free */
	size_t room, count;
	bool told;
};

struct readings {
	pthread_mutex_t lock;
	int64_t limit, day;
	struct person_read rows[ROWS][WAYS];
};

struct readings *readings_new(int64_t limit)
{
	struct readings *r = xmalloc(sizeof(*r));

	memset(r, 0, sizeof(*r));
	pthread_mutex_init(&r->lock, NULL);
	r->limit = limit;
	return r;
}

static void person_clear(struct person_read *p)
{
	free(p->ids);
	*p = (struct person_read){.person_id = 0};
}

static void clear(struct readings *r)
{
	for (size_t i = 0; i < ROWS; i++) {
		for (size_t j = 0; j < WAYS; j++)
			person_clear(&r->rows[i][j]);
	}
}

void readings_free(struct readings *r)
{
	if (!r)
		return;
	clear(r);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

/* How much is lost when this place is taken from its person. */
static size_t weight(const struct readings *r, const struct person_read *p)
{
	if (!p->person_id)
		return 0;
	return 1 + (p->told ? (size_t)r->limit : p->count);
}

/* The place of this person, or that of the one who has read least, made free. */
static struct person_read *find(struct readings *r, int64_t person_id)
{
	struct person_read *row = r->rows[(uint64_t)person_id % ROWS], *least = row;

	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].person_id == person_id)
			return &row[i];
		if (weight(r, &row[i]) < weight(r, least))
			least = &row[i];
	}
	person_clear(least);
	least->person_id = person_id;
	return least;
}

/* False where it is there already. There is always room. */
static bool put(uint32_t *ids, size_t room, uint32_t id)
{
	size_t at = (id * 2654435761u) & (room - 1);

	while (ids[at] && ids[at] != id)
		at = (at + 1) & (room - 1);
	if (ids[at])
		return false;
	ids[at] = id;
	return true;
}

static void make_room(struct person_read *p)
{
	size_t room = p->room ? p->room * 2 : FIRST_ROOM;
	uint32_t *ids;

	if (p->count * 2 < p->room)
		return;
	ids = xmalloc(room * sizeof(*ids));
	memset(ids, 0, room * sizeof(*ids));
	for (size_t i = 0; i < p->room; i++) {
		if (p->ids[i])
			(void)put(ids, room, p->ids[i]);
	}
	free(p->ids);
	p->ids = ids;
	p->room = room;
}

bool readings_add(struct readings *r, int64_t person_id, int64_t article_id, int64_t now)
{
	struct person_read *p;
	bool many = false;

	pthread_mutex_lock(&r->lock);
	if (now / DAY != r->day) {
		clear(r);
		r->day = now / DAY;
	}
	p = find(r, person_id);
	if (!p->told) {
		make_room(p);
		if (put(p->ids, p->room, (uint32_t)article_id))
			many = (int64_t)++p->count >= r->limit;
	}
	pthread_mutex_unlock(&r->lock);
	return many;
}

void readings_told(struct readings *r, int64_t person_id)
{
	struct person_read *p;

	pthread_mutex_lock(&r->lock);
	p = find(r, person_id);
	person_clear(p);
	p->person_id = person_id;
	p->told = true;
	pthread_mutex_unlock(&r->lock);
}

void readings_note(struct request *rq)
{
	struct readings *r = rq->app->readings;
	int64_t now = clock_now();

	if (!rq->article || rq->method != HTTP_GET ||
	    !readings_add(r, rq->reader->person_id, rq->article->id, now))
		return;
	if (reading_alert_add(rq->app->writer, rq->mem, rq->reader, r->limit, now) == ST_OK)
		readings_told(r, rq->reader->person_id);
	else
		log_failure("an alert to the auditors"); /* the next article tries again */
}
