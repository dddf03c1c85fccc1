/* Who may read and write: the rule of security.md 2, against the record itself. */
#include "schema/base/clock.h"
#include "schema/person.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_person(&kit, "outsider");
	kit_circle(&kit, "open", "readers", LEVEL_READ, "reader");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager");
	return 0;
}

static void test_outsider_reads_nothing(void **state)
{
	struct reader writer = kit_reader(&kit, "writer"), outsider = kit_reader(&kit, "outsider");
	struct article article = kit_article(&kit, &writer, "open", "One"), out;

	(void)state;
	assert_int_equal(outsider.n_grants, 0);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &outsider, article.public_id),
			 ST_NOT_FOUND);
}

static void test_levels_decide_acts(void **state)
{
	static const struct {
		const char *login;
		bool read, discuss, edit, manage;
	} cases[] = {{"outsider", false, false, false, false},
		     {"reader", true, true, false, false},
		     {"writer", true, true, true, false},
		     {"manager", true, true, true, true}};
	struct reader writer = kit_reader(&kit, "writer");
	struct article article = kit_article(&kit, &writer, "open", "Two");
	struct object object = article_object(&article);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reader who = kit_reader(&kit, cases[i].login);

		assert_int_equal(allow(&who, ACT_READ, &object), cases[i].read);
		assert_int_equal(allow(&who, ACT_DISCUSS, &object), cases[i].discuss);
		assert_int_equal(allow(&who, ACT_EDIT, &object), cases[i].edit);
		assert_int_equal(allow(&who, ACT_MANAGE, &object), cases[i].manage);
		assert_false(allow(&who, ACT_ACCOUNTS, &object));
	}
}

static void test_read_token_only_reads(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct article article = kit_article(&kit, &manager, "open", "Three");
	struct object object = article_object(&article);

	(void)state;
	manager.reads_only = true;
	assert_true(allow(&manager, ACT_READ, &object));
	assert_false(allow(&manager, ACT_DISCUSS, &object));
	assert_false(allow(&manager, ACT_EDIT, &object));
	assert_false(allow(&manager, ACT_MANAGE, &object));
}

static void test_restricted_audience_narrows(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), reader, writer;
	struct article article = kit_article(&kit, &manager, "open", "Four"), out;
	int64_t audience = 0;

	(void)state;
	assert_int_equal(audience_add(&audience, kit.db, &kit.mem, &manager, STR("open"),
				      STR("Consuls only")),
			 ST_OK);
	manager = kit_reader(&kit, "manager");
	assert_int_equal(article_move(kit.db, &kit.mem, &manager, article.public_id, audience),
			 ST_OK);
	reader = kit_reader(&kit, "reader");
	writer = kit_reader(&kit, "writer");
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &reader, article.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &writer, article.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &manager, article.public_id), ST_OK);

	/* On the list with "write", a reader of the space still only reads: a list never widens. */
	assert_int_equal(audience_set_reader(kit.db, &kit.mem, &manager, audience, STR(""),
					     STR("reader"), LEVEL_WRITE),
			 ST_OK);
	reader = kit_reader(&kit, "reader");
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &reader, article.public_id), ST_OK);
	assert_false(allow(&reader, ACT_EDIT,
			   &(struct object){.space_id = out.space_id, .audience_id = audience}));
}

static void test_lists_of_all_audiences_are_for_accounts(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), keeper;
	struct audience_line *lines;
	size_t count;
	int64_t audience;

	(void)state;
	kit_person(&kit, "keeper");
	assert_int_equal(person_set_duties(kit.db, &kit.mem, &kit.op, STR("keeper"), DUTY_ACCOUNTS),
			 ST_OK);
	keeper = kit_reader(&kit, "keeper");
	assert_int_equal(
		audience_add(&audience, kit.db, &kit.mem, &manager, STR("open"), STR("Zero")),
		ST_OK);
	assert_int_equal(audience_lines_all(&lines, &count, kit.db, &kit.mem, &manager),
			 ST_NOT_FOUND);
	assert_int_equal(count, 0);
	assert_int_equal(audience_lines_all(&lines, &count, kit.db, &kit.mem, &keeper), ST_OK);
	assert_true(count > 0);
	assert_str(lines[count - 1].audience_name, "Zero");
	assert_int_equal(lines[count - 1].reader.level, LEVEL_NONE);
	assert_int_equal(lines[count - 1].reader.name.len, 0);
}

static void test_outsider_on_list_still_needs_the_space(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), outsider;
	int64_t audience = 0;

	(void)state;
	assert_int_equal(
		audience_add(&audience, kit.db, &kit.mem, &manager, STR("open"), STR("Few")),
		ST_OK);
	manager = kit_reader(&kit, "manager");
	assert_int_equal(audience_set_reader(kit.db, &kit.mem, &manager, audience, STR(""),
					     STR("outsider"), LEVEL_READ),
			 ST_OK);
	outsider = kit_reader(&kit, "outsider");
	assert_int_equal(outsider.n_grants, 0);
}

static void test_drafts_are_their_creators_alone(void **state)
{
	struct reader writer = kit_reader(&kit, "writer"), manager = kit_reader(&kit, "manager");
	struct article_input input = kit_input("open", "Draft", "Not yet.");
	struct article draft, out;

	(void)state;
	input.status = ARTICLE_DRAFT;
	assert_int_equal(article_create(&draft, kit.db, &kit.mem, &writer, &input), ST_OK);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &writer, draft.public_id), ST_OK);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &manager, draft.public_id),
			 ST_NOT_FOUND);
}

static void test_deleted_only_for_managers(void **state)
{
	struct reader writer = kit_reader(&kit, "writer"), manager = kit_reader(&kit, "manager");
	struct article article = kit_article(&kit, &writer, "open", "Gone"), out;

	(void)state;
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, article.public_id, true),
			 ST_DENIED);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &manager, article.public_id, true),
			 ST_OK);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &writer, article.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &manager, article.public_id), ST_OK);
}

