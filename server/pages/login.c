/* Signing in and out. Whatever is wrong with name, password or account, the answer is the same. */
#include "server/pages/pages.h"

#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/person.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/argon.h"
#include "server/reply.h"
#include "views/login.h"

struct login_input {
	struct str login, password, next;
};

static const struct form_field login_fields[] = {
	{"login", FORM_SECRET, offsetof(struct login_input, login), 256, 0},
	{"password", FORM_SECRET, offsetof(struct login_input, password), 65536, 0},
	{"next", FORM_SECRET, offsetof(struct login_input, next), 8192, 0},
};

static struct url next_of(struct request *rq, struct str next)
{
	struct url to;

	return next.len && url_from_next(&to, rq->mem, next) ? to : URL("");
}

/* A session of its own for every sign-in; the one before it ends. */
static enum status sign_in(struct request *rq, int64_t person_id, struct url to)
{
	char secret[SECRET_TEXT_LEN + 1];
	enum status ended = ST_OK;

	TRY(session_start(secret, rq->db, rq->mem, person_id, rq->from,
			  request_header(rq, "User-Agent")));
	if (rq->session)
		ended = session_end(rq->db, rq->reader, &rq->session->hash);
	if (ended != ST_NOT_FOUND) /* a new password has ended it already */
		TRY(ended);
	TRY(reply_redirect(rq, to));
	reply_cookie(rq, str_c(secret));
	secret_wipe(secret, sizeof(secret));
	return ST_OK;
}

/* May this account try at all? False for unknown ones too. */
static bool may_try(const struct credentials *c)
{
	return c->person_id && c->state == PERSON_ACTIVE && !login_is_paused(c->paused_until);
}

static bool is_code(const struct credentials *c, struct str text)
{
	struct digest hash = digest_of(text);

	return may_try(c) && c->has_code && c->code_expires_at > clock_now() &&
	       secret_equal(hash.bytes, c->code_hash.bytes, DIGEST_LEN);
}

/*
 * Count a failure. One that falls into a pause is only written down: else anybody could lock an
 * account for good in two minutes.
 */
static enum status count_failure(struct request *rq, const struct credentials *c, struct str login)
{
	return login_failed(rq->db, rq->mem, may_try(c) ? c->person_id : 0, login, rq->from);
}

enum status page_login_form(struct request *rq)
{
	struct login_view view = {.next = request_query(rq, "next"),
				  .kept = request_query(rq, "kept")};

	rq->no_store = true;
	if (rq->session)
		return reply_redirect(rq, next_of(rq, view.next));
	return REPLY_HTML(rq, 200, login_show, &view);
}

/* The code in place of the password is good: let its owner choose a password. */
static enum status ask_new_password(struct request *rq, const struct login_input *in)
{
	struct login_code_view view = {.login = in->login,
				       .code = in->password,
				       .next = in->next,
				       .faults = &rq->faults,
				       .least = PASSWORD_MIN};

	return REPLY_HTML(rq, 200, login_code, &view);
}

static enum status refuse(struct request *rq, const struct login_input *in)
{
	struct login_view view = {.login = in->login,
				  .next = in->next,
				  .refusal = N_("Name or password is not right.")};

	return REPLY_HTML(rq, 422, login_show, &view);
}

/* The moment when the password is at hand: a hash from cheaper times is made anew. */
static enum status renew_hash(struct request *rq, const struct credentials *c, struct str password)
{
	char hash[PASSWORD_HASH_MAX];

	if (!password_needs_rehash(c->password_hash))
		return ST_OK;
	TRY(argon_hash(rq->app->argon, hash, password));
	return login_rehash(rq->db, c->person_id, str_c(hash));
}

enum status page_login(struct request *rq)
{
	struct login_input in;
	struct credentials c;
	bool good = false;

	rq->no_store = true;
	TRY(request_read(rq, &in, login_fields, COUNT(login_fields)));
	if (in.password.len > PASSWORD_MAX_BYTES) {
		reply_refuse(rq, REFUSED_MALFORMED);
		return ST_OK;
	}
	in.login = str_trim(in.login);
	TRY(credentials_get(&c, rq->db, rq->mem, in.login));
	/* The hash is computed for everybody, so that time tells nothing. */
	TRY(argon_verify(rq->app->argon, &good, may_try(&c) ? c.password_hash : STR_NONE,
			 in.password));
	if (good) {
		TRY(renew_hash(rq, &c, in.password));
		return sign_in(rq, c.person_id, next_of(rq, in.next));
	}
	if (is_code(&c, in.password))
		return ask_new_password(rq, &in);
	TRY(count_failure(rq, &c, in.login));
	return refuse(rq, &in);
}

