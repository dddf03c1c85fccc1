/* Messages survive the way through a socket, and damaged ones are refused. */
#include "indexer/wire.h"

#include "indexer/convert_wire.h"
#include "indexer/doc.h"
#include "indexer/search.h"
#include "schema/base/clock.h"
#include "tests/support/check.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];

static int open_pair(void **state)
{
	(void)state;
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
}

static int close_pair(void **state)
{
	(void)state;
	(void)close(pair[0]);
	if (pair[1] >= 0)
		(void)close(pair[1]);
	return 0;
}

static struct wire_reader reader_of(const struct buf *message)
{
	return (struct wire_reader){.bytes = str_from(buf_str(message), 5)};
}

static void test_fields_come_back(void **state)
{
	AUTO(buf) struct buf out = {0}, in = {0};
	enum wire_kind kind;
	struct wire_reader r;

	(void)state;
	wire_begin(&out, WIRE_PING);
	wire_u32(&out, 0xfedcba98);
	wire_i64(&out, INT64_MIN);
	wire_i64(&out, 5);
	wire_text(&out, STR("devon"));
	wire_text(&out, STR_NONE);
	assert_int_equal(wire_send(pair[0], &out, 0), ST_OK);
	assert_int_equal(wire_receive(pair[1], &in, &kind, &r, 0), ST_OK);
	assert_int_equal(kind, WIRE_PING);
	assert_int_equal(wire_get_u32(&r), 0xfedcba98);
	assert_true(wire_get_i64(&r) == INT64_MIN);
	assert_true(wire_get_i64(&r) == 5);
	assert_true(str_is(wire_get_text(&r), "devon"));
	assert_false(wire_get_end(&r));
	assert_true(str_is(wire_get_text(&r), ""));
	assert_true(wire_get_end(&r));
	assert_int_equal(wire_get_u32(&r), 0);
	assert_false(wire_get_end(&r));
}

static void *send_large(void *message)
{
	return wire_send(pair[0], message, 0) == ST_OK ? message : NULL;
}

static void test_large_message_passes_in_pieces(void **state)
{
	AUTO(buf) struct buf out = {0}, in = {0}, body = {0};
	enum wire_kind kind;
	struct wire_reader r;
	pthread_t thread;
	void *sent;

	(void)state;
	while (body.len < 3000000)
		buf_printf(&body, "%zu ", body.len);
	wire_begin(&out, WIRE_CONVERT);
	wire_text(&out, buf_str(&body));
	assert_int_equal(pthread_create(&thread, NULL, send_large, &out), 0);
	assert_int_equal(wire_receive(pair[1], &in, &kind, &r, 0), ST_OK);
	assert_int_equal(pthread_join(thread, &sent), 0);
	assert_non_null(sent);
	assert_true(str_eq(wire_get_text(&r), buf_str(&body)));
	assert_true(wire_get_end(&r));
}

static void test_announced_length_is_limited(void **state)
{
	AUTO(buf) struct buf in = {0};
	enum wire_kind kind;
	struct wire_reader r;

	(void)state;
	assert_int_equal(write(pair[0], "\xff\xff\xff\x7f\x01", 5), 5);
	assert_int_equal(wire_receive(pair[1], &in, &kind, &r, 0), ST_INVALID);
	assert_int_equal(write(pair[0], "\0\0\0", 3), 3); /* a frame without a kind: 01 00 00 00 */
	assert_int_equal(wire_receive(pair[1], &in, &kind, &r, clock_mono() + 20000), ST_BUSY);
}

static void test_empty_frame_is_refused(void **state)
{
	AUTO(buf) struct buf in = {0};
	enum wire_kind kind;
	struct wire_reader r;

	(void)state;
	assert_int_equal(write(pair[0], "\0\0\0\0", 4), 4);
	assert_int_equal(wire_receive(pair[1], &in, &kind, &r, 0), ST_INVALID);
}

static void test_too_large_is_not_sent(void **state)
{
	AUTO(buf) struct buf out = {0};
	char *big = xmalloc(WIRE_MAX);

	(void)state;
	memset(big, 'x', WIRE_MAX);
	wire_begin(&out, WIRE_CONVERT);
	wire_text(&out, str_of(big, WIRE_MAX));
	assert_int_equal(wire_send(pair[0], &out, clock_mono() + 1000000), ST_TOO_LARGE);
	free(big);
}

