/* Names that people give: what is refused, and in which language a space is called. */
#include "schema/check.h"
#include "schema/group.h"
#include "schema/person.h"
#include "schema/revision.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	return 0;
}

static void test_the_word_new_is_taken(void **state)
{
	struct space_input space = {.key = STR("new")};
	struct person_input person = {.login = STR("new"), .name = STR("New")};
	struct office office = {.key = STR("new"), .name = STR("New")};
	int64_t id;

	(void)state;
	assert_int_equal(group_add(&id, kit.db, &kit.mem, &kit.op, STR("new"), STR("New")),
			 ST_INVALID);
	assert_string_equal(fail_field(), "key");
	assert_non_null(strstr(fail_words(), "taken"));
	assert_int_equal(space_add(&id, kit.db, &kit.mem, &kit.op, &space), ST_INVALID);
	assert_int_equal(office_add(&id, kit.db, &kit.mem, &kit.op, &office), ST_INVALID);
	assert_int_equal(person_add(&id, kit.db, &kit.mem, &kit.op, &person), ST_INVALID);
	assert_string_equal(fail_field(), "login");
	assert_non_null(strstr(fail_words(), "taken"));
	assert_int_equal(check_key("key", STR("news")), ST_OK);
	assert_int_equal(check_login("login", STR("new.staff")), ST_OK);
}

static void test_lines_are_refused_in_whole_sentences(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {{"", "Write at least one letter or digit."},
		     {" a", "Take away the blanks at the beginning and at the end."},
		     {"a\tb", "Control characters are not allowed here."},
		     {"a\xE2\x80\x8B", "Invisible characters are not allowed here."},
		     {"\xFF", "This is not valid text."},
		     {"abcdef", "At most 5 characters fit here."}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(check_line("title", str_c(cases[i].text), 5), ST_INVALID);
		assert_string_equal(fail_words(), cases[i].words);
		assert_string_equal(fail_field(), "title");
	}
}

static void call_space(const char *lang, const char *name)
{
	struct space_input in = {.name = str_c(name), .lang = str_c(lang)};

	assert_int_equal(space_set(kit.db, &kit.mem, &kit.op, STR("aid"), &in), ST_OK);
}

/* Articles and changes call their space as its reader's language does. */
static void test_a_space_has_names_in_languages(void **state)
{
	static const char *const cases[][2] = {
		{"ru", "Справка"}, {"en", "Yordam"}, {"", "Yordam"}, {"uz-Cyrl", "Ёрдам"}};
	struct reader who;
	struct article article;
	struct article_list list;
	struct change *changes;
	size_t count;

	(void)state;
	kit_space(&kit, "aid");
	call_space("", "Yordam");
	call_space("ru", "Справка");
	call_space("uz-Cyrl", "Ёрдам");
	kit_group(&kit, "writers");
	kit_grant(&kit, "aid", "writers", LEVEL_WRITE);
	(void)kit_person(&kit, "writer");
	kit_member(&kit, "writers", "writer");
	who = kit_reader(&kit, "writer");
	article = kit_article(&kit, &who, "aid", "One");
	for (size_t i = 0; i < COUNT(cases); i++) {
		who.names_in = str_c(cases[i][0]);
		assert_int_equal(article_get(&article, kit.db, &kit.mem, &who, article.public_id),
				 ST_OK);
		assert_str(article.space_name.text, cases[i][1]);
		assert_int_equal(
			article_page(&list, kit.db, &kit.mem, &who, article.space_id, 0, 5), ST_OK);
		assert_int_equal(list.count, 1);
		assert_str(list.items[0].space_name.text, cases[i][1]);
		assert_int_equal(change_list(&changes, &count, kit.db, &kit.mem, &who, STR(""),
					     STR(""), true, 0, 5),
				 ST_OK);
		assert_int_equal(count, 1);
		assert_str(changes[0].space_name.text, cases[i][1]);
	}
}

static struct space_text name_in(const char *lang)
{
	struct space space;

	assert_int_equal(space_get(&space, kit.db, &kit.mem, &kit.op, STR("desk"), str_c(lang)),
			 ST_OK);
	return space.name;
}

