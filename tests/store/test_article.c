/* Articles: saving, conflicts, names, places, history. */
#include "schema/article.h"

#include "schema/index_feed.h"
#include "schema/journal.h"
#include "schema/revision.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct reader writer;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "closed");
	kit_circle(&kit, "open", "writers", LEVEL_MANAGE, "writer");
	writer = kit_reader(&kit, "writer");
	return 0;
}

static void test_save_makes_the_next_revision(void **state)
{
	struct article article = kit_article(&kit, &writer, "open", "First"), out;
	struct article_input input = kit_input("open", "First", "Changed.");
	struct revision_text text;

	(void)state;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input), ST_OK);
	assert_int_equal(out.revision, 2);
	assert_int_equal(revision_current(&text, kit.db, &kit.mem, &out), ST_OK);
	assert_str(text.body, "Changed.");
}

static void test_stale_base_is_a_conflict(void **state)
{
	struct article article = kit_article(&kit, &writer, "open", "Second"), out;
	struct article_input input = kit_input("open", "Second", "Mine.");

	(void)state;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input), ST_OK);
	input.text.body = STR("Theirs.");
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input),
		ST_CONFLICT);
}

static void test_saving_nothing_new_makes_no_revision(void **state)
{
	struct article article = kit_article(&kit, &writer, "open", "Same"), out;
	struct article_input input = kit_input("open", "Same", "A text.");

	(void)state;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input), ST_OK);
	assert_int_equal(out.revision, 1);
}

static void test_a_form_sent_twice_saves_once(void **state)
{
	struct article_input input = kit_input("open", "Twice", "Once.");
	struct article one, two;

	(void)state;
	input.form_key = STR("form-1");
	assert_int_equal(article_create(&one, kit.db, &kit.mem, &writer, &input), ST_OK);
	assert_int_equal(article_create(&two, kit.db, &kit.mem, &writer, &input), ST_OK);
	assert_int_equal(one.id, two.id);
}

static void test_titles_need_not_be_unique(void **state)
{
	struct article one = kit_article(&kit, &writer, "open", "Shared");
	struct article two = kit_article(&kit, &kit.op, "closed", "Shared");
	struct article_list found;

	(void)state;
	assert_int_not_equal(one.id, two.id);
	assert_int_equal(article_find_title(&found, kit.db, &kit.mem, &writer, STR("Shared"),
					    STR("Shared"), STR("en"), 5),
			 ST_OK);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.items[0].id, one.id);
}

static void test_former_title_still_leads_here(void **state)
{
	struct article article = kit_article(&kit, &writer, "open", "Old name"), out;
	struct article_input input = kit_input("open", "New name", "A text.");
	struct article_list found;

	(void)state;
	assert_int_equal(
		article_save(&out, kit.db, &kit.mem, &writer, article.public_id, 1, &input), ST_OK);
	assert_int_equal(article_find_title(&found, kit.db, &kit.mem, &writer, STR("Old name"),
					    STR("Old name"), STR("en"), 5),
			 ST_OK);
	assert_int_equal(found.count, 1);
	assert_str(found.items[0].title, "New name");
}

/* The article is renamed while it is hidden, and shown to others afterwards. */
static void test_a_name_from_before_the_move_stays_hidden(void **state)
{
	struct article secret = kit_article(&kit, &kit.op, "closed", "Plan zirkon"), out;
	struct article_input input = kit_input("closed", "Plain plan", "A text.");
	struct article_input linking = kit_input("open", "Guess", "[[Plan zirkon]]");
	struct article_link link = {.title = STR("Plan zirkon"), .title_key = STR("Plan zirkon")};
	struct article_target *targets;
	struct article_list found;
	struct audience *audiences;
	struct indexable doc;
	size_t count;
	bool complete;

	(void)state;
	(void)kit_person(&kit, "hidden-author");
	input.author = STR("hidden-author");
	assert_int_equal(article_save(&out, kit.db, &kit.mem, &kit.op, secret.public_id, 1, &input),
			 ST_OK);
	input = kit_input("closed", "Plain plan", "Another text.");
	assert_int_equal(article_save(&out, kit.db, &kit.mem, &kit.op, secret.public_id, 2, &input),
			 ST_OK);
	assert_int_equal(audience_list(&audiences, &count, kit.db, &kit.mem, &writer, STR("open")),
			 ST_OK);
	assert_int_equal(article_move(kit.db, &kit.mem, &kit.op, secret.public_id, audiences[0].id),
			 ST_OK);
	linking.text.links = &link;
	linking.text.n_links = 1;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &linking), ST_OK);
	assert_int_equal(article_find_title(&found, kit.db, &kit.mem, &writer, STR("Plan zirkon"),
					    STR("Plan zirkon"), STR("en"), 5),
			 ST_OK);
	assert_int_equal(found.count, 0);
	assert_int_equal(
		article_link_targets(&targets, &count, &complete, kit.db, &kit.mem, &writer, &out),
		ST_OK);
	assert_int_equal(count, 0);
	assert_int_equal(article_links_here(&found, kit.db, &kit.mem, &writer, &secret, 5), ST_OK);
	assert_int_equal(found.count, 0);
	assert_int_equal(index_feed_load(&doc, kit.db, &kit.mem,
					 (struct index_id){INDEX_ARTICLE, secret.id}),
			 ST_OK);
	assert_int_equal(doc.n_former_titles, 0);
	assert_int_equal(doc.n_authors, 1);
	assert_int_equal(article_find_title(&found, kit.db, &kit.mem, &kit.op, STR("Plan zirkon"),
					    STR("Plan zirkon"), STR("en"), 5),
			 ST_OK);
	assert_int_equal(found.count, 1);
}