static void test_end_is_seen_between_messages_only(void **state)
{
	AUTO(buf) struct buf in = {0};
	enum wire_kind kind;
	struct wire_reader r;

	(void)state;
	assert_int_equal(write(pair[1], "\x05\0\0\0\x01", 5), 5);
	assert_int_equal(close(pair[1]), 0);
	pair[1] = -1;
	assert_int_equal(wire_receive(pair[0], &in, &kind, &r, 0), ST_FAILED);
	assert_int_equal(wire_receive(pair[0], &in, &kind, &r, 0), ST_NOT_FOUND);
}

static void test_deadline_ends_waiting(void **state)
{
	AUTO(buf) struct buf in = {0};
	enum wire_kind kind;
	struct wire_reader r;
	int64_t start = clock_mono();

	(void)state;
	assert_int_equal(wire_receive(pair[0], &in, &kind, &r, start + 30000), ST_BUSY);
	assert_true(clock_mono() - start >= 30000);
}

static void test_counts_are_checked_before_memory(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct wire_reader r;
	size_t count;

	(void)state;
	wire_begin(&out, WIRE_PUT);
	wire_u32(&out, 0x40000000);
	wire_u32(&out, 0);
	r = reader_of(&out);
	(void)wire_get_texts(&r, &mem, &count);
	assert_int_equal(count, 0);
	assert_true(r.bad);
	wire_begin(&out, WIRE_PUT);
	wire_u32(&out, 2); /* two texts take eight bytes at least */
	wire_u32(&out, 0);
	r = reader_of(&out);
	(void)wire_get_texts(&r, &mem, &count);
	assert_int_equal(count, 0);
}

/* ---- each message: what is written is read, and no shorter or longer one is ------------------- */
typedef bool read_any(struct arena *mem, struct wire_reader *r);

static void check_all_lengths(const struct buf *message, read_any *read)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf longer = {0};
	struct wire_reader r = reader_of(message);

	assert_true(read(&mem, &r));
	for (size_t len = 0; len < r.bytes.len; len++) {
		struct wire_reader cut = {.bytes = str_head(reader_of(message).bytes, len)};

		assert_false(read(&mem, &cut));
	}
	buf_str_add(&longer, buf_str(message));
	buf_byte(&longer, '\0');
	r = reader_of(&longer);
	assert_false(read(&mem, &r));
}

static bool read_doc(struct arena *mem, struct wire_reader *r)
{
	struct index_doc doc;

	return doc_read(&doc, mem, r);
}

static void test_document(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct str tags[] = {STR("viza"), STR("konsullik")}, authors[] = {STR("a")};
	struct index_doc back, doc = {.audience = 7,
				      .id = STR("a9"),
				      .revision = 3,
				      .type = STR("article"),
				      .title = STR("Viza"),
				      .body = STR("matn"),
				      .tags = tags,
				      .n_tags = 2,
				      .office = STR("london"),
				      .authors = authors,
				      .n_authors = 1,
				      .modified = -5};
	struct wire_reader r;

	(void)state;
	doc_write(&out, &doc);
	check_all_lengths(&out, read_doc);
	r = reader_of(&out);
	assert_true(doc_read(&back, &mem, &r));
	assert_true(back.audience == 7 && back.revision == 3 && back.modified == -5);
	assert_true(str_is(back.id, "a9") && str_is(back.title, "Viza"));
	assert_true(back.n_tags == 2 && str_is(back.tags[1], "konsullik"));
	assert_str(back.office, "london");
	assert_true(back.n_authors == 1 && str_is(back.authors[0], "a"));
}

static void test_document_without_place_is_refused(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct index_doc doc = {.audience = 7, .id = STR("A/9")}, back;
	struct wire_reader r;

	(void)state;
	doc_write(&out, &doc);
	r = reader_of(&out);
	assert_false(doc_read(&back, &mem, &r));
	doc.id = STR("a9");
	doc.audience = 0;
	doc_write(&out, &doc);
	r = reader_of(&out);
	assert_false(doc_read(&back, &mem, &r));
}

