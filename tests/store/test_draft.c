/* Texts that were typed but not saved: whose they are, and which of them gives way to which. */
#include "schema/draft.h"

#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct article article;
static struct reader writer, other;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_person(&kit, "outsider");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer other");
	writer = kit_reader(&kit, "writer");
	other = kit_reader(&kit, "other");
	article = kit_article(&kit, &writer, "open", "Written at");
	return 0;
}

/* Keep `body` as the form of this id does; what it was kept under. */
static struct str keep(const struct reader *who, const char *id, const char *body)
{
	struct draft draft = {.id = str_c(id),
			      .article_id = article.public_id,
			      .kind = DRAFT_FORM,
			      .base = 1,
			      .title = STR("Title"),
			      .body = str_c(body),
			      .tags = STR("a, b"),
			      .lang = STR("ru"),
			      .minor = true};
	char kept[PUBLIC_ID_LEN + 1];

	assert_int_equal(draft_keep(kept, kit.db, who->person_id, &draft), ST_OK);
	return arena_str(&kit.mem, str_c(kept));
}

static size_t offered(const struct reader *who, struct str article_id)
{
	struct draft *list;
	size_t count;

	assert_int_equal(draft_offers(&list, &count, kit.db, &kit.mem, who, article_id), ST_OK);
	return count;
}

static void test_a_form_replaces_only_its_own_text(void **state)
{
	struct str first = keep(&writer, "aaaaaaaaaaaaa", "one");
	struct draft draft;

	(void)state;
	assert_str(first, "aaaaaaaaaaaaa");
	(void)keep(&writer, "bbbbbbbbbbbbb", "of another window");
	(void)keep(&writer, "aaaaaaaaaaaaa", "one and two");
	assert_int_equal(offered(&writer, article.public_id), 2);
	assert_int_equal(draft_get(&draft, kit.db, &kit.mem, &writer, first), ST_OK);
	assert_str(draft.body, "one and two");
	assert_str(draft.tags, "a, b");
	assert_str(draft.lang, "ru");
	assert_true(draft.minor);
}

static void test_an_id_of_somebody_else_is_not_taken(void **state)
{
	struct str own, first = keep(&writer, "aaaaaaaaaaaaa", "mine");
	struct draft draft;

	(void)state;
	own = keep(&other, "aaaaaaaaaaaaa", "theirs");
	assert_false(str_eq(own, first));
	assert_int_equal(draft_get(&draft, kit.db, &kit.mem, &writer, first), ST_OK);
	assert_str(draft.body, "mine");
	assert_int_equal(draft_get(&draft, kit.db, &kit.mem, &other, first), ST_NOT_FOUND);
}

static void test_a_new_article_is_no_text_of_another(void **state)
{
	struct draft draft = {.id = STR("ccccccccccccc"), .kind = DRAFT_FORM, .body = STR("new")};
	char kept[PUBLIC_ID_LEN + 1];

	(void)state;
	(void)keep(&writer, "aaaaaaaaaaaaa", "old");
	assert_int_equal(draft_keep(kept, kit.db, writer.person_id, &draft), ST_OK);
	assert_int_equal(draft_keep(kept, kit.db, writer.person_id, &draft), ST_OK);
	assert_int_equal(offered(&writer, STR("")), 1);
	assert_int_equal(offered(&writer, article.public_id), 1);
	assert_int_equal(offered(&other, STR("")), 0);
}

static struct str keep_message(const struct reader *who, struct draft draft)
{
	char kept[PUBLIC_ID_LEN + 1];

	draft.article_id = article.public_id;
	draft.kind = DRAFT_MESSAGE;
	assert_int_equal(draft_keep(kept, kit.db, who->person_id, &draft), ST_OK);
	return arena_str(&kit.mem, str_c(kept));
}

/* What waits for the thread, the newest first, with "|" between. */
static struct str waiting(const struct reader *who, struct str thread)
{
	struct str out = STR("");
	struct draft *list;
	size_t count;

	assert_int_equal(
		draft_messages(&list, &count, kit.db, &kit.mem, who, article.public_id, thread),
		ST_OK);
	for (size_t i = 0; i < count; i++)
		out = arena_printf(&kit.mem, "%.*s%s%.*s", STR_ARG(out), i ? "|" : "",
				   STR_ARG(list[i].body));
	return out;
}

