/* Discussion: who may speak, resolve, change and delete. */
#include "schema/thread.h"

#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct article article;

static int set_up(void **state)
{
	struct reader writer;

	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_person(&kit, "outsider");
	kit_circle(&kit, "open", "readers", LEVEL_READ, "reader other");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer");
	writer = kit_reader(&kit, "writer");
	article = kit_article(&kit, &writer, "open", "Talked about");
	return 0;
}

static struct post_input message(const char *text)
{
	return (struct post_input){.body = str_c(text), .plain = str_c(text), .lang = STR("en")};
}

static struct thread open_thread(const char *login)
{
	struct reader who = kit_reader(&kit, login);
	struct post_input first = message("Is this so?");
	struct thread thread;

	assert_int_equal(thread_create(&thread, kit.db, &kit.mem, &who, article.public_id,
				       STR("A question"), STR(""), &first),
			 ST_OK);
	return thread;
}

static void test_readers_ask_and_answer(void **state)
{
	struct thread thread = open_thread("reader");
	struct reader other = kit_reader(&kit, "other");
	struct post_input answer = message("Yes.");
	struct post post, *posts;
	size_t count;

	(void)state;
	assert_int_equal(post_create(&post, kit.db, &kit.mem, &other, thread.public_id, &answer),
			 ST_OK);
	assert_int_equal(post.number, 2);
	assert_int_equal(post_list(&posts, &count, kit.db, &kit.mem, &thread, 0, 10), ST_OK);
	assert_int_equal(count, 2);
	assert_str(posts[1].author_login, "other");
}

static void test_outsiders_find_no_thread(void **state)
{
	struct thread thread = open_thread("reader"), out;
	struct reader outsider = kit_reader(&kit, "outsider");
	struct post_input text = message("Hello?");
	struct article on;
	struct post post;

	(void)state;
	assert_int_equal(thread_get(&out, &on, kit.db, &kit.mem, &outsider, thread.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(post_create(&post, kit.db, &kit.mem, &outsider, thread.public_id, &text),
			 ST_NOT_FOUND);
}

static void test_author_and_editors_resolve(void **state)
{
	struct thread thread = open_thread("reader");
	struct reader reader = kit_reader(&kit, "reader"), other = kit_reader(&kit, "other");
	struct reader writer = kit_reader(&kit, "writer");
	struct post_input text = message("Too late.");
	struct post post;

	(void)state;
	assert_int_equal(thread_set_resolved(kit.db, &kit.mem, &other, thread.public_id, true),
			 ST_DENIED);
	assert_int_equal(thread_set_resolved(kit.db, &kit.mem, &reader, thread.public_id, true),
			 ST_OK);
	assert_int_equal(post_create(&post, kit.db, &kit.mem, &other, thread.public_id, &text),
			 ST_INVALID);
	assert_int_equal(thread_set_resolved(kit.db, &kit.mem, &writer, thread.public_id, false),
			 ST_OK);
	assert_int_equal(post_create(&post, kit.db, &kit.mem, &other, thread.public_id, &text),
			 ST_OK);
}

/* Taken back to a draft, an article is its maker's alone, and so is what was said about it. */
static void test_the_maker_of_a_draft_resolves(void **state)
{
	struct thread thread = open_thread("reader");
	struct reader reader = kit_reader(&kit, "reader");
	struct reader writer = kit_reader(&kit, "writer");

	(void)state;
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, article.public_id, ARTICLE_DRAFT),
		ST_OK);
	assert_int_equal(thread_set_resolved(kit.db, &kit.mem, &reader, thread.public_id, true),
			 ST_NOT_FOUND);
	assert_int_equal(thread_set_resolved(kit.db, &kit.mem, &writer, thread.public_id, true),
			 ST_OK);
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, article.public_id, ARTICLE_PUBLISHED),
		ST_OK);
}

static void test_only_the_author_changes_a_message(void **state)
{
	struct thread thread = open_thread("reader");
	struct reader reader = kit_reader(&kit, "reader"), writer = kit_reader(&kit, "writer");
	struct post_input text = message("Better words.");
	struct post *posts;
	size_t count;

	(void)state;
	assert_int_equal(post_edit(kit.db, &kit.mem, &writer, thread.public_id, 1, &text),
			 ST_DENIED);
	assert_int_equal(post_edit(kit.db, &kit.mem, &reader, thread.public_id, 1, &text), ST_OK);
	assert_int_equal(post_delete(kit.db, &kit.mem, &writer, thread.public_id, 1), ST_DENIED);
	assert_int_equal(post_delete(kit.db, &kit.mem, &reader, thread.public_id, 1), ST_OK);
	assert_int_equal(post_list(&posts, &count, kit.db, &kit.mem, &thread, 0, 10), ST_OK);
	assert_int_equal(count, 1);
	assert_true(posts[0].deleted);
	assert_int_equal(posts[0].body.len, 0);
}

static void test_a_message_sent_twice_stands_once(void **state)
{
	struct thread thread = open_thread("reader");
	struct reader reader = kit_reader(&kit, "reader");
	struct post_input text = message("Once.");
	struct post one, two;

	(void)state;
	text.form_key = STR("form-9");
	assert_int_equal(post_create(&one, kit.db, &kit.mem, &reader, thread.public_id, &text),
			 ST_OK);
	assert_int_equal(post_create(&two, kit.db, &kit.mem, &reader, thread.public_id, &text),
			 ST_OK);
	assert_int_equal(one.id, two.id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readers_ask_and_answer),
		cmocka_unit_test(test_outsiders_find_no_thread),
		cmocka_unit_test(test_author_and_editors_resolve),
		cmocka_unit_test(test_the_maker_of_a_draft_resolves),
		cmocka_unit_test(test_only_the_author_changes_a_message),
		cmocka_unit_test(test_a_message_sent_twice_stands_once),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
