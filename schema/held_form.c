/* Forms whose session had ended. */
#include "schema/held_form.h"

#include "schema/base/buf.h"
#include "schema/base/clock.h"
#include "schema/session.h"

enum { FORMS_MAX = 10 };

/* The form without its token, which is a secret: a new one comes with the page that shows it again. */
static struct str without_token(struct arena *mem, struct str body)
{
	AUTO(buf) struct buf kept = {0};

	while (body.ptr) {
		struct str field = str_cut(&body, '&');

		if (str_starts(field, STR("csrf=")))
			continue;
		if (kept.len)
			buf_c_add(&kept, "&");
		buf_str_add(&kept, field);
	}
	return buf_keep(&kept, mem);
}

enum status held_form_forget(struct db *db)
{
	return db_exec(db, "DELETE FROM held_form WHERE at < $1",
		       v_i64(clock_now() - SESSION_KEPT));
}

enum status held_form_put(char id[PUBLIC_ID_LEN + 1], struct db *db, struct arena *mem,
			  int64_t person_id, struct str target, struct str body)
{
	AUTO(tx) struct tx tx = {0};

	if (body.len > HELD_FORM_MAX)
		return fail(ST_TOO_LARGE, "a form too large to be held");
	secret_public_id(id);
	TRY(tx_begin(&tx, db));
	TRY(held_form_forget(db));
	TRY(db_exec(db,
		    "DELETE FROM held_form WHERE person_id = $1 AND id NOT IN (SELECT id"
		    " FROM held_form WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT $2)",
		    v_i64(person_id), v_i64(FORMS_MAX - 1)));
	TRY(db_exec(db,
		    "INSERT INTO held_form (public_id, person_id, target, body, at)"
		    " VALUES ($1, $2, $3, $4, $5)",
		    v_str(str_c(id)), v_i64(person_id), v_str(target),
		    v_str(without_token(mem, body)), v_i64(clock_now())));
	return tx_commit(&tx);
}

enum status held_form_get(struct held_form *out, struct db *db, struct arena *mem,
			  const struct reader *who, struct str id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT target, body, at FROM held_form WHERE public_id = $1"
		    " AND person_id = $2 AND at >= $3",
		    v_str(id), v_i64(who->person_id), v_i64(clock_now() - SESSION_KEPT)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "no such form");
	}
	out->target = row_str(&r, mem);
	out->body = row_str(&r, mem);
	out->at = row_i64(&r);
	return rows_end(&r);
}
