/* Settings: defaults, the file, and what it refuses. */
#include "schema/base/config.h"
#include "tests/support/check.h"

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void test_config_reads_a_file_over_the_defaults(void **state)
{
	AUTO(arena) struct arena mem = {0};
	char path[] = "/tmp/devon-config-XXXXXX";
	struct config config;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	write_file(path, "# a comment\n\nlisten = 127.0.0.1:9000 # behind\nworkers=4\n");
	assert_int_equal(config_load(&config, &mem, path), ST_OK);
	assert_true(str_is(config.listen, "127.0.0.1:9000"));
	assert_int_equal(config.workers, 4);
	assert_int_equal(config.queue, 256);
	write_file(path, "workers = 0\n");
	assert_int_equal(config_load(&config, &mem, path), ST_INVALID);
	write_file(path, "workers = 4\nwrokers = 4\n");
	assert_int_equal(config_load(&config, &mem, path), ST_INVALID);
	assert_non_null(strstr(fail_message(), "line 2"));
	write_file(path, "workers\n");
	assert_int_equal(config_load(&config, &mem, path), ST_INVALID);
	assert_int_equal(remove(path), 0);
	assert_int_equal(config_load(&config, &mem, path), ST_FAILED);
}

static void test_config_shows_every_setting(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct config config;
	const char *name;
	struct str value;
	size_t seen = 0;

	(void)state;
	assert_int_equal(config_load(&config, &mem, NULL), ST_OK);
	while (config_show(&config, &mem, seen, &name, &value)) {
		assert_int_equal(config_set(&config, &mem, str_c(name), value), ST_OK);
		seen++;
	}
	assert_true(seen > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_config_reads_a_file_over_the_defaults),
		cmocka_unit_test(test_config_shows_every_setting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
