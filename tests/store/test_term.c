/* The glossary: who sees, proposes, approves and imports. */
#include "schema/term.h"

#include "schema/journal.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_person(&kit, "staff");
	kit_person(&kit, "other");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager partner");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer");
	assert_int_equal(db_exec(kit.db, "INSERT INTO organisation (key, name, home)"
					 " VALUES ('trade', 'Ministry of Trade', 0)"),
			 ST_OK);
	assert_int_equal(db_exec(kit.db, "UPDATE person SET organisation_id ="
					 " (SELECT id FROM organisation WHERE key = 'trade')"
					 " WHERE login = 'partner'"),
			 ST_OK);
	return 0;
}

static struct term_forms form(const char *written)
{
	struct term_form *items = arena_array(&kit.mem, 1, sizeof(*items));

	items[0] = (struct term_form){
		.written = str_c(written), .key = str_c(written), .sort = str_c(written)};
	return (struct term_forms){items, written[0] ? 1 : 0};
}

static struct term_input input(const char *uz, const char *ru, const char *en)
{
	return (struct term_input){.domain = STR("consular"),
				   .source = STR(""),
				   .article = STR(""),
				   .forms = {form(uz), form(ru), form(en)},
				   .meaning = {STR(""), STR(""), STR("what it means")}};
}

static struct term propose(const char *login, const char *uz, const char *ru, const char *en)
{
	struct reader who = kit_reader(&kit, login);
	struct term_input in = input(uz, ru, en);
	struct term term;

	assert_int_equal(term_propose(&term, kit.db, &kit.mem, &who, &in), ST_OK);
	return term;
}

static enum status approve(const char *login, struct str id)
{
	struct reader who = kit_reader(&kit, login);

	return term_approve(kit.db, &kit.mem, &who, id);
}

static enum status get(const char *login, struct str id, struct term *out)
{
	struct reader who = kit_reader(&kit, login);

	return term_get(out, kit.db, &kit.mem, &who, id);
}

static size_t count_for(const char *login, struct term_filter filter)
{
	struct reader who = kit_reader(&kit, login);
	struct term_name *names;
	struct term *list;
	size_t count, named;

	assert_int_equal(term_list(&list, &count, kit.db, &kit.mem, &who, &filter, 100), ST_OK);
	assert_int_equal(term_names(&names, &named, kit.db, &kit.mem, &who, &filter), ST_OK);
	if (!filter.initial.len && !filter.after.len)
		assert_int_equal(named, count);
	return count;
}

static int64_t version(void)
{
	int64_t number;

	assert_int_equal(term_version(&number, kit.db), ST_OK);
	return number;
}

static void test_staff_propose_and_managers_approve(void **state)
{
	struct term term = propose("staff", "viza", "виза", "visa"), seen;

	(void)state;
	assert_int_equal(term.state, TERM_PROPOSED);
	assert_true(str_is(term.proposer_login, "staff"));
	assert_int_equal(approve("staff", term.public_id), ST_DENIED);
	assert_int_equal(approve("writer", term.public_id), ST_DENIED);
	assert_int_equal(approve("manager", term.public_id), ST_OK);
	assert_int_equal(get("staff", term.public_id, &seen), ST_OK);
	assert_int_equal(seen.state, TERM_APPROVED);
	assert_true(str_is(seen.approver_login, "manager") && seen.approved_at > 0);
	assert_true(str_is(seen.forms[TERM_RU].items[0].written, "виза"));
	assert_true(str_is(seen.meaning[TERM_EN], "what it means"));
}

