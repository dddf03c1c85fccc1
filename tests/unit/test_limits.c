/* Seats, rates, tokens of forms, names of the installation, cookies, coding of answers. */
#include "schema/base/arena.h"
#include "server/cookie.h"
#include "server/csrf.h"
#include "server/gzip.h"
#include "server/origin.h"
#include "server/rate.h"
#include "server/seats.h"
#include "tests/support/check.h"

static struct seat_address address(const char *text)
{
	bool good;
	struct seat_address out = seat_address_parse(str_c(text), &good);

	assert_true(good);
	return out;
}

static void test_seats_are_counted_by_address(void **state)
{
	struct seats *seats = seats_new(10, 3);
	struct seat_address a = address("192.0.2.1"), b = address("2001:db8::1");

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(seats_take(seats, a));
	assert_false(seats_take(seats, a));
	assert_true(seats_take(seats, b));
	seats_leave(seats, a);
	assert_true(seats_take(seats, a));
	assert_false(seats_take(seats, a));
	for (int i = 0; i < 6; i++)
		assert_true(seats_take(seats, address("127.0.0.1")));
	assert_false(seats_take(seats, address("192.0.2.9")));
	assert_int_equal(seats_taken(seats), 10);
	seats_free(seats);
}

/* Many addresses coming and going leave no place taken and none unfindable. */
static void test_seats_forget_who_left(void **state)
{
	struct seats *seats = seats_new(500, 2);
	struct seat_address list[500];
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 20; round++) {
		for (size_t i = 0; i < COUNT(list); i++) {
			seed = seed * 1103515245 + 12345;
			memcpy(list[i].bytes, &seed, sizeof(seed));
			memset(list[i].bytes + 4, 9, 12);
			assert_true(seats_take(seats, list[i]));
		}
		for (size_t i = 0; i < COUNT(list); i++)
			seats_leave(seats, list[(i * 7) % COUNT(list)]);
		assert_int_equal(seats_taken(seats), 0);
	}
	assert_true(seats_take(seats, list[3]) && seats_take(seats, list[3]));
	assert_false(seats_take(seats, list[3]));
	seats_free(seats);
}

static void test_seat_addresses(void **state)
{
	AUTO(arena) struct arena mem = {0};
	bool good;

	(void)state;
	assert_true(seat_address_is_loopback(address("127.3.2.1")));
	assert_true(seat_address_is_loopback(address("::1")));
	assert_false(seat_address_is_loopback(address("10.0.0.1")));
	assert_str(seat_address_text(&mem, address("192.0.2.7")), "192.0.2.7");
	assert_str(seat_address_text(&mem, address("2001:db8:0::1")), "2001:db8::1");
	(void)seat_address_parse(STR("192.0.2"), &good);
	assert_false(good);
	(void)seat_address_parse(STR("evil\" x"), &good);
	assert_false(good);
}

static void test_rate_refills(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct config config;
	struct rate *rate;
	const int64_t second = 1000000;

	(void)state;
	assert_int_equal(config_load(&config, &mem, NULL), ST_OK);
	config.rate_search = 60;
	rate = rate_new(&config);
	for (int i = 0; i < 60; i++)
		assert_int_equal(rate_take(rate, BUCKET_SEARCH, 1, 100 * second), 0);
	assert_int_equal(rate_take(rate, BUCKET_SEARCH, 1, 100 * second), 2);
	assert_int_equal(rate_take(rate, BUCKET_SEARCH, 2, 100 * second), 0);
	assert_int_equal(rate_take(rate, BUCKET_READ, 1, 100 * second), 0);
	assert_int_equal(rate_take(rate, BUCKET_SEARCH, 1, 101 * second), 0);
	assert_true(rate_take(rate, BUCKET_SEARCH, 1, 101 * second) > 0);
	for (int i = 0; i < 60; i++)
		assert_int_equal(rate_take(rate, BUCKET_SEARCH, 1, 1000 * second), 0);
	assert_true(rate_take(rate, BUCKET_SEARCH, 1, 1000 * second) > 0);
	rate_free(rate);
}

/* A flood of others does not free the one who is limited and keeps asking. */
static void test_rate_forgets_the_idle_first(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct config config;
	struct rate *rate;
	int64_t now = 1000000;

	(void)state;
	assert_int_equal(config_load(&config, &mem, NULL), ST_OK);
	rate = rate_new(&config);
	for (int i = 0; i < 3; i++)
		assert_int_equal(rate_take(rate, BUCKET_EXPORT, 1, now), 0);
	for (uint64_t who = 2; who < 100000; who++) {
		assert_int_equal(rate_take(rate, BUCKET_EXPORT, who, ++now), 0);
		if (who % 16 == 0)
			assert_true(rate_take(rate, BUCKET_EXPORT, 1, now) > 0);
	}
	rate_free(rate);
}