static void test_rights_end_inside_the_act(void **state)
{
	struct reader writer = kit_reader(&kit, "writer");
	struct article article = kit_article(&kit, &writer, "open", "Race"), out;
	struct article_input input = kit_input("open", "Race", "Changed.");

	(void)state;
	/* The reader was loaded before the grant was taken away; the act is checked against now. */
	kit_grant(&kit, "open", "writers", LEVEL_NONE);
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input),
		ST_NOT_FOUND);
	kit_grant(&kit, "open", "writers", LEVEL_WRITE);
}

static void test_disabled_loses_everything(void **state)
{
	struct reader reader;

	(void)state;
	kit_person(&kit, "leaver");
	kit_member(&kit, "readers", "leaver");
	assert_int_equal(kit_reader(&kit, "leaver").n_grants > 0, true);
	assert_int_equal(
		person_set_state(kit.db, &kit.mem, &kit.op, STR("leaver"), PERSON_DISABLED), ST_OK);
	assert_int_equal(reader_by_login(&reader, kit.db, &kit.mem, STR("leaver")), ST_NOT_FOUND);
}

static void test_nobody_grants_to_an_own_group(void **state)
{
	struct reader administrator;

	(void)state;
	kit_person(&kit, "administrator");
	kit_member(&kit, "readers", "administrator");
	assert_int_equal(
		person_set_duties(kit.db, &kit.mem, &kit.op, STR("administrator"), DUTY_ACCOUNTS),
		ST_OK);
	administrator = kit_reader(&kit, "administrator");
	assert_int_equal(space_grant(kit.db, &kit.mem, &administrator, STR("open"), STR("readers"),
				     LEVEL_MANAGE),
			 ST_DENIED);
	assert_int_equal(space_grant(kit.db, &kit.mem, &administrator, STR("open"), STR("writers"),
				     LEVEL_WRITE),
			 ST_OK);
}

static void test_the_highest_of_several_groups_counts(void **state)
{
	struct reader who;
	struct article article;
	struct object object;

	(void)state;
	kit_circle(&kit, "open", "lower", LEVEL_READ, "twofold");
	kit_circle(&kit, "open", "upper", LEVEL_WRITE, "twofold");
	kit_circle(&kit, "open", "lowest", LEVEL_READ, "twofold");
	who = kit_reader(&kit, "twofold");
	article = kit_article(&kit, &who, "open", "Of two groups");
	object = article_object(&article);
	assert_true(allow(&who, ACT_EDIT, &object));
	assert_false(allow(&who, ACT_MANAGE, &object));
}

static void test_an_expired_account_loses_everything(void **state)
{
	struct reader who;
	struct credentials c;

	(void)state;
	kit_circle(&kit, "open", "readers", LEVEL_READ, "guest");
	who = kit_reader(&kit, "guest");
	assert_int_equal(db_exec(kit.db, "UPDATE person SET expires_at = $1 WHERE login = 'guest'",
				 v_i64(clock_now() + 100)),
			 ST_OK);
	assert_int_equal(reader_now(&who, kit.db, &kit.mem, &who), ST_OK);
	assert_int_equal(db_exec(kit.db, "UPDATE person SET expires_at = $1 WHERE login = 'guest'",
				 v_i64(clock_now())),
			 ST_OK);
	assert_int_not_equal(reader_by_login(&who, kit.db, &kit.mem, STR("guest")), ST_OK);
	assert_int_equal(credentials_get(&c, kit.db, &kit.mem, STR("guest")), ST_OK);
	assert_int_equal(c.person_id, 0); /* as a name that nobody has */
}

/* Duties come from the host alone, and two of them never to one account. */
static void test_duties_are_given_on_the_host(void **state)
{
	struct reader keeper;

	(void)state;
	kit_person(&kit, "climber");
	assert_int_equal(
		person_set_duties(kit.db, &kit.mem, &kit.op, STR("climber"), DUTY_ACCOUNTS), ST_OK);
	keeper = kit_reader(&kit, "climber");
	assert_int_equal(person_set_duties(kit.db, &kit.mem, &keeper, STR("climber"),
					   DUTY_ACCOUNTS | DUTY_AUDIT),
			 ST_DENIED);
	assert_int_equal(
		person_set_duties(kit.db, &kit.mem, &keeper, STR("outsider"), DUTY_ACCOUNTS),
		ST_DENIED);
	assert_int_equal(person_set_duties(kit.db, &kit.mem, &kit.op, STR("climber"),
					   DUTY_ACCOUNTS | DUTY_SECURITY),
			 ST_INVALID);
	assert_int_equal(kit_reader(&kit, "climber").duties, DUTY_ACCOUNTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outsider_reads_nothing),
		cmocka_unit_test(test_levels_decide_acts),
		cmocka_unit_test(test_read_token_only_reads),
		cmocka_unit_test(test_restricted_audience_narrows),
		cmocka_unit_test(test_lists_of_all_audiences_are_for_accounts),
		cmocka_unit_test(test_outsider_on_list_still_needs_the_space),
		cmocka_unit_test(test_drafts_are_their_creators_alone),
		cmocka_unit_test(test_deleted_only_for_managers),
		cmocka_unit_test(test_rights_end_inside_the_act),
		cmocka_unit_test(test_disabled_loses_everything),
		cmocka_unit_test(test_nobody_grants_to_an_own_group),
		cmocka_unit_test(test_the_highest_of_several_groups_counts),
		cmocka_unit_test(test_an_expired_account_loses_everything),
		cmocka_unit_test(test_duties_are_given_on_the_host),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