static void test_completion_shows_readable_only(void **state)
{
	struct article_list found;

	(void)state;
	(void)kit_article(&kit, &writer, "open", "embassy tashkent");
	(void)kit_article(&kit, &kit.op, "closed", "embassy secret");
	assert_int_equal(article_complete(&found, kit.db, &kit.mem, &writer, STR("emb"), 8), ST_OK);
	assert_int_equal(found.count, 1);
	assert_int_equal(article_complete(&found, kit.db, &kit.mem, &kit.op, STR("emb"), 8), ST_OK);
	assert_int_equal(found.count, 2);
}

static size_t offered(const char *key)
{
	struct article_list found;

	assert_int_equal(article_complete(&found, kit.db, &kit.mem, &writer, str_c(key), 8), ST_OK);
	return found.count;
}

/* Neither drafts nor deleted articles are offered, whichever act made them so. */
static void test_completion_follows_the_state(void **state)
{
	struct article_input input = kit_input("open", "Harbour dues", "Text.");
	struct article out;
	struct str id;

	(void)state;
	input.status = ARTICLE_DRAFT;
	input.completions = (struct str[]){STR("Harbour dues"), STR("dues")};
	input.n_completions = 2;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &input), ST_OK);
	id = out.public_id;
	assert_int_equal(offered("Harbour"), 0);
	input.status = ARTICLE_PUBLISHED;
	assert_int_equal(article_save(&out, kit.db, &kit.mem, &writer, id, 1, &input), ST_OK);
	assert_int_equal(offered("Harbour"), 1);
	assert_int_equal(offered("due"), 1);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &kit.op, id, true), ST_OK);
	assert_int_equal(offered("due"), 0);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &kit.op, id, false), ST_OK);
	assert_int_equal(offered("due"), 1);
	assert_int_equal(article_set_status(kit.db, &kit.mem, &writer, id, ARTICLE_DRAFT), ST_OK);
	assert_int_equal(offered("due"), 0);
}

static void test_whole_titles_are_offered_first(void **state)
{
	struct article_input late = kit_input("open", "New dues", "Text."), whole = late;
	struct article_list found;
	struct article out;

	(void)state;
	late.completions = (struct str[]){STR("New dues"), STR("dues")};
	late.n_completions = whole.n_completions = 2;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &late), ST_OK);
	whole.title = whole.title_key = STR("dues of harbours");
	whole.completions = (struct str[]){STR("dues of harbours"), STR("harbours")};
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &whole), ST_OK);
	assert_int_equal(article_complete(&found, kit.db, &kit.mem, &writer, STR("due"), 8), ST_OK);
	assert_int_equal(found.count, 2);
	assert_str(found.items[0].title, "dues of harbours");
}

/* The completion of a long title holds its beginning only. */
static void test_a_long_title_is_a_whole_one(void **state)
{
	struct article_input late = kit_input("open", "Old tolls", "Text."), whole = late;
	struct article_list found;
	struct article out;

	(void)state;
	late.completions = (struct str[]){STR("Old tolls"), STR("tolls")};
	late.n_completions = 2;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &late), ST_OK);
	whole.title = whole.title_key = STR("tolls of bridges and roads");
	whole.completions = (struct str[]){STR("tolls of bridges")};
	whole.n_completions = 1;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &whole), ST_OK);
	assert_int_equal(article_complete(&found, kit.db, &kit.mem, &writer, STR("tol"), 8), ST_OK);
	assert_int_equal(found.count, 2);
	assert_str(found.items[0].title, "tolls of bridges and roads");
}

