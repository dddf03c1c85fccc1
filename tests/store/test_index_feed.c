/* What the indexer is told: threads follow their article's readers, each act touches what it must. */
#include "schema/index_feed.h"

#include "schema/journal.h"
#include "schema/space.h"
#include "schema/thread.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct reader writer;
static struct article article;
static struct thread thread;
static int64_t head; /* of the journal, when the test begins */

static struct post_input message(const char *text, const char *lang)
{
	return (struct post_input){.body = str_c(text), .plain = str_c(text), .lang = str_c(lang)};
}

static void answer(const char *text, const char *lang)
{
	struct post_input input = message(text, lang);
	struct post post;

	assert_int_equal(post_create(&post, kit.db, &kit.mem, &writer, thread.public_id, &input),
			 ST_OK);
}

static int set_up(void **state)
{
	struct post_input first = message("Is the visa free?", "en");

	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "closed");
	kit_circle(&kit, "open", "writers", LEVEL_MANAGE, "writer");
	kit_circle(&kit, "closed", "writers", LEVEL_WRITE, "");
	writer = kit_reader(&kit, "writer");
	article = kit_article(&kit, &writer, "open", "Visas");
	assert_int_equal(thread_create(&thread, kit.db, &kit.mem, &writer, article.public_id,
				       STR("The fee"), STR("a passage"), &first),
			 ST_OK);
	assert_int_equal(journal_head(&head, kit.db), ST_OK);
	return 0;
}

static struct index_id thread_id(void)
{
	return (struct index_id){INDEX_THREAD, thread.id};
}

static struct indexable loaded(struct index_id id)
{
	struct indexable out;

	assert_int_equal(index_feed_load(&out, kit.db, &kit.mem, id), ST_OK);
	return out;
}

/* The single change since the test began. */
static struct journal_change only_change(void)
{
	struct journal_change *changes;
	int64_t last;
	size_t count;

	assert_int_equal(journal_next_changes(&changes, &count, &last, kit.db, &kit.mem, head, 10),
			 ST_OK);
	assert_int_equal(count, 1);
	assert_int_equal(changes[0].seq, last);
	return changes[0];
}

static void test_a_thread_is_what_was_said_in_it(void **state)
{
	struct indexable doc;

	(void)state;
	answer("Для всех бесплатно.", "ru");
	answer("Мгновенно.", "ru");
	doc = loaded(thread_id());
	assert_true(doc.indexed);
	assert_int_equal(doc.article_id, article.id);
	assert_int_equal(doc.audience_id, article.audience_id);
	assert_str(doc.title, "The fee");
	assert_str(doc.plain, "Is the visa free?\n\nДля всех бесплатно.\n\nМгновенно.");
	assert_str(doc.lang, "ru");
	assert_str(doc.space_key, "open");
	assert_true(str_eq(doc.key, thread.public_id));
	assert_int_equal(doc.n_authors, 1);
	assert_str(doc.authors[0], "writer");
}

static void test_a_deleted_message_is_not_told(void **state)
{
	struct indexable doc;

	(void)state;
	answer("Бесплатно.", "ru");
	assert_int_equal(post_delete(kit.db, &kit.mem, &writer, thread.public_id, 1), ST_OK);
	doc = loaded(thread_id());
	assert_str(doc.plain, "Бесплатно.");
	assert_str(doc.lang, "ru");
}

static void test_every_act_in_a_thread_touches_it(void **state)
{
	struct post_input better = message("Is it really free?", "en");
	struct journal_change change;

	(void)state;
	answer("Yes.", "en");
	change = only_change();
	assert_int_equal(change.id.kind, INDEX_THREAD);
	assert_int_equal(change.id.number, thread.id);
	assert_int_equal(loaded(thread_id()).change, change.seq);
	head = change.seq;
	assert_int_equal(post_edit(kit.db, &kit.mem, &writer, thread.public_id, 1, &better), ST_OK);
	assert_int_equal(loaded(thread_id()).change, only_change().seq);
	head++;
	assert_int_equal(post_delete(kit.db, &kit.mem, &writer, thread.public_id, 2), ST_OK);
	assert_int_equal(loaded(thread_id()).change, only_change().seq);
	head++;
	assert_int_equal(thread_set_resolved(kit.db, &kit.mem, &writer, thread.public_id, true),
			 ST_OK);
	assert_int_equal(loaded(thread_id()).change, only_change().seq);
}

static void test_an_edit_of_the_article_leaves_its_threads_alone(void **state)
{
	struct article_input input = kit_input("open", "Visas", "Another text.");
	int64_t before = loaded(thread_id()).change;
	struct article out;

	(void)state;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input), ST_OK);
	assert_int_equal(only_change().audience_was, 0);
	assert_int_equal(loaded(thread_id()).change, before);
}

/* The last act gave the article other readers: its threads come along. */
static void assert_touched(bool indexed)
{
	struct journal_change change = only_change();
	struct indexable doc = loaded(thread_id());

	assert_int_equal(change.id.kind, INDEX_ARTICLE);
	assert_int_equal(change.audience_was, article.audience_id);
	assert_int_equal(doc.change, change.seq);
	assert_int_equal(doc.indexed, indexed);
	head = change.seq;
}

