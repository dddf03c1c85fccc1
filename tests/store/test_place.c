/* Where an article stands: what somebody does not see must not refuse a move, nor be lost by it. */
#include "schema/journal.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct reader manager, editor;
static int64_t closed;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager");
	kit_circle(&kit, "open", "editors", LEVEL_WRITE, "editor");
	manager = kit_reader(&kit, "manager");
	assert_int_equal(
		audience_add(&closed, kit.db, &kit.mem, &manager, STR("open"), STR("Managers")),
		ST_OK);
	manager = kit_reader(&kit, "manager");
	editor = kit_reader(&kit, "editor");
	return 0;
}

static void put_under(const struct article *below, const struct article *above)
{
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &manager, below->public_id, above->public_id),
		ST_OK);
}

static void hide(const struct article *article)
{
	assert_int_equal(article_move(kit.db, &kit.mem, &manager, article->public_id, closed),
			 ST_OK);
	manager = kit_reader(&kit, "manager");
	editor = kit_reader(&kit, "editor");
}

static int64_t parent_of(const struct article *article)
{
	struct article now;

	assert_int_equal(article_get_by_id(&now, kit.db, &kit.mem, &kit.op, article->id), ST_OK);
	return now.parent_id;
}

/* top > moved > seen > hidden > target: the editor sees target at the top, and moves `moved` below it. */
static void test_a_hidden_article_between_refuses_nothing(void **state)
{
	struct article top = kit_article(&kit, &manager, "open", "Top");
	struct article moved = kit_article(&kit, &manager, "open", "Moved");
	struct article seen = kit_article(&kit, &manager, "open", "Seen");
	struct article hidden = kit_article(&kit, &manager, "open", "Hidden");
	struct article target = kit_article(&kit, &manager, "open", "Target");
	struct journal_row *rows;
	size_t count;

	(void)state;
	put_under(&moved, &top);
	put_under(&seen, &moved);
	put_under(&hidden, &seen);
	put_under(&target, &hidden);
	hide(&hidden);
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &editor, moved.public_id, target.public_id),
		ST_OK);
	assert_int_equal(parent_of(&moved), target.id);
	assert_int_equal(parent_of(&seen), moved.id);
	assert_int_equal(parent_of(&target), hidden.id);
	assert_int_equal(parent_of(&hidden), top.id); /* not lost: where the moved one stood */
	assert_int_equal(
		journal_list(&rows, &count, kit.db, &kit.mem, &editor, STR(""), STR(""), 0, 100),
		ST_OK);
	for (size_t i = 0; i < count; i++)
		assert_int_not_equal(rows[i].object_id, hidden.id);
}

static void test_saving_with_such_a_parent_is_the_same(void **state)
{
	struct article moved = kit_article(&kit, &manager, "open", "Saved"), out;
	struct article hidden = kit_article(&kit, &manager, "open", "Hidden child");
	struct article target = kit_article(&kit, &manager, "open", "Grandchild");
	struct article_input input = kit_input("open", "Saved", "Changed.");

	(void)state;
	put_under(&hidden, &moved);
	put_under(&target, &hidden);
	hide(&hidden);
	input.parent_id = target.public_id;
	assert_int_equal(article_save(&out, kit.db, &kit.mem, &editor, moved.public_id, 1, &input),
			 ST_OK);
	assert_int_equal(parent_of(&moved), target.id);
	assert_int_equal(parent_of(&hidden), 0);
}

/* Who sees all of the circle is told. */
static void test_a_circle_that_is_seen_is_refused(void **state)
{
	struct article moved = kit_article(&kit, &manager, "open", "Refused");
	struct article child = kit_article(&kit, &manager, "open", "Child");
	struct article target = kit_article(&kit, &manager, "open", "Below the child");

	(void)state;
	put_under(&child, &moved);
	put_under(&target, &child);
	hide(&child);
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &manager, moved.public_id, target.public_id),
		ST_INVALID);
	assert_int_equal(parent_of(&moved), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_hidden_article_between_refuses_nothing),
		cmocka_unit_test(test_saving_with_such_a_parent_is_the_same),
		cmocka_unit_test(test_a_circle_that_is_seen_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