static void test_links_here_shows_readable_only(void **state)
{
	struct article target = kit_article(&kit, &writer, "open", "Target");
	struct article_link link = {.title = STR("Target"), .title_key = STR("Target")};
	struct article_input open = kit_input("open", "From open", "[[Target]]");
	struct article_input closed = kit_input("closed", "From closed", "[[Target]]");
	struct article_list found;
	struct article out;

	(void)state;
	open.text.links = closed.text.links = &link;
	open.text.n_links = closed.text.n_links = 1;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &open), ST_OK);
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &kit.op, &closed), ST_OK);
	assert_int_equal(article_links_here(&found, kit.db, &kit.mem, &writer, &target, 10), ST_OK);
	assert_int_equal(found.count, 1);
	assert_str(found.items[0].title, "From open");
}

static void test_no_article_stands_under_itself(void **state)
{
	struct article top = kit_article(&kit, &writer, "open", "Top");
	struct article below = kit_article(&kit, &writer, "open", "Below");

	(void)state;
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &writer, below.public_id, top.public_id),
		ST_OK);
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &writer, top.public_id, below.public_id),
		ST_INVALID);
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &writer, top.public_id, top.public_id),
		ST_INVALID);
}

static void test_a_revision_keeps_the_audience_it_was_saved_under(void **state)
{
	struct article secret = kit_article(&kit, &kit.op, "closed", "Moved out"), now;
	struct audience *audiences;
	struct revision revision, *list;
	struct revision_text text;
	size_t count;

	(void)state;
	assert_int_equal(audience_list(&audiences, &count, kit.db, &kit.mem, &writer, STR("open")),
			 ST_OK);
	assert_int_equal(article_move(kit.db, &kit.mem, &kit.op, secret.public_id, audiences[0].id),
			 ST_OK);
	writer = kit_reader(&kit, "writer");
	assert_int_equal(article_get(&now, kit.db, &kit.mem, &writer, secret.public_id), ST_OK);
	assert_int_equal(revision_get(&revision, &text, kit.db, &kit.mem, &writer, &now, 1),
			 ST_NOT_FOUND);
	assert_int_equal(revision_list(&list, &count, kit.db, &kit.mem, &writer, &now, 0, 10),
			 ST_OK);
	assert_int_equal(count, 0);
}

static void test_moves_and_trash_tell_the_index_where_it_was(void **state)
{
	struct article article = kit_article(&kit, &writer, "open", "Indexed");
	struct journal_change *changes;
	struct indexable doc;
	int64_t head, last;
	size_t count;

	(void)state;
	assert_int_equal(journal_head(&head, kit.db), ST_OK);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, article.public_id, true),
			 ST_OK);
	assert_int_equal(journal_next_changes(&changes, &count, &last, kit.db, &kit.mem, head, 10),
			 ST_OK);
	assert_int_equal(count, 1);
	assert_int_equal(changes[0].id.kind, INDEX_ARTICLE);
	assert_int_equal(changes[0].id.number, article.id);
	assert_int_equal(changes[0].audience_was, article.audience_id);
	assert_int_equal(index_feed_load(&doc, kit.db, &kit.mem,
					 (struct index_id){INDEX_ARTICLE, article.id}),
			 ST_OK);
	assert_false(doc.indexed);
}

/* Also in the trash a draft is its maker's alone. */
static void test_the_trash_holds_no_drafts_of_others(void **state)
{
	struct article draft = kit_article(&kit, &writer, "open", "Thrown away draft");
	struct article_list list;
	struct article out;
	struct reader other;

	(void)state;
	(void)kit_person(&kit, "manager-two");
	kit_member(&kit, "writers", "manager-two");
	assert_int_equal(
		article_set_status(kit.db, &kit.mem, &writer, draft.public_id, ARTICLE_DRAFT),
		ST_OK);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &writer, draft.public_id, true),
			 ST_OK);
	other = kit_reader(&kit, "manager-two");
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &other, draft.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(article_trash(&list, kit.db, &kit.mem, &other, STR("open"), 1), ST_OK);
	for (size_t i = 0; i < list.count; i++)
		assert_int_not_equal(list.items[i].id, draft.id);
	assert_int_equal(list.more, false);
	assert_int_equal(article_trash(&list, kit.db, &kit.mem, &writer, STR("open"), 1), ST_OK);
	assert_int_equal(list.items[0].id, draft.id);
}