static bool read_request(struct arena *mem, struct wire_reader *r)
{
	struct search_request request;

	return search_request_read(&request, mem, r);
}

static struct search_request sample_request(const int64_t *ids, const int64_t *versions)
{
	static struct str space[] = {STR("help")}, hidden[] = {STR("a1"), STR("a2")};
	static struct search_form forms[] = {{STR("elchixona"), STEM_UZ},
					     {STR("embassy"), STEM_EN}};
	static struct search_expansion expansions[] = {{1, 2, forms, 2}};

	return (struct search_request){.audiences = {ids, 2},
				       .versions = versions,
				       .query = STR("viza"),
				       .spaces = space,
				       .n_spaces = 1,
				       .after = 10,
				       .sort = SEARCH_BY_DATE,
				       .offset = 20,
				       .limit = 10,
				       .join_translations = true,
				       .all_words = true,
				       .tags_only = true,
				       .reader_lang = STR("uz-Latn"),
				       .excluded = hidden,
				       .n_excluded = 2,
				       .as_typed = true,
				       .expansions = expansions,
				       .n_expansions = 1};
}

static void test_request(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	const int64_t ids[] = {3, 8}, versions[] = {1, 2};
	struct search_request request = sample_request(ids, versions), back;
	struct wire_reader r;

	(void)state;
	search_request_write(&out, &request);
	check_all_lengths(&out, read_request);
	r = reader_of(&out);
	assert_true(search_request_read(&back, &mem, &r));
	assert_true(back.audiences.count == 2 && back.audiences.ids[1] == 8);
	assert_true(back.versions[1] == 2 && back.after == 10 && back.before == 0);
	assert_true(back.sort == SEARCH_BY_DATE && back.offset == 20 && back.limit == 10);
	assert_true(!back.facets && back.join_translations && back.all_words);
	assert_true(back.tags_only && !back.marks_only);
	assert_true(str_is(back.reader_lang, "uz-Latn"));
	assert_true(back.n_excluded == 2 && str_is(back.excluded[1], "a2"));
	assert_true(back.as_typed && back.n_expansions == 1);
	assert_true(back.expansions[0].first == 1 && back.expansions[0].count == 2);
	assert_true(back.expansions[0].n_forms == 2 && back.expansions[0].forms[1].lang == STEM_EN);
	assert_true(str_is(back.expansions[0].forms[1].text, "embassy"));
}

static bool is_read_with(const struct search_expansion *expansions, size_t count)
{
	static const int64_t ids[] = {3, 8}, versions[] = {1, 2};
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct search_request request = sample_request(ids, versions), back;
	struct search_expansion copy[EXPANSIONS_MAX + 1];
	struct wire_reader r;

	memcpy(copy, expansions, count * sizeof(*copy));
	request.expansions = copy;
	request.n_expansions = count;
	search_request_write(&out, &request);
	r = reader_of(&out);
	return search_request_read(&back, &mem, &r);
}

static void test_expansions_have_limits(void **state)
{
	struct search_form forms[EXPANSION_FORMS_MAX + 1] = {{STR("a"), STEM_UZ}};
	struct search_expansion good = {0, 1, forms, EXPANSION_FORMS_MAX}, bad = good;
	struct search_expansion many[EXPANSIONS_MAX + 1];

	(void)state;
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = good;
	assert_true(is_read_with(many, EXPANSIONS_MAX));
	assert_false(is_read_with(many, EXPANSIONS_MAX + 1));
	bad.n_forms = 0;
	assert_false(is_read_with(&bad, 1));
	bad.n_forms = EXPANSION_FORMS_MAX + 1;
	assert_false(is_read_with(&bad, 1));
	bad = good;
	bad.count = 0;
	assert_false(is_read_with(&bad, 1));
	forms[3].lang = STEM_COUNT;
	assert_false(is_read_with(&good, 1));
}

static void test_request_needs_ascending_audiences(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	const int64_t twice[] = {8, 8}, versions[] = {1, 2};
	struct search_request request = sample_request(twice, versions), back;
	struct wire_reader r;

	(void)state;
	search_request_write(&out, &request);
	r = reader_of(&out);
	assert_false(search_request_read(&back, &mem, &r));
}

