/* Comparing two rows of pieces. */
#include "server/lines.h"

#include <stdlib.h>

/* Steps of one search from both ends; past it a stretch counts as changed as a whole. */
enum { SEARCH_MAX = 1024 };

void lines_split(struct lines *out, struct arena *mem, struct str text)
{
	size_t room = 1;
	struct str rest = text;

	for (size_t i = 0; i < text.len; i++)
		room += text.ptr[i] == '\n';
	out->items = arena_array(mem, room, sizeof(*out->items));
	out->count = 0;
	out->ends = str_ends(text, STR("\n"));
	if (out->ends)
		rest.len--;
	if (!text.len)
		return;
	while (rest.ptr)
		out->items[out->count++] = str_cut(&rest, '\n');
}

static bool is_word_byte(char byte)
{
	unsigned char b = (unsigned char)byte;

	return b >= 0x80 || (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
}

static size_t piece_len(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.len && is_word_byte(text.ptr[end]))
		end++;
	if (end > at)
		return end - at;
	while (end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\t'))
		end++;
	return end > at ? end - at : 1;
}

void lines_split_words(struct lines *out, struct arena *mem, struct str text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.len; at += piece_len(text, at))
		count++;
	out->items = arena_array(mem, count + 1, sizeof(*out->items));
	out->count = 0;
	out->ends = false;
	for (size_t at = 0; at < text.len;) {
		size_t len = piece_len(text, at);

		out->items[out->count++] = str_of(text.ptr + at, len);
		at += len;
	}
}

/* ---- numbers instead of texts ------------------------------------------------------------------ */

struct place {
	struct str text;
	size_t at; /* in `a`, or behind all of `a` in `b` */
};

static int place_order(const void *left, const void *right)
{
	const struct place *l = left, *r = right;

	return str_cmp(l->text, r->text);
}

/*
 * Every piece as a number, equal ones the same, those of `b` behind those of `a`; `in_both` says
 * of a number whether both rows have it. Sorted, not hashed: no text can be chosen to make it slow.
 */
static unsigned *number_pieces(bool **in_both, struct arena *mem, const struct lines *a,
			       const struct lines *b)
{
	size_t count = a->count + b->count;
	struct place *places = arena_array(mem, count + 1, sizeof(*places));
	unsigned *numbers = arena_array(mem, count + 1, sizeof(*numbers));
	unsigned next = 0;

	for (size_t i = 0; i < count; i++)
		places[i] = (struct place){
			i < a->count ? a->items[i] : b->items[i - a->count],
			i,
		};
	qsort(places, count, sizeof(*places), place_order);
	*in_both = arena_array(mem, count + 1, sizeof(**in_both));
	for (size_t i = 0; i < count;) {
		bool has_a = false, has_b = false;
		size_t end = i;

		for (; end < count && str_eq(places[end].text, places[i].text); end++) {
			numbers[places[end].at] = next;
			has_a |= places[end].at < a->count;
			has_b |= places[end].at >= a->count;
		}
		(*in_both)[next++] = has_a && has_b;
		i = end;
	}
	return numbers;
}

void lines_count_changed(size_t *only_a, size_t *only_b, struct arena *mem, const struct lines *a,
			 const struct lines *b)
{
	bool *in_both;
	unsigned *numbers = number_pieces(&in_both, mem, a, b);

	*only_a = *only_b = 0;
	for (size_t i = 0; i < a->count; i++)
		*only_a += !in_both[numbers[i]];
	for (size_t i = 0; i < b->count; i++)
		*only_b += !in_both[numbers[a->count + i]];
}

/* ---- the search -------------------------------------------------------------------------------- */

/* Pieces that the other row has somewhere; the rest is changed beyond doubt and left out. */
struct side {
	unsigned *numbers;
	size_t *at; /* their places in the whole row */
	size_t count;
	bool *changed; /* of the whole row */
};

struct search {
	struct side a, b;
	long *forward, *backward; /* furthest point reached on each diagonal */
};

/* Part of both sides that is being compared: [a, a_end) and [b, b_end). */
struct box {
	size_t a, a_end, b, b_end;
};

static void side_fill(struct side *out, struct arena *mem, const unsigned *numbers, size_t count,
		      const bool *in_both)
{
	out->numbers = arena_array(mem, count + 1, sizeof(*out->numbers));
	out->at = arena_array(mem, count + 1, sizeof(*out->at));
	out->changed = arena_array(mem, count + 1, sizeof(*out->changed));
	out->count = 0;
	for (size_t i = 0; i < count; i++) {
		out->changed[i] = !in_both[numbers[i]];
		if (out->changed[i])
			continue;
		out->numbers[out->count] = numbers[i];
		out->at[out->count++] = i;
	}
}

static void side_mark(struct side *side, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		side->changed[side->at[i]] = true;
}

