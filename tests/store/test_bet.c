/* Best bets: who pins, and who is shown what. */
#include "schema/bet.h"

#include "schema/journal.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static int64_t space;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "shut");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager");
	kit_circle(&kit, "shut", "managers", LEVEL_MANAGE, "");
	kit_circle(&kit, "open", "readers", LEVEL_READ, "reader");
	space = kit_reader(&kit, "reader").grants[0].space_id;
	return 0;
}

static struct article article(const char *key, const char *title)
{
	struct reader manager = kit_reader(&kit, "manager");

	return kit_article(&kit, &manager, key, title);
}

static enum status pin(const char *who, const char *query, struct str id)
{
	struct reader reader = kit_reader(&kit, who);
	struct bet_input in = {str_c(query), str_c(query), id};

	return bet_add(kit.db, &kit.mem, &reader, space, &in);
}

/* The titles that somebody is shown. */
static struct str shown(const char *who, const char *key)
{
	struct reader reader = kit_reader(&kit, who);
	struct str text = STR("");
	struct article *list;
	size_t count;

	assert_int_equal(bet_find(&list, &count, kit.db, &kit.mem, &reader, str_c(key)), ST_OK);
	for (size_t i = 0; i < count; i++)
		text = arena_printf(&kit.mem, "%.*s%s%.*s", STR_ARG(text), i ? "," : "",
				    STR_ARG(list[i].title));
	return text;
}

static void test_managers_pin_and_readers_are_shown(void **state)
{
	struct article a = article("open", "Visas");

	(void)state;
	assert_int_equal(pin("reader", "visa", a.public_id), ST_DENIED);
	assert_int_equal(pin("manager", "visa", a.public_id), ST_OK);
	assert_str(shown("reader", "visa"), "Visas");
	assert_str(shown("reader", "visas"), "");
	assert_str(shown("admin", "visa"), "");
}

static void test_a_space_recommends_its_own_articles_alone(void **state)
{
	struct article other = article("shut", "Other");

	(void)state;
	assert_int_equal(pin("manager", "visa", other.public_id), ST_INVALID);
	assert_string_equal(fail_field(), "article");
	assert_int_equal(pin("manager", "visa", STR("0000000000000")), ST_INVALID);
	assert_int_equal(pin("manager", "", other.public_id), ST_INVALID);
	assert_string_equal(fail_field(), "query");
}

static void test_three_are_enough(void **state)
{
	static const char *const titles[] = {"A", "B", "C", "D"};

	(void)state;
	for (size_t i = 0; i < COUNT(titles); i++) {
		struct article a = article("open", titles[i]);

		assert_int_equal(pin("manager", "visa", a.public_id), i < 3 ? ST_OK : ST_INVALID);
		if (i == 0)
			assert_int_equal(pin("manager", "visa", a.public_id), ST_INVALID);
	}
	assert_str(shown("reader", "visa"), "A,B,C");
}

static void test_what_is_hidden_is_not_recommended(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct article a = article("open", "A"), b = article("open", "B"), c = article("open", "C");
	int64_t narrow;

	(void)state;
	assert_int_equal(pin("manager", "visa", a.public_id), ST_OK);
	assert_int_equal(pin("manager", "visa", b.public_id), ST_OK);
	assert_int_equal(pin("manager", "visa", c.public_id), ST_OK);
	assert_int_equal(audience_add(&narrow, kit.db, &kit.mem, &manager, STR("open"), STR("Few")),
			 ST_OK);
	manager = kit_reader(&kit, "manager");
	assert_int_equal(article_move(kit.db, &kit.mem, &manager, a.public_id, narrow), ST_OK);
	assert_str(shown("reader", "visa"), "B,C");
	assert_str(shown("manager", "visa"), "A,B,C");
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &manager, b.public_id, true), ST_OK);
	assert_str(shown("reader", "visa"), "C");
	assert_str(shown("manager", "visa"), "A,C");
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &manager, c.public_id, ARTICLE_ARCHIVED),
		ST_OK);
	assert_str(shown("reader", "visa"), "");
}

/* The space that it came to has not recommended it, and the one that it left may not know of it. */
static void test_what_moved_away_is_gone_with_its_place(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct article a = article("open", "A");
	struct audience *audiences;
	struct bet *bets;
	size_t count;

	(void)state;
	assert_int_equal(pin("manager", "visa", a.public_id), ST_OK);
	assert_int_equal(audience_list(&audiences, &count, kit.db, &kit.mem, &manager, STR("shut")),
			 ST_OK);
	assert_int_equal(article_move(kit.db, &kit.mem, &manager, a.public_id, audiences[0].id),
			 ST_OK);
	assert_str(shown("manager", "visa"), "");
	assert_int_equal(bet_list(&bets, &count, kit.db, &kit.mem, &manager, space), ST_OK);
	assert_int_equal(count, 0);
	for (int i = 0; i < BETS_EACH; i++) {
		struct article b = article("open", "B");

		assert_int_equal(pin("manager", "visa", b.public_id), ST_OK);
	}
}

static void test_acts_are_in_the_journal(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), reader = kit_reader(&kit, "reader");
	struct article a = article("open", "A");
	struct journal_row *rows;
	struct bet *bets;
	size_t count;

	(void)state;
	assert_int_equal(pin("manager", "visa", a.public_id), ST_OK);
	assert_int_equal(bet_list(&bets, &count, kit.db, &kit.mem, &manager, space), ST_OK);
	assert_int_equal(count, 1);
	assert_str(bets[0].creator_login, "manager");
	assert_int_equal(bet_list(&bets, &count, kit.db, &kit.mem, &reader, space), ST_DENIED);
	assert_int_equal(bet_list(&bets, &count, kit.db, &kit.mem, &manager, space), ST_OK);
	assert_int_equal(bet_remove(kit.db, &kit.mem, &reader, space, bets[0].public_id),
			 ST_DENIED);
	assert_int_equal(bet_remove(kit.db, &kit.mem, &manager, space, bets[0].public_id), ST_OK);
	assert_int_equal(bet_remove(kit.db, &kit.mem, &manager, space, bets[0].public_id),
			 ST_NOT_FOUND);
	assert_int_equal(
		journal_list(&rows, &count, kit.db, &kit.mem, &kit.op, STR("bet."), STR(""), 0, 10),
		ST_OK);
	assert_int_equal(count, 2);
	assert_str(rows[0].action, "bet.remove");
	assert_str(rows[1].action, "bet.add");
}

#define ON_RECORD(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RECORD(test_managers_pin_and_readers_are_shown),
		ON_RECORD(test_a_space_recommends_its_own_articles_alone),
		ON_RECORD(test_three_are_enough),
		ON_RECORD(test_what_is_hidden_is_not_recommended),
		ON_RECORD(test_what_moved_away_is_gone_with_its_place),
		ON_RECORD(test_acts_are_in_the_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
