/* Saved searches: whose they are, when they are due, and that their news asks the rights of the moment. */
#include "schema/saved_search.h"

#include "schema/base/clock.h"
#include "schema/journal.h"
#include "schema/person.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

enum { DAY = 24 * 3600 };

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager");
	kit_circle(&kit, "open", "readers", LEVEL_READ, "reader other");
	return 0;
}

static enum status save(const char *who, const char *name, enum alert alert)
{
	struct reader reader = kit_reader(&kit, who);

	return saved_search_add(kit.db, &kit.mem, &reader, str_c(name), STR("q=visa"), alert);
}

/* The saved searches of somebody; NULL where there are none. */
static struct saved_search *list_of(const char *who, size_t *count)
{
	struct reader reader = kit_reader(&kit, who);
	struct saved_search *list;

	assert_int_equal(saved_search_list(&list, count, kit.db, &kit.mem, &reader), ST_OK);
	return *count ? list : NULL;
}

static size_t due_at(int64_t now)
{
	struct saved_search *list;
	size_t count;

	assert_int_equal(saved_search_due(&list, &count, kit.db, &kit.mem, now, 10), ST_OK);
	return count;
}

static size_t news_of(const char *who, int64_t *unseen)
{
	struct reader reader = kit_reader(&kit, who);
	struct saved_news *news;
	size_t count;

	assert_int_equal(saved_search_unseen(unseen, kit.db, &reader), ST_OK);
	assert_int_equal(saved_search_news(&news, &count, kit.db, &kit.mem, &reader, false, 50),
			 ST_OK);
	return count;
}

static void test_searches_are_their_owners_alone(void **state)
{
	struct reader other = kit_reader(&kit, "other");
	struct saved_search *mine;
	size_t count;

	(void)state;
	assert_int_equal(save("reader", "Visas", ALERT_NONE), ST_OK);
	assert_null(list_of("other", &count));
	mine = list_of("reader", &count);
	assert_int_equal(count, 1);
	assert_str(mine[0].address, "q=visa");
	assert_int_equal(saved_search_set(kit.db, &kit.mem, &other, mine[0].public_id, STR("Mine"),
					  ALERT_DAILY),
			 ST_NOT_FOUND);
	assert_int_equal(saved_search_delete(kit.db, &kit.mem, &other, mine[0].public_id),
			 ST_NOT_FOUND);
}

static void test_names_are_taken_once_and_fifty_are_enough(void **state)
{
	(void)state;
	for (int i = 0; i < SAVED_MOST; i++) {
		char name[24];

		(void)snprintf(name, sizeof(name), "Search %d", i);
		assert_int_equal(save("reader", name, ALERT_NONE), ST_OK);
	}
	assert_int_equal(save("reader", "One more", ALERT_NONE), ST_INVALID);
	assert_int_equal(save("other", "Search 1", ALERT_NONE), ST_OK);
	assert_int_equal(save("other", "Search 1", ALERT_NONE), ST_INVALID);
	assert_int_equal(save("other", "", ALERT_NONE), ST_INVALID);
}

static void test_alerts_are_due_by_day_and_by_week(void **state)
{
	int64_t now = clock_now();

	(void)state;
	assert_int_equal(save("reader", "None", ALERT_NONE), ST_OK);
	assert_int_equal(save("reader", "Daily", ALERT_DAILY), ST_OK);
	assert_int_equal(save("reader", "Weekly", ALERT_WEEKLY), ST_OK);
	assert_int_equal(due_at(now + DAY - 60), 0);
	assert_int_equal(due_at(now + DAY + 60), 1);
	assert_int_equal(due_at(now + 7 * DAY - 60), 1);
	assert_int_equal(due_at(now + 7 * DAY + 60), 2);
}

static void test_who_is_disabled_gets_none(void **state)
{
	int64_t later = clock_now() + 2 * DAY;

	(void)state;
	assert_int_equal(save("reader", "Daily", ALERT_DAILY), ST_OK);
	assert_int_equal(due_at(later), 1);
	assert_int_equal(
		person_set_state(kit.db, &kit.mem, &kit.op, STR("reader"), PERSON_DISABLED), ST_OK);
	assert_int_equal(due_at(later), 0);
}

static void found(const struct article *article, int64_t modified, int64_t now)
{
	struct saved_hit hit = {article->id, modified};
	struct saved_search *list;
	size_t count;

	list = list_of("reader", &count);
	assert_int_equal(count, 1);
	assert_int_equal(saved_search_ran(kit.db, &list[0], &hit, 1, now), ST_OK);
}

