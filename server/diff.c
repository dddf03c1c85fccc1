/* From two texts to the rows that show how they differ. */
#include "server/diff.h"

#include "server/lines.h"

/* Words are marked in changes of at most this many bytes on either side. */
enum { WORDS_MAX = 64 * 1024 };

struct writer {
	struct arena *mem;
	struct diff_row *rows;
	size_t n_rows;
	const struct lines *old, *new;
};

static struct diff_row *add_row(struct writer *w, enum diff_kind kind)
{
	struct diff_row *row = &w->rows[w->n_rows++];

	row->kind = kind;
	return row;
}

static void one_part(struct writer *w, struct diff_row *row, struct str text)
{
	struct diff_part *part = arena_alloc(w->mem, sizeof(*part));

	part->text = text;
	row->parts = part;
	row->n_parts = 1;
}

static void add_same(struct writer *w, size_t old, size_t new)
{
	struct diff_row *row = add_row(w, DIFF_SAME);

	row->old_line = (int64_t)old + 1;
	row->new_line = (int64_t) new + 1;
	one_part(w, row, w->new->items[new]);
}

/* ---- marked words ---- */

struct words {
	struct lines pieces;
	bool *marked;
};

/* The lines of one side of a change as one text: they lie one behind the other in it. */
static struct str span(const struct lines *lines, size_t from, size_t count)
{
	struct str first, last;

	if (!count)
		return STR_NONE;
	first = lines->items[from];
	last = lines->items[from + count - 1];
	return str_of(first.ptr, (size_t)(last.ptr - first.ptr) + last.len);
}

static bool is_blank(struct str piece)
{
	return piece.ptr[0] == ' ' || piece.ptr[0] == '\t' || piece.ptr[0] == '\n';
}

/* Marks also the blank between two marked words; true when enough is left unmarked to help. */
static bool marks_help(struct words *w)
{
	size_t marked = 0, all = 0;

	for (size_t i = 0; i < w->pieces.count; i++) {
		if (is_blank(w->pieces.items[i])) {
			if (i && i + 1 < w->pieces.count && w->marked[i - 1] && w->marked[i + 1])
				w->marked[i] = true;
			continue;
		}
		all++;
		marked += w->marked[i];
	}
	return 3 * (all - marked) >= all;
}

static void mark_all(struct words *w)
{
	memset(w->marked, 1, w->pieces.count);
}

/* Words that differ; whole lines where nothing else is left of them. */
static void mark_words(struct words *old, struct words *new, struct arena *mem,
		       const struct str *old_text, const struct str *new_text)
{
	struct lines_hunks hunks;
	bool helps;

	lines_split_words(&old->pieces, mem, *old_text);
	lines_split_words(&new->pieces, mem, *new_text);
	old->marked = arena_array(mem, old->pieces.count + 1, sizeof(bool));
	new->marked = arena_array(mem, new->pieces.count + 1, sizeof(bool));
	if (!old_text->len || !new_text->len || old_text->len > WORDS_MAX ||
	    new_text->len > WORDS_MAX) {
		mark_all(old);
		mark_all(new);
		return;
	}
	lines_compare(&hunks, mem, &old->pieces, &new->pieces);
	for (size_t i = 0; i < hunks.count; i++) {
		const struct lines_hunk *h = &hunks.items[i];

		memset(old->marked + h->a, 1, h->a_count);
		memset(new->marked + h->b, 1, h->b_count);
	}
	helps = marks_help(old);
	helps = marks_help(new) && helps;
	if (!helps) {
		mark_all(old);
		mark_all(new);
	}
}

