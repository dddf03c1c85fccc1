/* The children as the server sees them: messages in, answers out. */
#include "indexer/serve.h"

#include "indexer/search.h"
#include "indexer/writer.h"
#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 10 * 1000 * 1000 };

struct child {
	pid_t pid;
	int fd;
	struct buf in, out;
	enum wire_kind kind;
	struct wire_reader reply;
};

static char *folder;
static struct arena mem;

static int start(void **state)
{
	(void)state;
	folder = folder_make();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	folder_remove(folder);
	arena_release(&mem);
	return 0;
}

static void receive(struct child *c)
{
	assert_int_equal(wire_receive(c->fd, &c->in, &c->kind, &c->reply, clock_mono() + PATIENCE),
			 ST_OK);
}

static void begin(struct child *c, enum status (*run)(int fd, const char *folder))
{
	int pair[2];

	*c = (struct child){0};
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	c->pid = fork();
	assert_true(c->pid >= 0);
	if (c->pid == 0) {
		(void)close(pair[0]);
		_exit(run(pair[1], folder) == ST_OK ? 0 : 1);
	}
	(void)close(pair[1]);
	c->fd = pair[0];
	receive(c);
	assert_int_equal(c->kind, WIRE_READY);
	assert_str(wire_get_text(&c->reply), WIRE_VERSION);
}

static void end(struct child *c, int exit_code)
{
	int how;

	(void)close(c->fd);
	assert_int_equal(waitpid(c->pid, &how, 0), c->pid);
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), exit_code);
	buf_release(&c->in);
	buf_release(&c->out);
}

static enum wire_kind ask(struct child *c)
{
	assert_int_equal(wire_send(c->fd, &c->out, clock_mono() + PATIENCE), ST_OK);
	receive(c);
	return c->kind;
}

static void test_write_then_search(void **state)
{
	const int64_t ids[] = {4};
	struct index_doc doc = kit_doc(4, "a1", "Elchixona", "qabul kunlari");
	struct search_request request = {
		.audiences = {ids, 1}, .query = STR("элчихона"), .limit = 10};
	struct search_result result;
	struct child writer, searcher;
	int64_t version;

	(void)state;
	begin(&searcher, search_serve);
	begin(&writer, writer_serve);
	doc_write(&writer.out, &doc);
	assert_int_equal(ask(&writer), WIRE_OK);
	wire_begin(&writer.out, WIRE_COMMIT);
	wire_i64(&writer.out, 12);
	assert_int_equal(ask(&writer), WIRE_COMMITTED);
	assert_int_equal(wire_get_u32(&writer.reply), 1);
	assert_true(wire_get_i64(&writer.reply) == 4);
	version = wire_get_i64(&writer.reply);
	assert_true(version > 0 && wire_get_end(&writer.reply));

	request.versions = &version;
	search_request_write(&searcher.out, &request);
	assert_int_equal(ask(&searcher), WIRE_FOUND);
	assert_true(search_result_read(&result, &mem, &searcher.reply));
	assert_string_equal(kit_ids(&mem, &result), "a1");
	end(&writer, 0); /* first: it inherited the socket of the other */
	end(&searcher, 0);
}

static void test_state_and_list(void **state)
{
	struct index_doc doc = kit_doc(4, "a1", "t", "b");
	struct child c;

	(void)state;
	begin(&c, writer_serve);
	doc_write(&c.out, &doc);
	assert_int_equal(ask(&c), WIRE_OK);
	wire_begin(&c.out, WIRE_COMMIT);
	wire_i64(&c.out, 12);
	assert_int_equal(ask(&c), WIRE_COMMITTED);
	wire_begin(&c.out, WIRE_STATE);
	assert_int_equal(ask(&c), WIRE_STATE_IS);
	assert_true(wire_get_i64(&c.reply) == 12);
	assert_true(wire_get_i64(&c.reply) == 1);
	assert_true(wire_get_i64(&c.reply) > 0);
	assert_int_equal(wire_get_u32(&c.reply), 1);
	wire_begin(&c.out, WIRE_LIST);
	wire_i64(&c.out, 4);
	assert_int_equal(ask(&c), WIRE_LISTED);
	assert_int_equal(wire_get_u32(&c.reply), 1);
	assert_str(wire_get_text(&c.reply), "a1");
	assert_true(wire_get_i64(&c.reply) == 1 && wire_get_end(&c.reply));
	wire_begin(&c.out, WIRE_DELETE);
	wire_i64(&c.out, 4);
	wire_text(&c.out, STR("a1"));
	assert_int_equal(ask(&c), WIRE_OK);
	end(&c, 0);
}

static void test_damaged_messages_are_refused_and_the_child_goes_on(void **state)
{
	struct child c;

	(void)state;
	begin(&c, writer_serve);
	wire_begin(&c.out, WIRE_PUT);
	wire_text(&c.out, STR("no document"));
	assert_int_equal(ask(&c), WIRE_REFUSED);
	wire_begin(&c.out, WIRE_SEARCH);
	assert_int_equal(ask(&c), WIRE_REFUSED);
	wire_begin(&c.out, WIRE_DELETE);
	wire_i64(&c.out, 4);
	wire_text(&c.out, STR("../a1"));
	assert_int_equal(ask(&c), WIRE_REFUSED);
	wire_begin(&c.out, WIRE_PING);
	wire_i64(&c.out, 4);
	assert_int_equal(ask(&c), WIRE_REFUSED);
	wire_begin(&c.out, WIRE_PING);
	assert_int_equal(ask(&c), WIRE_OK);
	end(&c, 0);
}

static void test_impossible_frame_ends_the_child(void **state)
{
	struct child c;

	(void)state;
	begin(&c, search_serve);
	assert_int_equal(send(c.fd, "\xff\xff\xff\xff", 4, 0), 4);
	end(&c, 1);
}

static void test_several_messages_under_way(void **state)
{
	AUTO(buf) struct buf message = {0};
	struct child c;

	(void)state;
	begin(&c, writer_serve);
	for (int i = 0; i < 50; i++) {
		struct index_doc doc =
			kit_doc(4, arena_printf(&mem, "a%d", i).ptr, "t", "bir ikki uch");

		doc_write(&message, &doc);
		assert_int_equal(wire_send(c.fd, &message, clock_mono() + PATIENCE), ST_OK);
	}
	for (int i = 0; i < 50; i++) {
		receive(&c);
		assert_int_equal(c.kind, WIRE_OK);
	}
	end(&c, 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_write_then_search),
		IN_FOLDER(test_state_and_list),
		IN_FOLDER(test_damaged_messages_are_refused_and_the_child_goes_on),
		IN_FOLDER(test_impossible_frame_ends_the_child),
		IN_FOLDER(test_several_messages_under_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