#define THREAD STR("ttttttttttttt")

static void test_messages_wait_for_their_thread(void **state)
{
	struct reader outsider = kit_reader(&kit, "outsider");

	(void)state;
	(void)keep_message(&writer, (struct draft){.thread = THREAD, .body = STR("first")});
	(void)keep_message(&outsider, (struct draft){.thread = THREAD, .body = STR("hidden")});
	assert_int_equal(offered(&writer, article.public_id), 0);
	assert_str(waiting(&writer, THREAD), "first");
	assert_str(waiting(&writer, STR("")), "");
	assert_str(waiting(&other, THREAD), "");
	assert_str(waiting(&outsider, THREAD), ""); /* the article is hidden from them */
}

static void test_messages_of_several_windows_wait_together(void **state)
{
	struct str first = STR("aaaaaaaaaaaaa"), second = STR("bbbbbbbbbbbbb");

	(void)state;
	(void)keep_message(&writer,
			   (struct draft){.id = first, .thread = THREAD, .body = STR("one")});
	(void)keep_message(&writer,
			   (struct draft){.id = second, .thread = THREAD, .body = STR("two")});
	(void)keep_message(&writer,
			   (struct draft){.id = first, .thread = THREAD, .body = STR("one more")});
	assert_str(waiting(&writer, THREAD), "one more|two");
	assert_int_equal(
		draft_message_drop(kit.db, &writer, article.public_id, THREAD, first, STR("sent")),
		ST_OK);
	assert_str(waiting(&writer, THREAD), "two");
	assert_int_equal(
		draft_message_drop(kit.db, &other, article.public_id, THREAD, second, STR("two")),
		ST_OK);
	assert_str(waiting(&writer, THREAD), "two");
	assert_int_equal(
		draft_message_drop(kit.db, &writer, article.public_id, THREAD, STR(""), STR("two")),
		ST_OK);
	assert_str(waiting(&writer, THREAD), "");
}

static void test_a_late_text_replaces_only_what_it_holds(void **state)
{
	struct draft draft = {.id = STR("aaaaaaaaaaaaa"), .thread = THREAD, .late = true};

	(void)state;
	draft.body = STR("begun");
	(void)keep_message(&writer, draft);
	draft.body = STR("begun and ended");
	(void)keep_message(&writer, draft);
	assert_str(waiting(&writer, THREAD), "begun and ended");
	draft.body = STR("begun otherwise in a second window");
	(void)keep_message(&writer, draft);
	assert_str(waiting(&writer, THREAD), "begun otherwise in a second window|begun and ended");
}

static void test_who_writes_in_two_windows_is_named_once(void **state)
{
	struct draft_writer *writers;
	size_t count;

	(void)state;
	(void)keep(&writer, "aaaaaaaaaaaaa", "one");
	(void)keep(&writer, "bbbbbbbbbbbbb", "two");
	assert_int_equal(
		draft_writers(&writers, &count, kit.db, &kit.mem, &other, article.public_id),
		ST_OK);
	assert_int_equal(count, 1);
	assert_str(writers[0].login, "writer");
}

static void test_the_oldest_give_way(void **state)
{
	struct draft *list;
	size_t count;

	(void)state;
	for (int i = 0; i < 60; i++)
		(void)keep(&writer, "", "text");
	assert_int_equal(draft_list(&list, &count, kit.db, &kit.mem, &writer), ST_OK);
	assert_int_equal(count, 50);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_a_form_replaces_only_its_own_text),
		CASE(test_an_id_of_somebody_else_is_not_taken),
		CASE(test_a_new_article_is_no_text_of_another),
		CASE(test_messages_wait_for_their_thread),
		CASE(test_messages_of_several_windows_wait_together),
		CASE(test_a_late_text_replaces_only_what_it_holds),
		CASE(test_who_writes_in_two_windows_is_named_once),
		CASE(test_the_oldest_give_way),
	};

	return cmocka_run_group_tests_name("draft", tests, NULL, NULL);
}
