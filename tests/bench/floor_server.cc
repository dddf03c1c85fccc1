/*
 * The floor that the server is measured against: the least program that does the same work with the same libraries.
 * floor_server DATA-FOLDER SHARD PORT serves /article?id=ID and /search?q=FOLDED+WORDS over a data folder of Devon:
 * Bearer token, BLAKE2b, token row, rights rows, article or Xapian search with ten snippets, HTML.
 * One request a connection, as Devon does.
 */
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

#include <microhttpd.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>
#include <xapian.h>

namespace
{

struct Floor {
	sqlite3 *db = nullptr;
	sqlite3_stmt *token = nullptr, *rights = nullptr, *article = nullptr, *plain = nullptr;
	Xapian::Database index;
};

std::string folder, shard;

sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = nullptr;

	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, nullptr) !=
	    SQLITE_OK) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return stmt;
}

Floor &mine()
{
	thread_local Floor floor;

	if (floor.db)
		return floor;
	sqlite3_open_v2((folder + "/devon.db").c_str(), &floor.db,
			SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
	floor.token = prepare(floor.db,
			      "SELECT person_id FROM token WHERE hash = ?1 AND revoked_at IS NULL");
	floor.rights = prepare(
		floor.db,
		"SELECT a.id, g.level FROM group_member m JOIN space_grant g ON g.group_id = m.group_id"
		" JOIN audience a ON a.space_id = g.space_id WHERE m.person_id = ?1");
	floor.article = prepare(
		floor.db,
		"SELECT a.title, t.tree FROM article a JOIN revision v ON v.article_id = a.id"
		" AND v.number = a.revision JOIN revision_text t ON t.revision_id = v.id"
		" WHERE a.public_id = ?1");
	floor.plain = prepare(
		floor.db,
		"SELECT a.title, t.plain FROM article a JOIN revision v ON v.article_id = a.id"
		" AND v.number = a.revision JOIN revision_text t ON t.revision_id = v.id WHERE a.id = ?1");
	floor.index = Xapian::Database(shard);
	return floor;
}

bool signed_in(Floor &floor, const char *header)
{
	unsigned char hash[32];
	bool good;

	if (!header || strncmp(header, "Bearer ", 7) != 0)
		return false;
	crypto_generichash(hash, sizeof(hash), reinterpret_cast<const unsigned char *>(header + 7),
			   strlen(header + 7), nullptr, 0);
	sqlite3_bind_blob(floor.token, 1, hash, sizeof(hash), SQLITE_TRANSIENT);
	good = sqlite3_step(floor.token) == SQLITE_ROW;
	sqlite3_bind_int64(floor.rights, 1, good ? sqlite3_column_int64(floor.token, 0) : 0);
	sqlite3_reset(floor.token);
	while (sqlite3_step(floor.rights) == SQLITE_ROW)
		continue;
	sqlite3_reset(floor.rights);
	return good;
}

void escape(std::string &out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		switch (text[i]) {
		case '<':
			out += "&lt;";
			break;
		case '>':
			out += "&gt;";
			break;
		case '&':
			out += "&amp;";
			break;
		case '"':
			out += "&quot;";
			break;
		default:
			out += text[i];
		}
	}
}

const std::string frame(6000, 'x'); // head, navigation and foot of a page

std::string article_page(Floor &floor, const char *id)
{
	std::string page = "<!doctype html><title>" + frame + "</title>";

	sqlite3_bind_text(floor.article, 1, id ? id : "", -1, SQLITE_STATIC);
	if (sqlite3_step(floor.article) == SQLITE_ROW)
		escape(page, static_cast<const char *>(sqlite3_column_blob(floor.article, 1)),
		       static_cast<size_t>(sqlite3_column_bytes(floor.article, 1)));
	sqlite3_reset(floor.article);
	return page;
}

std::string search_page(Floor &floor, const char *words)
{
	std::string page = "<!doctype html><title>" + frame + "</title>";
	Xapian::QueryParser parser;

	floor.index.reopen();
	parser.set_default_op(Xapian::Query::OP_AND);
	Xapian::Enquire enquire(floor.index);
	enquire.set_query(parser.parse_query(words ? words : "", 0));
	Xapian::MSet found = enquire.get_mset(0, 10, 1000);
	page += std::to_string(found.get_matches_estimated());
	for (auto hit = found.begin(); hit != found.end(); ++hit) {
		long long id = atoll(hit.get_document().get_data().c_str() + 1);

		sqlite3_bind_int64(floor.plain, 1, id);
		if (sqlite3_step(floor.plain) == SQLITE_ROW) {
			std::string text(
				static_cast<const char *>(sqlite3_column_blob(floor.plain, 1)),
				static_cast<size_t>(sqlite3_column_bytes(floor.plain, 1)));

			page += "<li>" + found.snippet(text, 240, Xapian::Stem(),
						       Xapian::MSet::SNIPPET_EXHAUSTIVE);
		}
		sqlite3_reset(floor.plain);
	}
	return page;
}

enum MHD_Result answer(void *, struct MHD_Connection *c, const char *path, const char *,
		       const char *, const char *, size_t *, void **)
{
	Floor &floor = mine();
	std::string page;
	unsigned status = 200;

	if (!signed_in(floor, MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization")))
		status = 401;
	else if (strcmp(path, "/search") == 0)
		page = search_page(floor,
				   MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "q"));
	else
		page = article_page(floor,
				    MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "id"));
	MHD_Response *response = MHD_create_response_from_buffer(
		page.size(), const_cast<char *>(page.data()), MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Connection", "close");
	enum MHD_Result queued = MHD_queue_response(c, status, response);
	MHD_destroy_response(response);
	return queued;
}

} // namespace

int main(int argc, char **argv)
{
	if (argc != 4 || sodium_init() < 0)
		return 2;
	folder = argv[1];
	shard = argv[2];
	MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD, static_cast<uint16_t>(atoi(argv[3])), nullptr,
		nullptr, &answer, nullptr, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
	if (!daemon)
		return 1;
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
