/* The words of links find their targets, for those who read both, and each act touches what it must. */
#include "schema/linked.h"

#include "schema/base/buf.h"
#include "schema/index_feed.h"
#include "schema/journal.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct reader writer;
static struct article target, linker;
static int64_t open_audience, closed_audience;

static int64_t audience_of(const char *space)
{
	struct audience *audiences;
	size_t count;

	assert_int_equal(audience_list(&audiences, &count, kit.db, &kit.mem, &writer, str_c(space)),
			 ST_OK);
	return audiences[0].id;
}

/* Each has a text of its own, because what is the same is not saved. */
static struct article_input linking(const char *space, struct article_link *links, size_t count)
{
	static int texts;
	struct article_input input =
		kit_input(space, "linker", arena_printf(&kit.mem, "Text %d", texts++).ptr);

	input.text.links = links;
	input.text.n_links = count;
	return input;
}

static struct article_link link_to(const char *key, const char *words)
{
	return (struct article_link){
		.title = str_c(key), .title_key = str_c(key), .words = str_c(words)};
}

static int set_up(void **state)
{
	struct article_link link = link_to("visas", "entry permits");
	struct article_input input;

	(void)state;
	kit_open(&kit);
	input = linking("open", &link, 1);
	kit_space(&kit, "open");
	kit_space(&kit, "closed");
	kit_circle(&kit, "open", "writers", LEVEL_MANAGE, "writer");
	kit_circle(&kit, "closed", "writers", LEVEL_MANAGE, "");
	writer = kit_reader(&kit, "writer");
	open_audience = audience_of("open");
	closed_audience = audience_of("closed");
	target = kit_article(&kit, &writer, "open", "visas");
	assert_int_equal(article_create(&linker, kit.db, &kit.mem, &writer, &input), ST_OK);
	return 0;
}

/* The words that find an article, joined, and the number of articles that link to it. */
static struct indexable loaded(const struct article *article)
{
	struct indexable out;

	assert_int_equal(index_feed_load(&out, kit.db, &kit.mem,
					 (struct index_id){INDEX_ARTICLE, article->id}),
			 ST_OK);
	return out;
}

static void assert_words(const struct article *article, const char *expected)
{
	AUTO(buf) struct buf words = {0};
	struct indexable doc = loaded(article);

	for (size_t i = 0; i < doc.n_link_texts; i++)
		buf_printf(&words, "%s%.*s", i ? "|" : "", STR_ARG(doc.link_texts[i]));
	assert_str(buf_str(&words), expected);
}

/* The last act touched the target alone, and hid words of it or not. */
static void assert_touched(bool touched, bool hidden)
{
	struct index_id *ids;
	int64_t head;
	size_t count;

	assert_int_equal(journal_head(&head, kit.db), ST_OK);
	assert_int_equal(index_feed_linked(&ids, &count, kit.db, &kit.mem, head), ST_OK);
	assert_int_equal(count, touched);
	if (touched) {
		assert_int_equal(ids[0].number, target.id);
		assert_int_equal(loaded(&target).change, head);
	}
	assert_int_equal(index_feed_hidden(&ids, &count, kit.db, &kit.mem, head - 1), ST_OK);
	assert_int_equal(count, hidden);
	assert_int_equal(index_feed_hidden(&ids, &count, kit.db, &kit.mem, head), ST_OK);
	assert_int_equal(count, 0);
}

static void save(int64_t base, struct article_input input)
{
	assert_int_equal(
		article_save(&linker, kit.db, &kit.mem, &writer, linker.public_id, base, &input),
		ST_OK);
}

static void test_words_of_links_find_their_target(void **state)
{
	struct article_link links[] = {link_to("visas", "permits"),
				       link_to("visas", ""),
				       link_to("nowhere", "x"),
				       link_to("linker", "self"),
				       {.target_id = target.public_id, .words = STR("by address")}};

	(void)state;
	assert_touched(true, false);
	assert_words(&target, "entry permits");
	save(1, linking("open", links, COUNT(links)));
	assert_touched(true, false);
	assert_words(&target, "by address|permits|visas");
	assert_int_equal(loaded(&target).linkers, 1);
	assert_words(&linker, "");
}

static void test_a_save_touches_what_it_changes(void **state)
{
	struct article_link links[] = {link_to("other", "other"),
				       link_to("visas", "entry permits")};
	struct article_input input = linking("open", links, 2);

	(void)state;
	save(1, input);
	assert_touched(false, false);
	input.text.n_links = 1;
	input.text.body = STR("Without.");
	save(2, input);
	assert_touched(true, false);
	assert_words(&target, "");
}

