/* The three-way merge: both sides are compared with what they began from. */
#include "server/merge.h"

#include "server/diff.h"
#include "server/lines.h"

struct side {
	struct lines lines;
	struct lines_hunks hunks;
	size_t next;  /* the hunk to be looked at */
	long shifted; /* lines of this side minus lines of the base, so far */
};

struct merger {
	struct arena *mem;
	struct lines base;
	struct side mine, theirs;
	struct buf text;
	const enum conflict_choice *choices;
	size_t n_choices;
};

/* A stretch of the base, and what became of it. */
struct stretch {
	size_t from, end;
	bool by_mine, by_theirs;
};

static struct str join(struct arena *mem, const struct lines *lines, size_t from, size_t end)
{
	AUTO(buf) struct buf text = {0};

	for (size_t i = from; i < end; i++) {
		buf_str_add(&text, lines->items[i]);
		buf_byte(&text, '\n');
	}
	return buf_keep(&text, mem);
}

/* Take the side's next hunk into the stretch when it touches it, widening it. */
static bool swallow(struct stretch *s, struct side *side, bool *by)
{
	const struct lines_hunk *h = &side->hunks.items[side->next];

	if (side->next >= side->hunks.count || h->a > s->end)
		return false;
	if (h->a + h->a_count > s->end)
		s->end = h->a + h->a_count;
	*by = true;
	side->next++;
	return true;
}

/* The next stretch that somebody changed; false when there is none. */
static bool next_stretch(struct stretch *out, struct merger *m)
{
	bool has_mine = m->mine.next < m->mine.hunks.count;
	bool has_theirs = m->theirs.next < m->theirs.hunks.count;
	size_t mine = has_mine ? m->mine.hunks.items[m->mine.next].a : SIZE_MAX;
	size_t theirs = has_theirs ? m->theirs.hunks.items[m->theirs.next].a : SIZE_MAX;

	if (!has_mine && !has_theirs)
		return false;
	*out = (struct stretch){.from = mine < theirs ? mine : theirs};
	out->end = out->from;
	while (swallow(out, &m->mine, &out->by_mine) || swallow(out, &m->theirs, &out->by_theirs))
		;
	return true;
}

/* The lines of a side that stand for a stretch of the base whose hunks it has swallowed. */
static struct str side_text(struct arena *mem, struct side *side, const struct stretch *s)
{
	size_t from = (size_t)((long)s->from + side->shifted);
	const struct lines_hunk *last;

	side->shifted = 0;
	if (side->next) {
		last = &side->hunks.items[side->next - 1];
		side->shifted = (long)(last->b + last->b_count) - (long)(last->a + last->a_count);
	}
	return join(mem, &side->lines, from, (size_t)((long)s->end + side->shifted));
}

/* A place that both changed, each in his own way. */
static void add_piece(struct merge_result *out, struct merger *m, struct conflict_piece piece)
{
	if (out->n_pieces < m->n_choices)
		piece.choice = m->choices[out->n_pieces];
	if (piece.choice != CONFLICT_THEIRS)
		buf_str_add(&m->text, piece.mine);
	if (piece.choice != CONFLICT_MINE)
		buf_str_add(&m->text, piece.theirs);
	out->pieces[out->n_pieces++] = piece;
}

static void add_stretch(struct merge_result *out, struct merger *m, const struct stretch *s)
{
	struct conflict_piece piece = {
		.mine = side_text(m->mem, &m->mine, s),
		.theirs = side_text(m->mem, &m->theirs, s),
		.before = join(m->mem, &m->base, s->from, s->end),
	};

	if (s->by_mine && s->by_theirs && !str_eq(piece.mine, piece.theirs))
		add_piece(out, m, piece);
	else
		buf_str_add(&m->text, s->by_mine ? piece.mine : piece.theirs);
}

static bool is_large(struct str text, const struct lines *lines)
{
	return text.len > DIFF_BYTES_MAX || lines->count > DIFF_LINES_MAX;
}

/* Only one side may have changed whether the text ends in LF: then its word holds. */
static bool ends_in_lf(const struct merger *m)
{
	return m->mine.lines.ends != m->base.ends ? m->mine.lines.ends : m->theirs.lines.ends;
}

static void merge_lines(struct merge_result *out, struct merger *m)
{
	struct stretch s;
	size_t done = 0;

	lines_compare(&m->mine.hunks, m->mem, &m->base, &m->mine.lines);
	lines_compare(&m->theirs.hunks, m->mem, &m->base, &m->theirs.lines);
	out->pieces = arena_array(m->mem, m->mine.hunks.count + 1, sizeof(*out->pieces));
	while (next_stretch(&s, m)) {
		buf_str_add(&m->text, join(m->mem, &m->base, done, s.from));
		add_stretch(out, m, &s);
		done = s.end;
	}
	buf_str_add(&m->text, join(m->mem, &m->base, done, m->base.count));
	if (m->text.len && !ends_in_lf(m))
		buf_cut(&m->text, m->text.len - 1);
}

void merge_make(struct merge_result *out, struct arena *mem, struct str base, struct str mine,
		struct str theirs, const enum conflict_choice *choices, size_t n_choices)
{
	struct merger m = {.mem = mem, .choices = choices, .n_choices = n_choices};

	*out = (struct merge_result){.text = mine, .clean = true};
	if (str_eq(mine, theirs) || str_eq(theirs, base))
		return;
	if (str_eq(mine, base)) {
		out->text = theirs;
		return;
	}
	lines_split(&m.base, mem, base);
	lines_split(&m.mine.lines, mem, mine);
	lines_split(&m.theirs.lines, mem, theirs);
	if (is_large(base, &m.base) || is_large(mine, &m.mine.lines) ||
	    is_large(theirs, &m.theirs.lines)) {
		out->pieces = arena_alloc(mem, sizeof(*out->pieces));
		add_piece(out, &m, (struct conflict_piece){mine, theirs, base, CONFLICT_MINE});
	} else {
		merge_lines(out, &m);
	}
	out->text = buf_keep(&m.text, mem);
	buf_release(&m.text);
	out->clean = out->n_pieces == 0;
}