static void test_a_moved_article_takes_its_threads_along(void **state)
{
	struct audience *audiences;
	size_t count;

	(void)state;
	assert_int_equal(
		audience_list(&audiences, &count, kit.db, &kit.mem, &writer, STR("closed")), ST_OK);
	assert_int_equal(
		article_move(kit.db, &kit.mem, &writer, article.public_id, audiences[0].id), ST_OK);
	assert_touched(true);
	assert_int_equal(loaded(thread_id()).audience_id, audiences[0].id);
	assert_str(loaded(thread_id()).space_key, "closed");
}

static void test_threads_go_into_the_trash_and_come_back(void **state)
{
	(void)state;
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, article.public_id, true),
			 ST_OK);
	assert_touched(false);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, article.public_id, false),
			 ST_OK);
	assert_touched(true);
}

static void test_threads_on_a_draft_are_not_told(void **state)
{
	struct article_input input = kit_input("open", "Visas", "Published by saving.");
	struct article out;

	(void)state;
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, article.public_id, ARTICLE_DRAFT),
		ST_OK);
	assert_touched(false);
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, article.public_id, ARTICLE_PUBLISHED),
		ST_OK);
	assert_touched(true);
	input.status = ARTICLE_DRAFT;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input), ST_OK);
	assert_touched(false);
	input.status = ARTICLE_PUBLISHED;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 2, &input), ST_OK);
	assert_touched(true);
}

static void test_the_list_goes_through_all_kinds(void **state)
{
	struct index_id after = {0};
	struct index_entry *step;
	size_t count, threads = 0, articles = 0;

	(void)state;
	(void)kit_article(&kit, &writer, "open", "Another");
	assert_int_equal(index_feed_list(&step, &count, kit.db, &kit.mem, after, 10), ST_OK);
	assert_int_equal(count, 3);
	assert_int_equal(step[2].id.kind, INDEX_THREAD);
	assert_int_equal(step[2].audience_id, article.audience_id);
	assert_int_equal(step[2].change, loaded(thread_id()).change);
	for (;;) {
		assert_int_equal(index_feed_list(&step, &count, kit.db, &kit.mem, after, 1), ST_OK);
		if (count == 0)
			break;
		articles += step[0].id.kind == INDEX_ARTICLE;
		threads += step[0].id.kind == INDEX_THREAD;
		after = step[0].id;
	}
	assert_int_equal(articles, 2);
	assert_int_equal(threads, 1);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, article.public_id, true),
			 ST_OK);
	assert_int_equal(index_feed_list(&step, &count, kit.db, &kit.mem, (struct index_id){0}, 9),
			 ST_OK);
	assert_int_equal(count, 1);
}

static void test_all_of_an_article_is_known_also_when_hidden(void **state)
{
	struct post_input first = message("More.", "en");
	struct index_id *ids;
	struct thread more;
	size_t count;

	(void)state;
	for (int i = 0; i < 40; i++)
		assert_int_equal(thread_create(&more, kit.db, &kit.mem, &writer, article.public_id,
					       STR("More"), STR(""), &first),
				 ST_OK);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, article.public_id, true),
			 ST_OK);
	assert_int_equal(index_feed_of(&ids, &count, kit.db, &kit.mem, article.id), ST_OK);
	assert_int_equal(count, 42);
	assert_int_equal(ids[0].kind, INDEX_ARTICLE);
	assert_int_equal(ids[41].kind, INDEX_THREAD);
	assert_int_equal(ids[41].number, more.id);
}

static void test_ids_are_a_letter_and_a_number(void **state)
{
	static const char *const bad[] = {"", "a", "t", "x1", "a0", "t-1", "a1x", "1"};
	struct index_id id;

	(void)state;
	assert_str(index_id_text(&kit.mem, (struct index_id){INDEX_THREAD, 123}), "t123");
	assert_true(index_id_parse(&id, STR("a7")));
	assert_int_equal(id.kind, INDEX_ARTICLE);
	assert_true(index_id_parse(&id, STR("t123")));
	assert_int_equal(id.kind, INDEX_THREAD);
	assert_int_equal(id.number, 123);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(index_id_parse(&id, str_c(bad[i])));
}

#define ON_RECORD(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RECORD(test_a_thread_is_what_was_said_in_it),
		ON_RECORD(test_a_deleted_message_is_not_told),
		ON_RECORD(test_every_act_in_a_thread_touches_it),
		ON_RECORD(test_an_edit_of_the_article_leaves_its_threads_alone),
		ON_RECORD(test_a_moved_article_takes_its_threads_along),
		ON_RECORD(test_threads_go_into_the_trash_and_come_back),
		ON_RECORD(test_threads_on_a_draft_are_not_told),
		ON_RECORD(test_the_list_goes_through_all_kinds),
		ON_RECORD(test_all_of_an_article_is_known_also_when_hidden),
		ON_RECORD(test_ids_are_a_letter_and_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