static void set_desk(const char *lang, const char *name, const char *description)
{
	struct space_input in = {.name = str_c(name), .lang = str_c(lang)};

	if (description)
		in.description = str_c(description);
	assert_int_equal(space_set(kit.db, &kit.mem, &kit.op, STR("desk"), &in), ST_OK);
}

/* Uzbek in Cyrillic has the one in Latin, which is converted when shown; all others have the first. */
static void test_a_name_says_its_language(void **state)
{
	struct space_input desk = {.key = STR("desk"),
				   .name = STR("Стол"),
				   .lang = STR("ru"),
				   .description = STR("о")};
	int64_t id;

	(void)state;
	assert_int_equal(space_add(&id, kit.db, &kit.mem, &kit.op, &desk), ST_OK);
	assert_str(name_in("en").lang, "ru");
	assert_str(name_in("uz-Cyrl").text, "Стол");
	set_desk("uz-Latn", "Stol", NULL);
	assert_str(name_in("uz-Latn").lang, "uz-Latn");
	assert_str(name_in("uz-Cyrl").text, "Stol");
	assert_str(name_in("uz-Cyrl").lang, "uz-Latn");
	assert_str(name_in("en").text, "Стол");
	set_desk("uz-Cyrl", "Столча", NULL);
	assert_str(name_in("uz-Cyrl").text, "Столча");
	assert_str(name_in("uz-Cyrl").lang, "uz-Cyrl");
	set_desk("uz-Cyrl", "", NULL);
	assert_str(name_in("uz-Cyrl").text, "Stol");
}

/* One row holds it, so that it cannot be called two ways in one language. */
static void test_the_first_name_is_changed_in_its_language(void **state)
{
	struct space_name *names;
	struct space_input none = {.lang = STR("ru"), .name = STR("")};
	size_t count;

	(void)state;
	set_desk("ru", "Бюро", NULL);
	assert_str(name_in("ru").text, "Бюро");
	assert_str(name_in("en").text, "Бюро");
	assert_int_equal(space_names(&names, &count, kit.db, &kit.mem, &kit.op, STR("desk")),
			 ST_OK);
	assert_int_equal(count, 2);
	assert_str(names[0].lang, "ru");
	assert_str(names[0].description, "о");
	assert_str(names[1].lang, "uz-Latn");
	assert_int_equal(space_set(kit.db, &kit.mem, &kit.op, STR("desk"), &none), ST_INVALID);
}

/* A description alone, in a language whose name is another's. */
static void test_a_description_stands_for_itself(void **state)
{
	struct space space;

	(void)state;
	set_desk("en", "", "about");
	assert_int_equal(space_get(&space, kit.db, &kit.mem, &kit.op, STR("desk"), STR("en")),
			 ST_OK);
	assert_str(space.name.text, "Бюро");
	assert_str(space.name.lang, "ru");
	assert_str(space.description.text, "about");
	assert_str(space.description.lang, "en");
}

/* The operator is told what it was and what it is; what changes nothing leaves no row. */
static void test_renaming_a_space_is_in_the_journal(void **state)
{
	struct space_input in = {.lang = STR("en"), .name = STR("Desk")};
	int64_t before, after, rows;

	(void)state;
	assert_int_equal(db_i64(&before, kit.db, "SELECT count(*) FROM journal"), ST_OK);
	assert_int_equal(space_set(kit.db, &kit.mem, &kit.op, STR("desk"), &in), ST_OK);
	assert_int_equal(space_set(kit.db, &kit.mem, &kit.op, STR("desk"), &in), ST_OK);
	assert_int_equal(db_i64(&after, kit.db, "SELECT count(*) FROM journal"), ST_OK);
	assert_int_equal(after, before + 1);
	assert_int_equal(
		db_i64(&rows, kit.db,
		       "SELECT count(*) FROM journal WHERE action = 'space.set' AND detail ="
		       " '{\"before\":\"\",\"lang\":\"en\",\"name\":\"Desk\",\"space\":\"desk\"}'"),
		ST_OK);
	assert_int_equal(rows, 1);
}

