/* One form sent twice is one act; the same key on another page, or with another text, is another. */
#include "schema/thread.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct reader writer;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "other");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer");
	kit_circle(&kit, "other", "writers", LEVEL_WRITE, "");
	writer = kit_reader(&kit, "writer");
	return 0;
}

static struct article create(const char *space, const char *body)
{
	struct article_input input = kit_input(space, "Made", body);
	struct article out;

	input.form_key = STR("create-key");
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &input), ST_OK);
	return out;
}

static enum status save(struct article *out, const struct article *article, const char *key,
			const char *body)
{
	struct article_input input = kit_input("open", "Saved", body);

	input.form_key = str_c(key);
	return article_save(out, kit.db, &kit.mem, &writer, article->public_id, 1, &input);
}

static void test_a_new_article_is_made_once(void **state)
{
	struct article first = create("open", "Text."), again = create("open", "Text.");
	struct article elsewhere = create("other", "Text."), later = create("open", "Changed.");

	(void)state;
	assert_int_equal(again.id, first.id);
	assert_int_not_equal(elsewhere.id, first.id);
	assert_int_not_equal(later.id, first.id);
}

static void test_a_change_is_saved_once_for_each_article(void **state)
{
	struct article one = kit_article(&kit, &writer, "open", "One"), out;
	struct article two = kit_article(&kit, &writer, "open", "Two");

	(void)state;
	assert_int_equal(save(&out, &one, "save-key", "Changed."), ST_OK);
	assert_int_equal(out.revision, 2);
	assert_int_equal(save(&out, &one, "save-key", "Changed."), ST_OK);
	assert_int_equal(out.revision, 2);
	assert_int_equal(save(&out, &two, "save-key", "Changed."), ST_OK);
	assert_int_equal(out.id, two.id);
	assert_int_equal(out.revision, 2);
	/* Typed over after going back in the browser: shown as a conflict, not dropped. */
	assert_int_equal(save(&out, &one, "save-key", "Typed over."), ST_CONFLICT);
}

static void test_the_form_of_making_is_not_the_form_of_changing(void **state)
{
	struct article made = create("open", "Its text."), out;
	struct article_input input = kit_input("open", "Saved", "Changed.");

	(void)state;
	assert_int_equal(save(&out, &made, "create-key", "Changed."), ST_OK);
	assert_int_equal(out.revision, 2);
	input.form_key = STR("create-key");
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &input), ST_OK);
	assert_int_not_equal(out.id, made.id);
}

static struct post_input message(const char *body)
{
	return (struct post_input){.body = str_c(body),
				   .plain = str_c(body),
				   .lang = STR("en"),
				   .form_key = STR("talk-key")};
}

static struct thread open_thread(const struct article *article, const char *body)
{
	struct post_input input = message(body);
	struct thread out;

	assert_int_equal(thread_create(&out, kit.db, &kit.mem, &writer, article->public_id,
				       STR("Question"), STR(""), &input),
			 ST_OK);
	return out;
}

static int64_t answer(const struct thread *thread, const char *body)
{
	struct post_input input = message(body);
	struct post out;

	assert_int_equal(post_create(&out, kit.db, &kit.mem, &writer, thread->public_id, &input),
			 ST_OK);
	return out.number;
}

static void test_a_message_is_sent_once_for_each_place(void **state)
{
	struct article one = kit_article(&kit, &writer, "open", "Talk one");
	struct article two = kit_article(&kit, &writer, "open", "Talk two");
	struct thread first = open_thread(&one, "Why?"), again = open_thread(&one, "Why?");
	struct thread elsewhere = open_thread(&two, "Why?"), later = open_thread(&one, "How?");

	(void)state;
	assert_int_equal(again.id, first.id);
	assert_int_not_equal(elsewhere.id, first.id);
	assert_int_not_equal(later.id, first.id);
	assert_int_equal(answer(&first, "Why?"), 2);
	assert_int_equal(answer(&first, "Why?"), 2);
	assert_int_equal(answer(&elsewhere, "Why?"), 2);
	assert_int_equal(answer(&first, "Because."), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_new_article_is_made_once),
		cmocka_unit_test(test_a_change_is_saved_once_for_each_article),
		cmocka_unit_test(test_the_form_of_making_is_not_the_form_of_changing),
		cmocka_unit_test(test_a_message_is_sent_once_for_each_place),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