static void test_partners_see_approved_ones_alone(void **state)
{
	struct term hidden = propose("staff", "viza", "виза", "visa"), seen;
	struct term open = propose("staff", "nota", "нота", "note");
	struct reader partner = kit_reader(&kit, "partner");
	struct term_input in = input("a", "b", "c");

	(void)state;
	assert_int_equal(approve("manager", open.public_id), ST_OK);
	assert_int_equal(get("partner", hidden.public_id, &seen), ST_NOT_FOUND);
	assert_int_equal(get("partner", open.public_id, &seen), ST_OK);
	assert_int_equal(count_for("partner", (struct term_filter){.lang = TERM_UZ}), 1);
	assert_int_equal(count_for("staff", (struct term_filter){.lang = TERM_UZ}), 2);
	assert_int_equal(term_propose(&seen, kit.db, &kit.mem, &partner, &in), ST_DENIED);
	assert_int_equal(approve("partner", open.public_id), ST_DENIED);
	assert_int_equal(approve("partner", hidden.public_id), ST_NOT_FOUND);
}

static void test_the_place_of_a_hidden_one_is_told_to_nobody(void **state)
{
	struct term hidden = propose("staff", "nota", "", "");
	struct term before = propose("staff", "bitim", "", "");

	(void)state;
	assert_int_equal(approve("manager", before.public_id), ST_OK);
	assert_int_equal(count_for("staff", (struct term_filter){.after = hidden.public_id}), 0);
	assert_int_equal(count_for("partner", (struct term_filter){.after = hidden.public_id}), 1);
	assert_int_equal(count_for("partner", (struct term_filter){.after = STR("0000000000000")}),
			 1);
}

static void test_a_proposal_is_mended_by_its_proposer_until_approved(void **state)
{
	struct term term = propose("staff", "viza", "виза", "visa"), seen;
	struct reader staff = kit_reader(&kit, "staff"), other = kit_reader(&kit, "other");
	struct term_input in = input("viza", "визы", "visas");

	(void)state;
	assert_int_equal(term_edit(kit.db, &kit.mem, &other, term.public_id, &in), ST_DENIED);
	assert_int_equal(term_edit(kit.db, &kit.mem, &staff, term.public_id, &in), ST_OK);
	assert_int_equal(get("other", term.public_id, &seen), ST_OK);
	assert_true(str_is(seen.forms[TERM_EN].items[0].written, "visas"));
	assert_int_equal(approve("manager", term.public_id), ST_OK);
	assert_int_equal(term_edit(kit.db, &kit.mem, &staff, term.public_id, &in), ST_DENIED);
}

static void test_a_token_that_reads_changes_nothing(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct term_input in = input("a", "b", "c");
	struct term term;

	(void)state;
	manager.reads_only = true;
	assert_int_equal(term_propose(&term, kit.db, &kit.mem, &manager, &in), ST_DENIED);
}

static void test_faults_name_their_field(void **state)
{
	struct reader staff = kit_reader(&kit, "staff");
	struct term_input in = input("", "", "");
	struct term term;

	(void)state;
	assert_int_equal(term_propose(&term, kit.db, &kit.mem, &staff, &in), ST_INVALID);
	assert_string_equal(fail_field(), "uz");
	in = input("viza", "", "");
	in.meaning[TERM_RU] = STR("zero\xE2\x80\x8Bwidth");
	assert_int_equal(term_propose(&term, kit.db, &kit.mem, &staff, &in), ST_INVALID);
	assert_string_equal(fail_field(), "meaning_ru");
	in = input("viza", "", "");
	in.article = STR("0000000000000");
	assert_int_equal(term_propose(&term, kit.db, &kit.mem, &staff, &in), ST_INVALID);
	assert_string_equal(fail_field(), "article");
}

static void test_an_article_is_shown_to_its_readers_only(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct article article = kit_article(&kit, &manager, "open", "About visas");
	struct term_input in = input("viza", "виза", "visa");
	struct term term, seen;

	(void)state;
	in.article = article.public_id;
	assert_int_equal(term_propose(&term, kit.db, &kit.mem, &manager, &in), ST_OK);
	assert_true(str_eq(term.article, article.public_id));
	assert_int_equal(get("staff", term.public_id, &seen), ST_OK);
	assert_int_equal(seen.article.len, 0);
}

