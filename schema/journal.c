/* Appending to, reading and verifying the journal. */
#include "schema/journal.h"

#include "schema/base/buf.h"
#include "schema/base/clock.h"
#include "schema/base/utf8.h"

enum { DETAIL_MAX = 4096 };

/* Control and bidirectional characters are escaped, so that a log shown to an auditor cannot lie. */
static void detail_text(struct buf *out, struct str text)
{
	buf_byte(out, '"');
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = utf8_next(text, &at);

		if (c == UTF8_BAD)
			buf_c_add(out, "\\ufffd");
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (char)c);
		else if (c < 0x20 || c == 0x7F || (c >= 0x200B && c <= 0x200F) ||
			 (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069))
			buf_printf(out, "\\u%04x", c);
		else
			buf_add(out, text.ptr + start, at - start);
	}
	buf_byte(out, '"');
}

struct str journal_detail(struct arena *mem, const char *const *names, const struct str *values,
			  size_t count)
{
	AUTO(buf) struct buf out = {0};

	buf_byte(&out, '{');
	for (size_t i = 0; i < count; i++) {
		buf_printf(&out, "%s\"%s\":", i ? "," : "", names[i]);
		detail_text(&out, utf8_head(values[i], DETAIL_MAX / 8));
	}
	buf_byte(&out, '}');
	return buf_keep(&out, mem);
}

/* The fields that the hash covers, in order. */
struct sealed {
	int64_t seq, at, actor_id;
	struct str on_behalf, session, address, action, outcome, object_type;
	int64_t object_id, space_id, audience_id, audience_was;
	struct str detail;
	struct digest prev;
};

static struct digest seal(const struct sealed *s)
{
	struct digester d;

	digester_init(&d);
	digester_i64(&d, s->seq);
	digester_i64(&d, s->at);
	digester_i64(&d, s->actor_id);
	digester_piece(&d, s->on_behalf);
	digester_piece(&d, s->session);
	digester_piece(&d, s->address);
	digester_piece(&d, s->action);
	digester_piece(&d, s->outcome);
	digester_piece(&d, s->object_type);
	digester_i64(&d, s->object_id);
	digester_i64(&d, s->space_id);
	digester_i64(&d, s->audience_id);
	digester_i64(&d, s->audience_was);
	digester_piece(&d, s->detail);
	digester_piece(&d, str_of((const char *)s->prev.bytes, DIGEST_LEN));
	return digester_end(&d);
}

static enum status journal_last(int64_t *seq, int64_t *at, struct digest *hash, struct db *db)
{
	AUTO(rows) struct rows r = {0};

	*seq = *at = 0;
	memset(hash, 0, sizeof(*hash));
	TRY(db_rows(&r, db, "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"));
	if (rows_next(&r)) {
		*seq = row_i64(&r);
		*at = row_i64(&r);
		(void)row_digest(&r, hash);
	}
	return rows_end(&r);
}

enum status journal_add(struct db *db, const struct reader *who, const struct journal_entry *entry)
{
	static const struct reader system = {0};
	const struct reader *actor = who ? who : &system;
	struct sealed s = {
		.actor_id = actor->person_id,
		.on_behalf = actor->on_behalf,
		.session = actor->session,
		.address = actor->address,
		.action = entry->action,
		.outcome = entry->outcome.len ? entry->outcome : STR("ok"),
		.object_type = entry->object_type,
		.object_id = entry->object_id,
		.space_id = entry->space_id,
		.audience_id = entry->audience_id,
		.audience_was = entry->audience_was,
		.detail = entry->detail.len ? entry->detail : STR("{}"),
	};
	int64_t last_at;
	struct digest hash;

	TRY(journal_last(&s.seq, &last_at, &s.prev, db));
	s.seq++;
	/* A clock set back must not reorder what happened. */
	s.at = clock_micros();
	if (s.at <= last_at)
		s.at = last_at + 1;
	hash = seal(&s);
	return db_exec(
		db,
		"INSERT INTO journal (seq, at, actor_id, on_behalf, session, address, action,"
		" outcome, object_type, object_id, space_id, audience_id, audience_was, detail,"
		" prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
		" $14, $15, $16)",
		v_i64(s.seq), v_i64(s.at), v_id(s.actor_id), v_str(s.on_behalf), v_str(s.session),
		v_str(s.address), v_str(s.action), v_str(s.outcome), v_str(s.object_type),
		v_i64(s.object_id), v_i64(s.space_id), v_i64(s.audience_id), v_i64(s.audience_was),
		v_str(s.detail), v_digest(&s.prev), v_digest(&hash));
}

static void sealed_read(struct rows *r, struct arena *mem, struct sealed *out, struct digest *hash)
{
	out->seq = row_i64(r);
	out->at = row_i64(r);
	out->actor_id = row_i64(r);
	out->on_behalf = row_str(r, mem);
	out->session = row_str(r, mem);
	out->address = row_str(r, mem);
	out->action = row_str(r, mem);
	out->outcome = row_str(r, mem);
	out->object_type = row_str(r, mem);
	out->object_id = row_i64(r);
	out->space_id = row_i64(r);
	out->audience_id = row_i64(r);
	out->audience_was = row_i64(r);
	out->detail = row_str(r, mem);
	(void)row_digest(r, &out->prev);
	(void)row_digest(r, hash);
}