/* The pieces up to the next LF as parts of one row, neighbours with the same mark joined. */
static void take_parts(struct writer *w, struct diff_row *row, const struct words *words,
		       size_t *at)
{
	size_t from = *at, end = *at;
	struct diff_part *parts;

	while (end < words->pieces.count && words->pieces.items[end].ptr[0] != '\n')
		end++;
	parts = arena_array(w->mem, end - from + 1, sizeof(*parts));
	for (size_t i = from; i < end; i++) {
		if (row->n_parts && parts[row->n_parts - 1].marked == words->marked[i])
			parts[row->n_parts - 1].text.len += words->pieces.items[i].len;
		else
			parts[row->n_parts++] =
				(struct diff_part){words->pieces.items[i], words->marked[i]};
	}
	row->parts = parts;
	*at = end + 1;
}

static void add_hunk(struct writer *w, const struct lines_hunk *h)
{
	struct str old_text = span(w->old, h->a, h->a_count);
	struct str new_text = span(w->new, h->b, h->b_count);
	struct words old, new;
	size_t at = 0;

	mark_words(&old, &new, w->mem, &old_text, &new_text);
	for (size_t i = 0; i < h->a_count; i++) {
		struct diff_row *row = add_row(w, DIFF_REMOVED);

		row->old_line = (int64_t)(h->a + i) + 1;
		take_parts(w, row, &old, &at);
	}
	at = 0;
	for (size_t i = 0; i < h->b_count; i++) {
		struct diff_row *row = add_row(w, DIFF_ADDED);

		row->new_line = (int64_t)(h->b + i) + 1;
		take_parts(w, row, &new, &at);
	}
}

/* The equal lines before a change (or behind the last): a gap where there are many. */
static void add_between(struct writer *w, size_t old, size_t new, size_t count, bool is_first,
			bool is_last)
{
	size_t head = is_first ? 0 : DIFF_CONTEXT, tail = is_last ? 0 : DIFF_CONTEXT;

	/* A gap of one line would take as much room as the line. */
	if (head + tail + 1 >= count) {
		for (size_t i = 0; i < count; i++)
			add_same(w, old + i, new + i);
		return;
	}
	for (size_t i = 0; i < head; i++)
		add_same(w, old + i, new + i);
	add_row(w, DIFF_GAP)->skipped = (int64_t)(count - head - tail);
	for (size_t i = count - tail; i < count; i++)
		add_same(w, old + i, new + i);
}

static void write_rows(struct diff_rows *out, struct writer *w, const struct lines_hunks *hunks)
{
	size_t old = 0, new = 0;

	for (size_t i = 0; i < hunks->count; i++) {
		const struct lines_hunk *h = &hunks->items[i];

		add_between(w, old, new, h->a - old, i == 0, false);
		add_hunk(w, h);
		old = h->a + h->a_count;
		new = h->b + h->b_count;
		out->removed += (int64_t)h->a_count;
		out->added += (int64_t)h->b_count;
	}
	if (hunks->count)
		add_between(w, old, new, w->old->count - old, false, true);
	out->rows = w->rows;
	out->n_rows = w->n_rows;
}

void diff_make(struct diff_rows *out, struct arena *mem, struct str old, struct str new)
{
	struct lines old_lines, new_lines;
	struct lines_hunks hunks;
	struct writer w = {.mem = mem, .old = &old_lines, .new = &new_lines};

	*out = (struct diff_rows){0};
	lines_split(&old_lines, mem, old);
	lines_split(&new_lines, mem, new);
	if (old.len > DIFF_BYTES_MAX || new.len > DIFF_BYTES_MAX ||
	    old_lines.count > DIFF_LINES_MAX || new_lines.count > DIFF_LINES_MAX) {
		size_t removed, added;

		lines_count_changed(&removed, &added, mem, &old_lines, &new_lines);
		out->removed = (int64_t)removed;
		out->added = (int64_t)added;
		out->too_large = true;
		return;
	}
	lines_compare(&hunks, mem, &old_lines, &new_lines);
	w.rows = arena_array(mem, old_lines.count + new_lines.count + hunks.count + 2,
			     sizeof(*w.rows));
	write_rows(out, &w, &hunks);
}