/* Who does not see the article above neither takes this one away from it nor learns of it. */
static void test_a_hidden_parent_stays(void **state)
{
	struct article top = kit_article(&kit, &writer, "open", "Hidden top"), out;
	struct article below = kit_article(&kit, &writer, "open", "Seen below");
	struct article_input input = kit_input("open", "Seen below", "A text.");
	int64_t audience, before, after;
	struct reader editor;

	(void)state;
	kit_group(&kit, "plain-editors");
	kit_grant(&kit, "open", "plain-editors", LEVEL_WRITE);
	(void)kit_person(&kit, "plain-editor");
	kit_member(&kit, "plain-editors", "plain-editor");
	assert_int_equal(
		article_set_parent(kit.db, &kit.mem, &writer, below.public_id, top.public_id),
		ST_OK);
	writer = kit_reader(&kit, "writer");
	assert_int_equal(
		audience_add(&audience, kit.db, &kit.mem, &writer, STR("open"), STR("Managers")),
		ST_OK);
	assert_int_equal(article_move(kit.db, &kit.mem, &writer, top.public_id, audience), ST_OK);
	editor = kit_reader(&kit, "plain-editor");
	assert_int_equal(article_save(&out, kit.db, &kit.mem, &editor, below.public_id, 1, &input),
			 ST_OK);
	assert_int_equal(out.revision, 1);
	assert_int_equal(journal_head(&before, kit.db), ST_OK);
	assert_int_equal(article_set_parent(kit.db, &kit.mem, &editor, below.public_id, STR("")),
			 ST_OK);
	assert_int_equal(journal_head(&after, kit.db), ST_OK);
	assert_int_equal(before, after);
	input.text.body = STR("Another text.");
	assert_int_equal(article_save(&out, kit.db, &kit.mem, &editor, below.public_id, 1, &input),
			 ST_OK);
	assert_int_equal(out.parent_id, top.id);
}

static void test_bad_titles_and_tags_are_named(void **state)
{
	static const char *const titles[] = {"", " ends ", "two\nlines", "zero\xE2\x80\x8Bwidth",
					     "bad\xFF"};
	struct article out;

	(void)state;
	for (size_t i = 0; i < COUNT(titles); i++) {
		struct article_input input = kit_input("open", titles[i], "A text.");

		assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &input),
				 ST_INVALID);
		assert_string_equal(fail_field(), "title");
	}
}

static void test_hidden_space_is_not_found(void **state)
{
	struct article_input input = kit_input("closed", "Try", "A text.");
	struct article_input absent = kit_input("nowhere", "Try", "A text.");
	struct article out;

	(void)state;
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &input), ST_NOT_FOUND);
	assert_int_equal(article_create(&out, kit.db, &kit.mem, &writer, &absent), ST_NOT_FOUND);
}

/* Under the name of a deleted one something new begins (security.md 3.6). */
static void test_a_name_taken_again_inherits_nothing(void **state)
{
	struct reader editor;
	struct article_input input = kit_input("reused", "Taken again", "First text.");
	struct article old, new, out;
	struct revision *revisions;
	size_t count;

	(void)state;
	kit_space(&kit, "reused");
	kit_circle(&kit, "reused", "editors", LEVEL_WRITE, "editor");
	editor = kit_reader(&kit, "editor");
	input.key = STR("taken-again");
	assert_int_equal(article_create(&old, kit.db, &kit.mem, &editor, &input), ST_OK);
	assert_int_equal(article_set_deleted(kit.db, &kit.mem, &kit.op, old.public_id, true),
			 ST_OK);
	input.key = STR_NONE;
	input.text.body = STR("Second text.");
	assert_int_equal(article_create(&new, kit.db, &kit.mem, &editor, &input), ST_OK);
	assert_false(str_eq(new.public_id, old.public_id));
	assert_int_equal(revision_list(&revisions, &count, kit.db, &kit.mem, &editor, &new, 0, 10),
			 ST_OK);
	assert_int_equal(count, 1);
	assert_int_equal(article_get(&out, kit.db, &kit.mem, &editor, old.public_id), ST_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_save_makes_the_next_revision),
		cmocka_unit_test(test_stale_base_is_a_conflict),
		cmocka_unit_test(test_saving_nothing_new_makes_no_revision),
		cmocka_unit_test(test_a_form_sent_twice_saves_once),
		cmocka_unit_test(test_titles_need_not_be_unique),
		cmocka_unit_test(test_a_name_taken_again_inherits_nothing),
		cmocka_unit_test(test_former_title_still_leads_here),
		cmocka_unit_test(test_a_name_from_before_the_move_stays_hidden),
		cmocka_unit_test(test_completion_shows_readable_only),
		cmocka_unit_test(test_completion_follows_the_state),
		cmocka_unit_test(test_whole_titles_are_offered_first),
		cmocka_unit_test(test_a_long_title_is_a_whole_one),
		cmocka_unit_test(test_links_here_shows_readable_only),
		cmocka_unit_test(test_no_article_stands_under_itself),
		cmocka_unit_test(test_a_revision_keeps_the_audience_it_was_saved_under),
		cmocka_unit_test(test_moves_and_trash_tell_the_index_where_it_was),
		cmocka_unit_test(test_the_trash_holds_no_drafts_of_others),
		cmocka_unit_test(test_a_hidden_parent_stays),
		cmocka_unit_test(test_bad_titles_and_tags_are_named),
		cmocka_unit_test(test_hidden_space_is_not_found),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