static void test_news_asks_the_rights_of_the_moment(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct article a = kit_article(&kit, &manager, "open", "A");
	struct article b = kit_article(&kit, &manager, "open", "B");
	int64_t now = clock_now(), narrow, unseen;
	size_t count;

	(void)state;
	assert_int_equal(save("reader", "Visas", ALERT_DAILY), ST_OK);
	found(&a, now, now);
	found(&b, now, now);
	assert_int_equal(news_of("reader", &unseen), 2);
	assert_int_equal(unseen, 2);
	assert_int_equal(news_of("other", &unseen), 0);
	assert_int_equal(audience_add(&narrow, kit.db, &kit.mem, &manager, STR("open"), STR("Few")),
			 ST_OK);
	manager = kit_reader(&kit, "manager");
	assert_int_equal(article_move(kit.db, &kit.mem, &manager, a.public_id, narrow), ST_OK);
	assert_int_equal(news_of("reader", &unseen), 1);
	assert_int_equal(unseen, 1);
	assert_int_equal(list_of("reader", &count)[0].unseen, 1);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &manager, b.public_id, true), ST_OK);
	assert_int_equal(news_of("reader", &unseen), 0);
	assert_int_equal(unseen, 0);
}

static void test_what_was_seen_is_news_again_when_it_changed(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), reader = kit_reader(&kit, "reader");
	struct article a = kit_article(&kit, &manager, "open", "A");
	int64_t now = clock_now(), unseen;

	(void)state;
	assert_int_equal(save("reader", "Visas", ALERT_DAILY), ST_OK);
	found(&a, now, now);
	assert_int_equal(saved_search_see(kit.db, &(struct reader){.person_id = 1}, STR("")),
			 ST_OK);
	(void)news_of("reader", &unseen);
	assert_int_equal(unseen, 1); /* nobody sees for another */
	assert_int_equal(saved_search_see(kit.db, &reader, STR("")), ST_OK);
	(void)news_of("reader", &unseen);
	assert_int_equal(unseen, 0);
	found(&a, now, now + 100); /* found once more, unchanged */
	(void)news_of("reader", &unseen);
	assert_int_equal(unseen, 0);
	found(&a, now + 50, now + 100);
	(void)news_of("reader", &unseen);
	assert_int_equal(unseen, 1);
}

static void test_news_grows_old_and_goes_with_its_search(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), reader = kit_reader(&kit, "reader");
	struct article a = kit_article(&kit, &manager, "open", "A");
	struct article b = kit_article(&kit, &manager, "open", "B");
	int64_t now = clock_now(), unseen, left = 0;
	size_t count;

	(void)state;
	assert_int_equal(save("reader", "Visas", ALERT_DAILY), ST_OK);
	found(&a, now, now);
	found(&b, now, now + (SAVED_HIT_DAYS + 1) * (int64_t)DAY);
	assert_int_equal(news_of("reader", &unseen), 1);
	assert_int_equal(saved_search_delete(kit.db, &kit.mem, &reader,
					     list_of("reader", &count)[0].public_id),
			 ST_OK);
	assert_int_equal(db_i64(&left, kit.db, "SELECT count(*) FROM saved_search_hit"), ST_OK);
	assert_int_equal(left, 0);
}

static void test_acts_are_in_the_journal_without_the_words(void **state)
{
	static const char *const acts[] = {"search.delete", "search.change", "search.save"};
	struct reader reader = kit_reader(&kit, "reader");
	struct journal_row *rows;
	struct str id;
	size_t count;

	(void)state;
	assert_int_equal(save("reader", "Visas", ALERT_DAILY), ST_OK);
	id = list_of("reader", &count)[0].public_id;
	assert_int_equal(
		saved_search_set(kit.db, &kit.mem, &reader, id, STR("Visa rules"), ALERT_WEEKLY),
		ST_OK);
	assert_str(list_of("reader", &count)[0].name, "Visa rules");
	assert_int_equal(saved_search_delete(kit.db, &kit.mem, &reader, id), ST_OK);
	assert_int_equal(journal_list(&rows, &count, kit.db, &kit.mem, &kit.op, STR("search."),
				      STR(""), 0, 10),
			 ST_OK);
	assert_int_equal(count, COUNT(acts));
	for (size_t i = 0; i < count; i++) {
		assert_str(rows[i].action, acts[i]);
		assert_true(str_search(rows[i].detail, STR("isa")) < 0);
	}
}

#define ON_RECORD(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RECORD(test_searches_are_their_owners_alone),
		ON_RECORD(test_names_are_taken_once_and_fifty_are_enough),
		ON_RECORD(test_alerts_are_due_by_day_and_by_week),
		ON_RECORD(test_who_is_disabled_gets_none),
		ON_RECORD(test_news_asks_the_rights_of_the_moment),
		ON_RECORD(test_what_was_seen_is_news_again_when_it_changed),
		ON_RECORD(test_news_grows_old_and_goes_with_its_search),
		ON_RECORD(test_acts_are_in_the_journal_without_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
