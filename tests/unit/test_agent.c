/* Browsers by the names under which people know them. */
#include "tests/support/check.h"

#include "server/agent.h"

static void test_browsers_have_their_names(void **state)
{
	static const struct {
		const char *agent, *words;
	} known[] = {
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
		 "Firefox 145, Windows"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
		 "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
		 "Edge 142, Windows"},
		{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
		 "HeadlessChrome/142.0.0.0 Safari/537.36",
		 "Chrome 142, Linux"},
		{"Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) "
		 "Chrome/142.0.0.0 YaBrowser/25.10.1.0 Mobile Safari/537.36",
		 "Yandex 25, Android"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
		 "like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
		 "Safari 18, iPhone"},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
		 "Gecko) Version/18.1 Safari/605.1.15",
		 "Safari 18, macOS"},
		{"Firefox/145", "Firefox 145"},
		{"Firefox/", "Firefox"},
	};
	AUTO(arena) struct arena mem = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(known); i++)
		assert_str(agent_words(&mem, str_c(known[i].agent)), known[i].words);
}

static void test_others_are_shown_as_they_are(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(agent_words(&mem, STR("curl/8.5.0")), "curl/8.5.0");
	assert_str(agent_words(&mem, STR("robot (Linux)")), "robot (Linux)");
	assert_str(agent_words(&mem, STR_NONE), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_browsers_have_their_names),
		cmocka_unit_test(test_others_are_shown_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