enum status journal_verify(struct db *db, int64_t *rows, int64_t *bad_seq)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(rows) struct rows r = {0};
	struct digest expected = {{0}}, stored;
	int64_t seq = 0, at = 0;

	*rows = *bad_seq = 0;
	TRY(db_rows(&r, db,
		    "SELECT seq, at, actor_id, on_behalf, session, address, action, outcome,"
		    " object_type, object_id, space_id, audience_id, audience_was, detail, prev,"
		    " hash FROM journal ORDER BY seq"));
	while (rows_next(&r)) {
		struct sealed s;
		struct digest own;

		arena_reset(&mem);
		sealed_read(&r, &mem, &s, &stored);
		own = seal(&s);
		if (s.seq != seq + 1 || s.at <= at || !digest_eq(&s.prev, &expected) ||
		    !digest_eq(&own, &stored)) {
			*bad_seq = s.seq;
			return fail(ST_INVALID, "the journal does not fit from row %lld on",
				    (long long)s.seq);
		}
		seq = s.seq;
		at = s.at;
		expected = own;
		++*rows;
	}
	return rows_end(&r);
}

enum status journal_head(int64_t *out, struct db *db)
{
	return db_i64(out, db, "SELECT coalesce(max(seq), 0) FROM journal");
}

enum status journal_pending(int64_t *out, struct db *db, int64_t after)
{
	return db_i64(out, db, "SELECT count(*) FROM journal WHERE seq > $1 AND" JOURNAL_IS_INDEXED,
		      v_i64(after));
}

enum status journal_pending_for(int64_t *out, struct db *db, const struct reader *who,
				int64_t after)
{
	return db_i64(out, db,
		      "SELECT count(*) FROM journal WHERE seq > $1 AND" JOURNAL_IS_INDEXED
		      "AND ($2 = 1 OR audience_id IN (SELECT v.audience_id"
		      " FROM readable v WHERE v.person_id = $3))",
		      v_i64(after), v_i64(who->is_operator), v_i64(who->person_id));
}

enum status journal_next_changes(struct journal_change **out, size_t *count, int64_t *last,
				 struct db *db, struct arena *mem, int64_t after, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct journal_change *changes = arena_array(mem, limit + 1, sizeof(*changes));

	*out = changes;
	*count = 0;
	/* The head first: a row that is added meanwhile is then left for the next call. */
	TRY(journal_head(last, db));
	if (*last < after)
		*last = after;
	TRY(db_rows(&r, db,
		    "SELECT seq, object_type, object_id, audience_was FROM journal"
		    " WHERE seq > $1 AND seq <= $2 AND" JOURNAL_IS_INDEXED "ORDER BY seq LIMIT $3",
		    v_i64(after), v_i64(*last), v_i64((int64_t)limit)));
	while (rows_next(&r)) {
		struct journal_change *c = &changes[(*count)++];

		c->seq = row_i64(&r);
		(void)index_kind_parse(&c->id.kind,
				       row_str(&r, mem)); /* the query lets no other in */
		c->id.number = row_i64(&r);
		c->audience_was = row_i64(&r);
	}
	if (*count == limit)
		*last = changes[*count - 1].seq;
	return rows_end(&r);
}

static void journal_row_read(struct rows *r, struct arena *mem, struct journal_row *out)
{
	out->seq = row_i64(r);
	out->at = row_i64(r);
	out->actor = row_str(r, mem);
	out->actor_name = row_str(r, mem);
	out->on_behalf = row_str(r, mem);
	out->session = row_str(r, mem);
	out->address = row_str(r, mem);
	out->action = row_str(r, mem);
	out->outcome = row_str(r, mem);
	out->object_type = row_str(r, mem);
	out->object_id = row_i64(r);
	out->detail = row_str(r, mem);
}

enum status journal_list(struct journal_row **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who, struct str action_prefix, struct str actor_login,
			 int64_t before, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct journal_row *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT j.seq, j.at, coalesce(p.login, 'system'), coalesce(p.name, 'Devon'),"
		    " j.on_behalf, j.session, j.address, j.action, j.outcome, j.object_type,"
		    " j.object_id, j.detail"
		    " FROM journal j LEFT JOIN person p ON p.id = j.actor_id"
		    " WHERE ($1 = 0 OR j.seq < $1)"
		    " AND ($2 = '' OR substr(j.action, 1, length($2)) = $2)"
		    " AND ($3 = '' OR p.login = $3)"
		    " AND ($4 = 1 OR j.actor_id = $5"
		    "  OR ($6 = 1 AND j.object_type IN ('person', 'group', 'office', 'session'))"
		    "  OR (j.space_id <> 0 AND EXISTS (SELECT 1 FROM readable v"
		    "   WHERE v.person_id = $5 AND v.space_id = j.space_id AND v.level = 3"
		    "   AND (j.audience_id = 0 OR v.audience_id = j.audience_id))))"
		    " ORDER BY j.seq DESC LIMIT $7",
		    v_i64(before), v_str(action_prefix), v_str(actor_login),
		    v_i64(reader_sees_acts(who)), v_i64(who->person_id),
		    v_i64((who->duties & DUTY_ACCOUNTS) != 0), v_i64((int64_t)limit)));
	while (rows_next(&r))
		journal_row_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}