static void test_links_of_a_draft_count_for_nobody(void **state)
{
	struct article_link link = link_to("visas", "entry permits");
	struct article_input input = linking("open", &link, 1);

	(void)state;
	input.status = ARTICLE_DRAFT;
	save(1, input);
	assert_touched(true, true);
	assert_words(&target, "");
	input.text.body = STR("Still a draft.");
	save(2, input);
	assert_touched(false, false);
	input.status = ARTICLE_PUBLISHED;
	save(3, input);
	assert_touched(true, false);
	assert_words(&target, "entry permits");
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, linker.public_id, ARTICLE_DRAFT),
		ST_OK);
	assert_touched(true, true);
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, linker.public_id, ARTICLE_ARCHIVED),
		ST_OK);
	assert_touched(true, false);
	assert_words(&target, "entry permits");
}

static void test_thrown_away_and_brought_back(void **state)
{
	(void)state;
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, linker.public_id, true),
			 ST_OK);
	assert_touched(true, true);
	assert_words(&target, "");
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, linker.public_id, false),
			 ST_OK);
	assert_touched(true, false);
	assert_words(&target, "entry permits");
}

static void test_other_readers_know_other_words(void **state)
{
	struct index_id *ids;
	size_t count;
	int64_t head;

	(void)state;
	assert_int_equal(article_move(kit.db, &kit.mem, &writer, linker.public_id, closed_audience),
			 ST_OK);
	assert_touched(true, true);
	assert_words(&target, "");
	assert_int_equal(article_move(kit.db, &kit.mem, &writer, target.public_id, closed_audience),
			 ST_OK);
	assert_words(&target, "entry permits");
	/* From here to there: it is hidden from the old readers and shown to the new ones. */
	assert_int_equal(article_move(kit.db, &kit.mem, &writer, target.public_id, open_audience),
			 ST_OK);
	assert_words(&target, "");
	assert_int_equal(article_move(kit.db, &kit.mem, &writer, linker.public_id, open_audience),
			 ST_OK);
	assert_touched(true, false);
	assert_words(&target, "entry permits");
	assert_int_equal(journal_head(&head, kit.db), ST_OK);
	assert_int_equal(index_feed_hidden(&ids, &count, kit.db, &kit.mem, 0), ST_OK);
	assert_int_equal(count, 1);
}

static void test_a_former_title_is_still_a_target(void **state)
{
	struct article_input input = kit_input("open", "permits", "Text.");

	(void)state;
	assert_int_equal(
		article_save(&target, kit.db, &kit.mem, &writer, target.public_id, 1, &input),
		ST_OK);
	assert_words(&target, "entry permits");
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, linker.public_id, true),
			 ST_OK);
	assert_touched(true, true);
	assert_words(&target, "");
}

static void test_hidden_words_stay_marked_until_they_are_gone(void **state)
{
	struct article_link link = link_to("visas", "from elsewhere");
	struct article_input input = linking("open", &link, 1);
	struct index_id *ids;
	struct article other;
	int64_t hidden_at;
	size_t count;

	(void)state;
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, linker.public_id, true),
			 ST_OK);
	assert_int_equal(journal_head(&hidden_at, kit.db), ST_OK);
	assert_int_equal(article_create(&other, kit.db, &kit.mem, &writer, &input), ST_OK);
	assert_int_equal(index_feed_hidden(&ids, &count, kit.db, &kit.mem, hidden_at - 1), ST_OK);
	assert_int_equal(count, 1);
	/* The row that hid them still puts the target, though a later one touches it again. */
	assert_int_equal(index_feed_linked(&ids, &count, kit.db, &kit.mem, hidden_at), ST_OK);
	assert_int_equal(count, 1);
	assert_words(&target, "from elsewhere");
}

static void test_only_so_many_links_of_an_article_count(void **state)
{
	static struct article_link links[LINKED_MAX + 1];
	struct article_input input = linking("open", links, LINKED_MAX + 1);

	(void)state;
	for (size_t i = 0; i < LINKED_MAX; i++)
		links[i] = link_to("nowhere", "x");
	links[LINKED_MAX] = link_to("visas", "too late");
	save(1, input);
	assert_words(&target, "");
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, linker.public_id, true),
			 ST_OK);
	assert_touched(false, false);
}

static void test_the_list_tells_the_same_change(void **state)
{
	struct index_entry *list;
	size_t count;

	(void)state;
	assert_int_equal(index_feed_list(&list, &count, kit.db, &kit.mem, (struct index_id){0}, 9),
			 ST_OK);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].change, loaded(&target).change);
	assert_int_equal(list[1].change, loaded(&linker).change);
	assert_true(list[0].change == list[1].change);
}

#define ON_RECORD(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RECORD(test_words_of_links_find_their_target),
		ON_RECORD(test_a_save_touches_what_it_changes),
		ON_RECORD(test_links_of_a_draft_count_for_nobody),
		ON_RECORD(test_thrown_away_and_brought_back),
		ON_RECORD(test_other_readers_know_other_words),
		ON_RECORD(test_a_former_title_is_still_a_target),
		ON_RECORD(test_hidden_words_stay_marked_until_they_are_gone),
		ON_RECORD(test_only_so_many_links_of_an_article_count),
		ON_RECORD(test_the_list_tells_the_same_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