static bool read_result(struct arena *mem, struct wire_reader *r)
{
	struct search_result result;

	return search_result_read(&result, mem, r);
}

static void test_result(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct search_hit hits[] = {{STR("a1"), 4, 1.25}, {STR("a2"), 5, 0.5}};
	struct facet_value values[] = {{STR("help"), 2}};
	struct search_facet facets[] = {{STR("space"), values, 1}};
	struct str marks[] = {STR("Zviza"), STR("viza")};
	struct search_result back, result = {.hits = hits,
					     .n_hits = 2,
					     .total = 9,
					     .exact = true,
					     .total_all = 2,
					     .texts = 7,
					     .facets = facets,
					     .n_facets = 1,
					     .marks = marks,
					     .n_marks = 2,
					     .suggestion = STR("viza"),
					     .partial = true};
	struct wire_reader r;

	(void)state;
	search_result_write(&out, &result);
	check_all_lengths(&out, read_result);
	r = reader_of(&out);
	assert_true(search_result_read(&back, &mem, &r));
	buf_release(&out); /* nothing may point into the message */
	assert_true(back.n_hits == 2 && str_is(back.hits[1].id, "a2"));
	assert_true(back.hits[1].audience == 5);
	assert_true(memcmp(&back.hits[0].score, &hits[0].score, sizeof(double)) == 0);
	assert_true(back.total == 9 && back.exact && back.total_all == 2 && back.texts == 7);
	assert_true(back.partial);
	assert_true(str_is(back.facets[0].values[0].value, "help"));
	assert_true(back.n_marks == 2 && str_is(back.marks[0], "Zviza"));
	assert_true(str_is(back.suggestion, "viza"));
}

static bool read_converted(struct arena *mem, struct wire_reader *r)
{
	struct markdown_result result;

	return convert_reply_read(&result, mem, r);
}

static void test_converted(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct markdown_heading headings[] = {{2, STR("a"), STR("A"), 17}};
	struct markdown_link links[] = {{LINK_OUTSIDE, STR("https://x"), STR("s"), STR("t")}};
	struct markdown_result back, result = {.tree = STR("\x04\x00"),
					       .plain = STR("A"),
					       .headings = headings,
					       .n_headings = 1,
					       .links = links,
					       .n_links = 1};
	struct wire_reader r;

	(void)state;
	convert_reply_write(&out, &result);
	check_all_lengths(&out, read_converted);
	r = reader_of(&out);
	assert_true(convert_reply_read(&back, &mem, &r));
	buf_release(&out);
	assert_true(str_eq(back.tree, result.tree) && str_is(back.plain, "A"));
	assert_true(back.headings[0].level == 2 && back.headings[0].offset == 17);
	assert_true(back.links[0].kind == LINK_OUTSIDE && str_is(back.links[0].text, "t"));
}

static void test_converted_out_of_range_is_refused(void **state)
{
	AUTO(buf) struct buf out = {0};
	AUTO(arena) struct arena mem = {0};
	struct markdown_heading headings[] = {{7, STR("a"), STR("A"), 17}};
	struct markdown_result back, result = {.headings = headings, .n_headings = 1};
	struct wire_reader r;

	(void)state;
	convert_reply_write(&out, &result);
	r = reader_of(&out);
	assert_false(convert_reply_read(&back, &mem, &r));
}

#define ON_PAIR(test) cmocka_unit_test_setup_teardown(test, open_pair, close_pair)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_PAIR(test_fields_come_back),
		ON_PAIR(test_large_message_passes_in_pieces),
		ON_PAIR(test_announced_length_is_limited),
		ON_PAIR(test_empty_frame_is_refused),
		ON_PAIR(test_too_large_is_not_sent),
		ON_PAIR(test_end_is_seen_between_messages_only),
		ON_PAIR(test_deadline_ends_waiting),
		cmocka_unit_test(test_counts_are_checked_before_memory),
		cmocka_unit_test(test_document),
		cmocka_unit_test(test_document_without_place_is_refused),
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_request_needs_ascending_audiences),
		cmocka_unit_test(test_expansions_have_limits),
		cmocka_unit_test(test_result),
		cmocka_unit_test(test_converted),
		cmocka_unit_test(test_converted_out_of_range_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