/* One step of the walk on diagonal `k`, from the beginning or from the end of the box. */
static long walk(const struct search *s, const struct box *box, bool from_end, long *reached,
		 long k, long step)
{
	long n = (long)(box->a_end - box->a), m = (long)(box->b_end - box->b);
	bool down = k == -step || (k != step && reached[k - 1] < reached[k + 1]);
	long x = down ? reached[k + 1] : reached[k - 1] + 1;
	long y = x - k;

	while (x < n && y < m) {
		size_t i = from_end ? box->a_end - 1 - (size_t)x : box->a + (size_t)x;
		size_t j = from_end ? box->b_end - 1 - (size_t)y : box->b + (size_t)y;

		if (s->a.numbers[i] != s->b.numbers[j])
			break;
		x++;
		y++;
	}
	reached[k] = x;
	return x;
}

/*
 * All diagonals of one step from one end. True when a walk met one from the other end: the box is
 * then cut there, at (*x, *y) from its beginning.
 */
static bool step_meets(const struct search *s, const struct box *box, bool from_end, long step,
		       size_t *x, size_t *y)
{
	long n = (long)(box->a_end - box->a), m = (long)(box->b_end - box->b);
	long *reached = from_end ? s->backward : s->forward;
	const long *other = from_end ? s->forward : s->backward;
	long most = from_end ? step : step - 1; /* steps done from the other end */
	bool can_meet = ((n + m) & 1) == (from_end ? 0 : 1);
	long first = -(step > m ? 2 * m - step : step);
	long last = step > n ? 2 * n - step : step;

	for (long k = first; k <= last; k += 2) {
		long to = walk(s, box, from_end, reached, k, step);
		long facing = n - m - k;

		if (!can_meet || facing < -most || facing > most || to + other[facing] < n)
			continue;
		*x = (size_t)(from_end ? n - to : to);
		*y = (size_t)(from_end ? m - (to - k) : to - k);
		return true;
	}
	return false;
}

static bool find_middle(struct search *s, const struct box *box, size_t *x, size_t *y)
{
	size_t all = box->a_end - box->a + (box->b_end - box->b);
	long most = (long)((all + 1) / 2 < SEARCH_MAX ? (all + 1) / 2 : SEARCH_MAX);

	memset(s->forward - most - 1, 0, (size_t)(2 * most + 3) * sizeof(long));
	memset(s->backward - most - 1, 0, (size_t)(2 * most + 3) * sizeof(long));
	for (long step = 0; step <= most; step++) {
		if (step_meets(s, box, false, step, x, y) || step_meets(s, box, true, step, x, y))
			return true;
	}
	return false;
}

static void compare_box(struct search *s, struct box box)
{
	size_t x, y;

	while (box.a < box.a_end && box.b < box.b_end &&
	       s->a.numbers[box.a] == s->b.numbers[box.b]) {
		box.a++;
		box.b++;
	}
	while (box.a < box.a_end && box.b < box.b_end &&
	       s->a.numbers[box.a_end - 1] == s->b.numbers[box.b_end - 1]) {
		box.a_end--;
		box.b_end--;
	}
	if (box.a == box.a_end || box.b == box.b_end || !find_middle(s, &box, &x, &y)) {
		side_mark(&s->a, box.a, box.a_end);
		side_mark(&s->b, box.b, box.b_end);
		return;
	}
	compare_box(s, (struct box){box.a, box.a + x, box.b, box.b + y});
	compare_box(s, (struct box){box.a + x, box.a_end, box.b + y, box.b_end});
}

static void collect_hunks(struct lines_hunks *out, struct arena *mem, const struct search *s,
			  size_t n_a, size_t n_b)
{
	size_t i = 0, j = 0;

	out->items = arena_array(mem, n_a + n_b + 1, sizeof(*out->items));
	out->count = 0;
	while (i < n_a || j < n_b) {
		struct lines_hunk hunk = {.a = i, .b = j};

		while (i < n_a && s->a.changed[i])
			i++;
		while (j < n_b && s->b.changed[j])
			j++;
		hunk.a_count = i - hunk.a;
		hunk.b_count = j - hunk.b;
		if (hunk.a_count || hunk.b_count)
			out->items[out->count++] = hunk;
		i += i < n_a;
		j += j < n_b;
	}
}

void lines_compare(struct lines_hunks *out, struct arena *mem, const struct lines *a,
		   const struct lines *b)
{
	bool *in_both;
	unsigned *numbers = number_pieces(&in_both, mem, a, b);
	size_t most = (a->count + b->count + 1) / 2;
	size_t half = (most < SEARCH_MAX ? most : SEARCH_MAX) + 1;
	struct search s;

	side_fill(&s.a, mem, numbers, a->count, in_both);
	side_fill(&s.b, mem, numbers + a->count, b->count, in_both);
	s.forward = (long *)arena_array(mem, 2 * half + 1, sizeof(long)) + half;
	s.backward = (long *)arena_array(mem, 2 * half + 1, sizeof(long)) + half;
	compare_box(&s, (struct box){0, s.a.count, 0, s.b.count});
	collect_hunks(out, mem, &s, a->count, b->count);
}