static void test_csrf_tokens(void **state)
{
	AUTO(arena) struct arena mem = {0};
	unsigned char key[SECRET_LEN] = {1}, other[SECRET_LEN] = {2};
	char a[OUT_CSRF_LEN], b[OUT_CSRF_LEN];
	struct str token = str_of(a, sizeof(a));

	(void)state;
	assert_int_equal(secret_init(), ST_OK);
	csrf_token(a, &mem, key, STR("session"));
	csrf_token(b, &mem, key, STR("session"));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_true(csrf_check(token, key, STR("session")));
	assert_true(csrf_check(str_of(b, sizeof(b)), key, STR("session")));
	assert_false(csrf_check(token, key, STR("another")));
	assert_false(csrf_check(token, other, STR("session")));
	assert_false(csrf_check(str_head(token, sizeof(a) - 1), key, STR("session")));
	assert_false(csrf_check(STR_NONE, key, STR("session")));
	a[80] = a[80] == 'A' ? 'B' : 'A';
	assert_false(csrf_check(token, key, STR("session")));
}

static void test_origin(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct origin o;

	(void)state;
	assert_int_equal(origin_init(&o, &mem, STR(""), STR("127.0.0.1"), 8080), ST_OK);
	assert_str(o.url, "http://127.0.0.1:8080");
	assert_true(origin_is_host(&o, STR("LocalHost:8080")));
	assert_true(origin_is_host(&o, STR("[::1]:8080")));
	assert_false(origin_is_host(&o, STR("localhost")));
	assert_false(origin_is_host(&o, STR("")));
	assert_true(origin_is_ours(&o, STR("http://localhost:8080")));
	assert_false(origin_is_ours(&o, STR("https://localhost:8080")));
	assert_false(origin_is_ours(&o, STR("null")));
	assert_true(origin_of_referer(&o, STR("http://127.0.0.1:8080/a/b")));
	assert_false(origin_of_referer(&o, STR("http://127.0.0.1:8080.evil/a")));
	assert_false(origin_of_referer(&o, STR("http://127.0.0.1:8080@evil/")));
	assert_false(origin_of_referer(&o, STR("")));
	assert_int_equal(origin_init(&o, &mem, STR("https://Devon.example/"), STR("127.0.0.1"), 1),
			 ST_OK);
	assert_true(o.tls);
	assert_str(o.url, "https://Devon.example");
	assert_true(origin_is_host(&o, STR("devon.example")));
	assert_true(origin_is_ours(&o, STR("https://devon.example")));
	assert_false(origin_is_ours(&o, STR("http://devon.example")));
	assert_false(origin_is_ours(&o, STR("http://localhost:1")));
	assert_int_equal(origin_init(&o, &mem, STR("ftp://x"), STR("a"), 1), ST_INVALID);
	assert_int_equal(origin_init(&o, &mem, STR("https://x/y"), STR("a"), 1), ST_INVALID);
	assert_int_equal(origin_init(&o, &mem, STR("https://"), STR("a"), 1), ST_INVALID);
}

static void test_cookies(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str value;

	(void)state;
	assert_true(cookie_find(&value, STR("a=b; devon=x=y ;c"), COOKIE_SESSION, false));
	assert_str(value, "x=y");
	assert_true(cookie_find(&value, STR("devon=x"), COOKIE_SESSION, true));
	assert_str(value, "");
	assert_false(cookie_find(&value, STR("devon=x; devon=x"), COOKIE_SESSION, false));
	assert_true(cookie_find(&value, STR_NONE, COOKIE_VISIT, false));
	assert_str(cookie_make(&mem, COOKIE_SESSION, STR("s"), true),
		   "__Host-devon=s; Path=/; HttpOnly; SameSite=Lax; Secure");
	assert_str(cookie_make(&mem, COOKIE_VISIT, STR_NONE, false),
		   "devon-visit=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

static void test_gzip_is_for_who_accepts_it(void **state)
{
	(void)state;
	assert_true(gzip_accepts(STR("gzip"), "gzip"));
	assert_true(gzip_accepts(STR("br, GZip;q=0.5"), "gzip"));
	assert_false(gzip_accepts(STR("gzip;q=0"), "gzip"));
	assert_false(gzip_accepts(STR("gzip; q=0.000"), "gzip"));
	assert_false(gzip_accepts(STR("br, xgzip"), "gzip"));
	assert_false(gzip_accepts(STR_NONE, "gzip"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seats_are_counted_by_address),
		cmocka_unit_test(test_seats_forget_who_left),
		cmocka_unit_test(test_seat_addresses),
		cmocka_unit_test(test_rate_refills),
		cmocka_unit_test(test_rate_forgets_the_idle_first),
		cmocka_unit_test(test_csrf_tokens),
		cmocka_unit_test(test_origin),
		cmocka_unit_test(test_cookies),
		cmocka_unit_test(test_gzip_is_for_who_accepts_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