static void test_obsolete_ones_name_what_took_their_place(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct term old = propose("staff", "ruxsatnoma", "виза", "visa"), seen;
	struct term fresh = propose("staff", "viza", "виза", "visa");

	(void)state;
	assert_int_equal(approve("manager", old.public_id), ST_OK);
	assert_int_equal(term_retire(kit.db, &kit.mem, &manager, old.public_id, fresh.public_id),
			 ST_INVALID);
	assert_string_equal(fail_field(), "replacement");
	assert_int_equal(approve("manager", fresh.public_id), ST_OK);
	assert_int_equal(term_retire(kit.db, &kit.mem, &manager, old.public_id, old.public_id),
			 ST_INVALID);
	assert_int_equal(term_retire(kit.db, &kit.mem, &manager, old.public_id, fresh.public_id),
			 ST_OK);
	assert_int_equal(get("staff", old.public_id, &seen), ST_OK);
	assert_true(seen.state == TERM_OBSOLETE && str_eq(seen.replacement, fresh.public_id));
	assert_int_equal(get("partner", old.public_id, &seen), ST_NOT_FOUND);
}

static void test_the_version_moves_with_what_is_approved(void **state)
{
	struct term *list, term = propose("staff", "viza", "виза", "visa");
	size_t count;
	int64_t before = version();

	(void)state;
	assert_int_equal(term_load_approved(&list, &count, kit.db, &kit.mem), ST_OK);
	assert_int_equal(count, 0);
	assert_int_equal(approve("manager", term.public_id), ST_OK);
	assert_true(version() > before);
	assert_int_equal(term_load_approved(&list, &count, kit.db, &kit.mem), ST_OK);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].forms[TERM_UZ].count, 1);
	before = version();
	assert_int_equal(approve("manager", term.public_id), ST_OK);
	assert_int_equal(version(), before);
}

static void test_the_list_is_filtered_and_goes_on(void **state)
{
	static const char *const words[] = {"nota", "bitim", "viza rejimi"};
	struct reader staff = kit_reader(&kit, "staff");
	struct term_filter filter = {.lang = TERM_UZ};
	struct term *list;
	size_t count;

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++)
		(void)propose("staff", words[i], "", "");
	(void)propose("staff", "", "посол", "");
	assert_int_equal(term_list(&list, &count, kit.db, &kit.mem, &staff, &filter, 2), ST_OK);
	assert_int_equal(count, 2);
	assert_true(str_is(list[0].forms[TERM_UZ].items[0].written, "bitim"));
	filter.after = list[1].public_id;
	assert_int_equal(term_list(&list, &count, kit.db, &kit.mem, &staff, &filter, 9), ST_OK);
	assert_int_equal(count, 2);
	assert_true(str_is(list[0].forms[TERM_UZ].items[0].written, "viza rejimi"));
	assert_int_equal(list[1].forms[TERM_UZ].count, 0);
	assert_int_equal(count_for("staff", (struct term_filter){.key = STR("rej")}), 1);
	assert_int_equal(count_for("staff", (struct term_filter){.key = STR("ej")}), 0);
	assert_int_equal(count_for("staff", (struct term_filter){.initial = STR("n")}), 1);
	assert_int_equal(count_for("staff", (struct term_filter){.domain = STR("legal")}), 0);
	assert_int_equal(
		count_for("staff", (struct term_filter){.has_state = true, .state = TERM_APPROVED}),
		0);
}

static struct term_row row(int64_t line, const char *uz, const char *ru, const char *en)
{
	return (struct term_row){.line = line,
				 .id = STR(""),
				 .input = input(uz, ru, en),
				 .state = TERM_APPROVED,
				 .replacement = STR("")};
}