/* Readers may know what a space is called, not change it; for others it is not there. */
static void test_only_those_who_govern_a_space_name_it(void **state)
{
	struct space_input in = {.lang = STR("en"), .name = STR("Mine")};
	struct space_name *names;
	struct reader who;
	size_t count;

	(void)state;
	kit_circle(&kit, "desk", "desk-readers", LEVEL_READ, "desk-reader");
	who = kit_reader(&kit, "desk-reader");
	assert_int_equal(space_names(&names, &count, kit.db, &kit.mem, &who, STR("desk")), ST_OK);
	assert_int_equal(space_set(kit.db, &kit.mem, &who, STR("desk"), &in), ST_DENIED);
	assert_int_equal(space_check_set(kit.db, &who, STR("desk")), ST_DENIED);
	(void)kit_person(&kit, "stranger");
	who = kit_reader(&kit, "stranger");
	assert_int_equal(space_names(&names, &count, kit.db, &kit.mem, &who, STR("desk")),
			 ST_NOT_FOUND);
	assert_int_equal(space_set(kit.db, &kit.mem, &who, STR("desk"), &in), ST_NOT_FOUND);
	assert_int_equal(space_check_set(kit.db, &who, STR("desk")), ST_NOT_FOUND);
}

static void expect_top(struct reader *who, int64_t space_id, const char *lang, const char *first,
		       const char *second)
{
	struct article_list list;

	who->names_in = str_c(lang);
	assert_int_equal(article_children(&list, kit.db, &kit.mem, who, space_id, 0, 2), ST_OK);
	assert_int_equal(list.count, 2);
	assert_true(list.more);
	assert_str(list.items[0].title, first);
	assert_str(list.items[1].title, second);
}

/* Where a space has more articles than a page has room, a reader first sees those that he reads. */
static void test_a_tree_begins_with_the_language_of_its_reader(void **state)
{
	static const char *const made[][2] = {{"en", "A"}, {"ru", "B"}, {"en", "C"}, {"ru", "D"}};
	struct article article = {0};
	struct reader who;

	(void)state;
	kit_space(&kit, "shelf");
	kit_circle(&kit, "shelf", "writers", LEVEL_WRITE, "writer");
	who = kit_reader(&kit, "writer");
	for (size_t i = 0; i < COUNT(made); i++) {
		struct article_input in = kit_input("shelf", made[i][1], "A text.");

		in.lang = str_c(made[i][0]);
		assert_int_equal(article_create(&article, kit.db, &kit.mem, &who, &in), ST_OK);
	}
	expect_top(&who, article.space_id, "ru", "B", "D");
	expect_top(&who, article.space_id, "en", "A", "C");
	expect_top(&who, article.space_id, "uz-Latn", "A", "B");
}

/* Also when the rights were read again in between. */
static void test_the_language_outlives_a_change_of_rights(void **state)
{
	struct reader who, now;

	(void)state;
	who = kit_reader(&kit, "writer");
	who.names_in = STR("ru");
	assert_int_equal(access_changed(kit.db), ST_OK);
	assert_int_equal(reader_now(&now, kit.db, &kit.mem, &who), ST_OK);
	assert_int_not_equal(now.acl_version, who.acl_version);
	assert_str(now.names_in, "ru");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_word_new_is_taken),
		cmocka_unit_test(test_lines_are_refused_in_whole_sentences),
		cmocka_unit_test(test_a_space_has_names_in_languages),
		cmocka_unit_test(test_a_name_says_its_language),
		cmocka_unit_test(test_the_first_name_is_changed_in_its_language),
		cmocka_unit_test(test_a_description_stands_for_itself),
		cmocka_unit_test(test_renaming_a_space_is_in_the_journal),
		cmocka_unit_test(test_only_those_who_govern_a_space_name_it),
		cmocka_unit_test(test_a_tree_begins_with_the_language_of_its_reader),
		cmocka_unit_test(test_the_language_outlives_a_change_of_rights),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