enum status page_logout(struct request *rq)
{
	if (rq->session)
		TRY(session_end(rq->db, rq->reader, &rq->session->hash));
	TRY(reply_redirect(rq, URL("login")));
	reply_cookie_end(rq);
	return ST_OK;
}

/* ---- a password by one-time code ----------------------------------------------------------------- */

struct code_input {
	struct str login, code, password, again, next;
};

static const struct form_field code_fields[] = {
	{"login", FORM_SECRET, offsetof(struct code_input, login), 256, 0},
	{"code", FORM_SECRET, offsetof(struct code_input, code), 1024, 0},
	{"password", FORM_SECRET, offsetof(struct code_input, password), 65536, 0},
	{"again", FORM_SECRET, offsetof(struct code_input, again), 65536, 0},
	{"next", FORM_SECRET, offsetof(struct code_input, next), 8192, 0},
};

enum status page_login_code_form(struct request *rq)
{
	struct login_code_view view = {.login = request_query(rq, "login"),
				       .next = request_query(rq, "next"),
				       .faults = &rq->faults,
				       .least = PASSWORD_MIN};

	rq->no_store = true;
	return REPLY_HTML(rq, 200, login_code, &view);
}

/*
 * Set the password and begin the session in one transaction, in which the code is looked at once
 * more: it works once, also for two who use it at the same moment.
 */
static enum status use_code(struct request *rq, const struct code_input *in, struct str hash)
{
	AUTO(tx) struct tx tx = {0};
	struct credentials c;
	struct reader who;

	TRY(tx_begin(&tx, rq->db));
	TRY(credentials_get(&c, rq->db, rq->mem, in->login));
	if (!is_code(&c, in->code))
		return fail(ST_CONFLICT, "the one-time code was used meanwhile");
	TRY(reader_load(&who, rq->db, rq->mem, c.person_id));
	who.address = rq->from;
	TRY(person_set_password(rq->db, rq->mem, &who, in->login, hash));
	TRY(sign_in(rq, c.person_id, next_of(rq, in->next)));
	return tx_commit(&tx);
}

/* What is wrong with the new password, told only to who has the code. */
static void check_password(struct request *rq, const struct code_input *in, struct str name)
{
	if (password_check(in->password, in->login, name) != ST_OK)
		form_fault_add(&rq->faults, "password", arena_c(rq->mem, str_c(fail_words())));
	else if (!str_eq(in->password, in->again))
		form_fault_add(&rq->faults, "again", N_("The two passwords are not the same."));
}

static enum status answer_code(struct request *rq, const struct code_input *in, bool proved)
{
	struct login_code_view view = {.login = in->login,
				       .code = proved ? in->code : STR_NONE,
				       .next = in->next,
				       .faults = &rq->faults,
				       .least = PASSWORD_MIN};

	return REPLY_HTML(rq, 422, login_code, &view);
}

enum status page_login_code(struct request *rq)
{
	struct code_input in;
	struct credentials c;
	char hash[PASSWORD_HASH_MAX];

	rq->no_store = true;
	TRY(request_read(rq, &in, code_fields, COUNT(code_fields)));
	in.login = str_trim(in.login);
	in.code = str_trim(in.code);
	TRY(credentials_get(&c, rq->db, rq->mem, in.login));
	if (!is_code(&c, in.code)) {
		TRY(count_failure(rq, &c, in.login));
		form_fault_add(&rq->faults, "code", N_("Name or code is not right."));
		return answer_code(rq, &in, false);
	}
	check_password(rq, &in, c.name);
	if (rq->faults.count)
		return answer_code(rq, &in, true);
	TRY(argon_hash(rq->app->argon, hash, in.password));
	return use_code(rq, &in, str_c(hash));
}

/* ---- the language of the interface --------------------------------------------------------------- */

struct lang_input {
	struct str lang, next;
};

static const struct form_field lang_fields[] = {
	{"lang", FORM_WORD, offsetof(struct lang_input, lang), 16, FORM_REQUIRED},
	{"next", FORM_SECRET, offsetof(struct lang_input, next), 8192, 0},
};

enum status page_lang(struct request *rq)
{
	struct lang_input in;
	enum lang lang;

	TRY(request_read(rq, &in, lang_fields, COUNT(lang_fields)));
	if (!lang_from_tag(in.lang, &lang))
		return fail_on("lang", ST_INVALID, "There is no such language.");
	if (rq->reader->person_id)
		TRY(person_set_interface(rq->db, rq->reader, lang_tag(lang), STR_NONE));
	TRY(reply_redirect(rq, next_of(rq, in.next)));
	reply_language(rq, lang);
	return ST_OK;
}
