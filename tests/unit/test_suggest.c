/* Folded words written back in Cyrillic. */
#include "indexer/suggest.h"

#include "indexer/script.h"
#include "tests/support/check.h"
#include "tests/support/file_kit.h"

static struct arena mem;

static struct str written(struct str t1)
{
	AUTO(buf) struct buf out = {0};

	suggest_cyrillic(&out, t1);
	return buf_keep(&out, &mem);
}

static void test_letters(void **state)
{
	(void)state;
	assert_str(written(STR("o'zbekiston")), "ўзбекистон");
	assert_str(written(STR("elchixona")), "элчихона");
	assert_str(written(STR("poeziya")), "поэзия");
	assert_str(written(STR("yevropa")), "европа");
	assert_str(written(STR("obyekt")), "объект");
	assert_str(written(STR("konstitutsiya")), "конституция");
	assert_str(written(STR("konvensiya")), "конвенсия");
}

/* What is suggested is searched, and must be the same word then. */
static void test_folding_undoes_it(void **state)
{
	struct str text = file_kit_data(&mem, "uzbek/wordlist-cyrillic.txt");

	(void)state;
	if (!text.ptr)
		skip();
	while (text.ptr) {
		struct str t1 = script_key(&mem, str_cut(&text, '\n'));

		if (str_find(t1, ' ') < 0 && !str_eq(script_key(&mem, written(t1)), t1))
			fail_msg("%.*s", STR_ARG(t1));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_folding_undoes_it),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_release(&mem);
	return failed;
}