static void test_import_takes_all_rows_or_none(void **state)
{
	struct reader manager = kit_reader(&kit, "manager"), staff = kit_reader(&kit, "staff");
	struct term_row rows[] = {row(2, "viza", "виза", "visa"), row(3, "", "", "")};
	struct term_counts counts;

	(void)state;
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 2, TERM_IMPORT),
			 ST_INVALID);
	assert_true(str_starts(str_c(fail_words()), STR("Line 3: ")));
	assert_int_equal(count_for("staff", (struct term_filter){.lang = TERM_UZ}), 0);
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &staff, rows, 1, TERM_IMPORT),
			 ST_DENIED);
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 1, TERM_IMPORT_TRY),
			 ST_OK);
	assert_int_equal(counts.added, 1);
	assert_int_equal(count_for("partner", (struct term_filter){.lang = TERM_UZ}), 0);
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 1, TERM_IMPORT),
			 ST_OK);
	assert_int_equal(count_for("partner", (struct term_filter){.lang = TERM_UZ}), 1);
}

static void test_import_knows_what_is_there(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct term_row rows[] = {row(2, "viza", "виза", "visa"), row(3, "nota", "нота", "note")};
	struct term_counts counts;

	(void)state;
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 2, TERM_IMPORT),
			 ST_OK);
	assert_int_equal(counts.added, 2);
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 2, TERM_IMPORT),
			 ST_OK);
	assert_true(counts.added == 0 && counts.unchanged == 2);
	rows[0].input.meaning[TERM_EN] = STR("leave to enter");
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 2, TERM_IMPORT_NEW),
			 ST_OK);
	assert_true(counts.changed == 0 && counts.unchanged == 2);
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 2, TERM_IMPORT),
			 ST_OK);
	assert_true(counts.changed == 1 && counts.unchanged == 1);
	rows[0] = row(4, "viza", "виза", "entry permit"); /* another concept of that name */
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &manager, rows, 1, TERM_IMPORT),
			 ST_OK);
	assert_int_equal(counts.added, 1);
}

static void test_every_act_is_in_the_journal(void **state)
{
	static const char *const acts[] = {"term.retire", "term.approve", "term.edit",
					   "term.propose"};
	struct reader manager = kit_reader(&kit, "manager");
	struct term term = propose("manager", "viza", "виза", "visa");
	struct term_input in = input("viza", "визы", "visas");
	struct journal_row *rows;
	size_t count;

	(void)state;
	assert_int_equal(term_edit(kit.db, &kit.mem, &manager, term.public_id, &in), ST_OK);
	assert_int_equal(approve("manager", term.public_id), ST_OK);
	assert_int_equal(term_retire(kit.db, &kit.mem, &manager, term.public_id, STR("")), ST_OK);
	assert_int_equal(journal_list(&rows, &count, kit.db, &kit.mem, &kit.op, STR("term."),
				      STR(""), 0, 10),
			 ST_OK);
	assert_int_equal(count, COUNT(acts));
	for (size_t i = 0; i < count; i++)
		assert_true(str_is(rows[i].action, acts[i]));
}

#define ON_RECORD(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RECORD(test_staff_propose_and_managers_approve),
		ON_RECORD(test_partners_see_approved_ones_alone),
		ON_RECORD(test_the_place_of_a_hidden_one_is_told_to_nobody),
		ON_RECORD(test_a_proposal_is_mended_by_its_proposer_until_approved),
		ON_RECORD(test_a_token_that_reads_changes_nothing),
		ON_RECORD(test_faults_name_their_field),
		ON_RECORD(test_an_article_is_shown_to_its_readers_only),
		ON_RECORD(test_obsolete_ones_name_what_took_their_place),
		ON_RECORD(test_the_version_moves_with_what_is_approved),
		ON_RECORD(test_the_list_is_filtered_and_goes_on),
		ON_RECORD(test_import_takes_all_rows_or_none),
		ON_RECORD(test_import_knows_what_is_there),
		ON_RECORD(test_every_act_is_in_the_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
