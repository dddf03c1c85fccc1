/* Other readings of a query, and the people whom it names. */
#include "server/pages/search_help.h"

#include "indexer/keyboard.h"
#include "indexer/query.h"
#include "schema/complete.h"
#include "server/pages/pages.h"

enum { PEOPLE_MOST = 3 };

/* ---- spelling ------------------------------------------------------------------------------------ */
/* The Cyrillic word of the text that is folded so, in small letters, or the empty text. */
static struct str written_in(struct arena *mem, struct str text, struct str t1)
{
	struct tokeniser words;
	struct token word;

	tokeniser_init(&words, text);
	while (tokeniser_next(&words, &word))
		if ((word.traits & TOKEN_CYRILLIC) && str_eq(word.t1, t1))
			return arena_str(mem, word.cyrillic);
	return STR_NONE;
}

static struct str written_as(struct arena *mem, const struct search_answer *found, struct str t1)
{
	struct str written = STR_NONE;

	for (size_t i = 0; i < found->n_hits && !written.len; i++) {
		written = written_in(mem, found->hits[i].title, t1);
		if (!written.len)
			written = written_in(mem, found->hits[i].snippet.html_bytes, t1);
	}
	return written;
}

/*
 * A suggestion comes from folded letters, which have lost ь and ъ: its words are written as what it
 * found has them, so that nobody is asked whether they mean "посолство".
 */
static struct str as_written(struct arena *mem, struct str suggestion,
			     const struct search_answer *found)
{
	AUTO(buf) struct buf out = {0};
	struct tokeniser words;
	struct token word;
	size_t from = 0;

	tokeniser_init(&words, suggestion);
	while (tokeniser_next(&words, &word)) {
		struct str written =
			word.traits & TOKEN_CYRILLIC ? written_as(mem, found, word.t1) : STR_NONE;

		if (!written.len)
			continue;
		buf_add(&out, suggestion.ptr + from, word.start - from);
		buf_str_add(&out, written);
		from = word.start + word.len;
	}
	buf_str_add(&out, str_from(suggestion, from));
	return buf_keep(&out, mem);
}

/* ---- other readings ------------------------------------------------------------------------------ */
/* Search for another reading; `sure`: all words of it must be found. */
static enum status try_reading(bool *found, struct search_answer *answer, struct request *rq,
			       const struct search_request *asked, struct str reading, bool sure)
{
	struct search_request request = *asked;
	struct search_answer other = {0};

	request.query = reading;
	TRY(search_run(&other, rq->app, rq->reader, rq->db, rq->mem, &request));
	*found = (other.n_hits > 0 || (request.offset && other.total > 0)) &&
		 (!sure || other.total_all > 0);
	if (!*found)
		return ST_OK;
	other.suggestion = as_written(rq->mem, reading, &other);
	if (rq->json)
		answer->suggestion = other.suggestion;
	else
		*answer = other;
	return ST_OK;
}

/* Filters are named in Latin letters: who typed one looked at the screen. */
static bool is_plain(const struct query *query)
{
	for (size_t i = 0; i < query->n_clauses; i++) {
		for (size_t k = 0; k < query->clauses[i].n_atoms; k++) {
			if (query->clauses[i].atoms[k].title)
				return false;
		}
	}
	return !query->n_filters && !query->dated && !query->n_excluded_spans;
}

static enum status try_keyboard(bool *found, struct search_answer *answer, struct request *rq,
				const struct search_request *request)
{
	struct str readings[KEYBOARD_READINGS];
	struct query query;
	size_t count;

	query_parse(&query, rq->mem, request->query);
	count = is_plain(&query) ? keyboard_readings(readings, rq->mem, query.text) : 0;
	for (size_t i = 0; i < count && !*found; i++)
		TRY(try_reading(found, answer, rq, request, readings[i], true));
	return ST_OK;
}

enum status search_otherwise(struct search_view *out, struct search_answer *answer,
			     struct request *rq, const struct search_request *request)
{
	struct str better = answer->suggestion;
	bool found = false;

	if (request->as_typed)
		return ST_OK;
	TRY(try_keyboard(&found, answer, rq, request));
	out->slipped = found && !rq->json;
	if (!found && better.len)
		TRY(try_reading(&found, answer, rq, request, better, false));
	out->corrected = found && !rq->json;
	return ST_OK;
}

/* ---- where hits open ----------------------------------------------------------------------------- */
static void open_hits(struct search_view *out, struct arena *mem)
{
	struct str query = out->corrected ? out->suggestion : out->asked.query;

	for (size_t i = 0; i < out->n_hits; i++) {
		struct search_hit_view *hit = &out->hits[i];

		hit->found = hit->url;
		if (!str_is(hit->type, "article") || out->down)
			continue;
		hit->found = url_with(mem, hit->found, "q", query);
		if (out->asked.as_typed)
			hit->found = url_with(mem, hit->found, "exact", STR("1"));
		hit->found = url_with(mem, hit->found, "s", out->mark);
		hit->found = url_at(mem, hit->found, STR("passage"));
	}
}

/* ---- people -------------------------------------------------------------------------------------- */
/* False unless the query is a few plain words. */
static bool read_names(struct complete_key *out, struct arena *mem, struct str text)
{
	struct query query;

	*out = (struct complete_key){.typed = text, .whole = true};
	query_parse(&query, mem, text);
	if (!is_plain(&query) || query.n_clauses > COMPLETE_WORDS)
		return false;
	for (size_t i = 0; i < query.n_clauses; i++) {
		const struct query_clause *clause = &query.clauses[i];
		const struct query_atom *atom = &clause->atoms[0];

		if (clause->excluded || clause->n_atoms > 1 || atom->kind == QUERY_PREFIX)
			return false;
		for (size_t w = 0; w < atom->n_words; w++) {
			if (out->n_words == COMPLETE_WORDS)
				return false;
			out->words[out->n_words++] = atom->words[w].t1;
		}
	}
	return out->n_words > 0;
}

static enum status fill_people(struct search_view *out, struct request *rq)
{
	struct complete_person *found;
	struct complete_key key;
	size_t count;

	if (out->asked.offset || search_filters(&out->asked) ||
	    !read_names(&key, rq->mem, out->asked.query))
		return ST_OK;
	TRY(complete_people(&found, &count, rq->db, rq->mem, rq->reader, &key, PEOPLE_MOST));
	if (!count)
		TRY(complete_office(&found, &count, rq->db, rq->mem, rq->reader, &key,
				    PEOPLE_MOST));
	out->people = arena_array(rq->mem, count + 1, sizeof(*out->people));
	for (size_t i = 0; i < count; i++)
		out->people[out->n_people++] = (struct search_person_view){
			.person = {found[i].login, found[i].name},
			.note = complete_person_note(rq->mem, &found[i]),
		};
	return ST_OK;
}

void search_json_people(struct json_out *j, const struct search_view *v)
{
	jo_list(j, "people");
	for (size_t i = 0; i < v->n_people; i++) {
		jo_object(j, NULL);
		jo_str(j, "login", v->people[i].person.login);
		jo_str(j, "name", v->people[i].person.name);
		jo_str(j, "note", v->people[i].note);
		jo_end(j);
	}
	jo_end(j);
}

/* ---- all of it ------------------------------------------------------------------------------------ */
enum status search_help(struct search_view *out, struct request *rq,
			const struct search_request *request, bool answered)
{
	open_hits(out, rq->mem);
	if (!out->asked.query.len)
		return ST_OK;
	TRY(fill_people(out, rq));
	if (rq->json || !answered || out->n_hits)
		return ST_OK;
	return search_nothing_fill(out, rq, request);
}
