/* A fresh record for tests of the stores. */
#include "tests/support/record_kit.h"

#include <unistd.h>

#include "schema/group.h"
#include "schema/migrate.h"
#include "schema/person.h"
#include "schema/space.h"
#include "tests/support/check.h"

#define MUST(x)                                                                                    \
	do {                                                                                       \
		if ((x) != ST_OK) {                                                                \
			print_error("%s: %s (%s)\n", #x, fail_message(), fail_place());            \
			_fail(__FILE__, __LINE__);                                                 \
		}                                                                                  \
	} while (0)

static struct kit *opened;

void kit_open(struct kit *kit)
{
	const char *folder = getenv("TMPDIR");
	int applied, fd;
	int64_t id;

	opened = kit;
	*kit = (struct kit){0};
	(void)snprintf(kit->path, sizeof(kit->path), "%s/devon-record-XXXXXX",
		       folder ? folder : "/tmp");
	fd = mkstemp(kit->path);
	assert_true(fd >= 0);
	(void)close(fd);
	MUST(secret_init());
	MUST(db_open(&kit->db, kit->path, DB_WRITE));
	MUST(migrate(kit->db, false, &applied));
	assert_true(applied > 0);
	MUST(reader_operator(&kit->op, kit->db, &kit->mem));
	MUST(group_add(&id, kit->db, &kit->mem, &kit->op, STR("staff"), STR("All staff")));
	(void)kit_person(kit, "admin");
	MUST(person_set_duties(kit->db, &kit->mem, &kit->op, STR("admin"), DUTY_ACCOUNTS));
}

void kit_close(struct kit *kit)
{
	static const char *const endings[] = {"", "-wal", "-shm"};

	db_close(kit->db);
	for (size_t i = 0; i < COUNT(endings); i++) {
		char path[160];

		(void)snprintf(path, sizeof(path), "%s%s", kit->path, endings[i]);
		(void)unlink(path);
	}
	arena_release(&kit->mem);
}

int kit_tear_down(void **state)
{
	(void)state;
	kit_close(opened);
	return 0;
}

/* Making things raises the operator's audiences; read them anew. */
static void refresh(struct kit *kit)
{
	MUST(reader_operator(&kit->op, kit->db, &kit->mem));
}

int64_t kit_person(struct kit *kit, const char *login)
{
	struct person_input input = {.login = str_c(login), .name = str_c(login)};
	int64_t id = 0;

	MUST(person_add(&id, kit->db, &kit->mem, &kit->op, &input));
	return id;
}

void kit_group(struct kit *kit, const char *key)
{
	int64_t id;

	MUST(group_add(&id, kit->db, &kit->mem, &kit->op, str_c(key), STR("")));
}

void kit_member(struct kit *kit, const char *group, const char *login)
{
	MUST(group_set_member(kit->db, &kit->mem, &kit->op, str_c(group), str_c(login), true));
}

void kit_space(struct kit *kit, const char *key)
{
	struct space_input input = {.key = str_c(key)};
	int64_t id;

	MUST(space_add(&id, kit->db, &kit->mem, &kit->op, &input));
	refresh(kit);
}

void kit_grant(struct kit *kit, const char *space, const char *group, enum level level)
{
	MUST(space_grant(kit->db, &kit->mem, &kit->op, str_c(space), str_c(group), level));
}

static bool exists(struct kit *kit, bool group, struct str name)
{
	int64_t count = 0;

	if (group)
		MUST(db_i64(&count, kit->db, "SELECT count(*) FROM groups WHERE key = $1",
			    v_str(name)));
	else
		MUST(db_i64(&count, kit->db, "SELECT count(*) FROM person WHERE login = $1",
			    v_str(name)));
	return count > 0;
}

void kit_circle(struct kit *kit, const char *space, const char *group, enum level level,
		const char *logins)
{
	struct str rest = str_c(logins);

	if (!exists(kit, true, str_c(group)))
		kit_group(kit, group);
	kit_grant(kit, space, group, level);
	while (rest.len) {
		const char *login = arena_c(&kit->mem, str_cut(&rest, ' '));

		if (!exists(kit, false, str_c(login)))
			(void)kit_person(kit, login);
		kit_member(kit, group, login);
	}
}

struct reader kit_reader(struct kit *kit, const char *login)
{
	struct reader reader;

	MUST(reader_by_login(&reader, kit->db, &kit->mem, str_c(login)));
	return reader;
}

struct article_input kit_input(const char *space, const char *title, const char *body)
{
	return (struct article_input){.space_key = str_c(space),
				      .title = str_c(title),
				      .title_key = str_c(title),
				      .slug = STR("slug"),
				      .lang = STR("en"),
				      .status = ARTICLE_PUBLISHED,
				      .translation = STR(""),
				      .owner_office = STR(""),
				      .text = {.body = str_c(body), .plain = str_c(body)}};
}

struct article kit_article(struct kit *kit, const struct reader *who, const char *space,
			   const char *title)
{
	struct article_input input = kit_input(space, title, "A text.");
	struct str key = str_c(title);
	struct article article;

	input.completions = &key;
	input.n_completions = 1;
	MUST(article_create(&article, kit->db, &kit->mem, who, &input));
	return article;
}
