/* One's own password and entry in the directory. */
#include "schema/access.h"
#include "schema/person.h"
#include "schema/session.h"
#include "server/argon.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/proof.h"
#include "views/people.h"
#include "views/settings.h"

enum { PASSWORD_LEAST = 15 };

static enum status show_password(struct request *rq, int http_status)
{
	struct password_view view = {.least = PASSWORD_LEAST, .faults = &rq->faults};

	rq->no_store = true;
	return REPLY_HTML(rq, http_status, password_change, &view);
}

enum status page_settings_password_form(struct request *rq)
{
	if (!rq->session)
		return fail(ST_DENIED, "a password is changed in the browser");
	return show_password(rq, 200);
}

struct password_input {
	struct str current, password, again;
};

static const struct form_field password_fields[] = {
	{"current", FORM_SECRET, offsetof(struct password_input, current), 65536, FORM_REQUIRED},
	{"password", FORM_SECRET, offsetof(struct password_input, password), 65536, FORM_REQUIRED},
	{"again", FORM_SECRET, offsetof(struct password_input, again), 65536, FORM_REQUIRED},
};

/* The current one is looked at first: the rules of the new one are only told to its owner. */
static enum status check(struct request *rq, const struct password_input *in)
{
	bool good = false;

	TRY(proof_password(rq, &good, in->current));
	if (!good)
		form_fault_add(&rq->faults, "current", N_("The current password is not right."));
	else if (password_check(in->password, rq->reader->login, rq->reader->name) != ST_OK)
		form_fault_add(&rq->faults, "password", arena_c(rq->mem, str_c(fail_words())));
	else if (!str_eq(in->password, in->again))
		form_fault_add(&rq->faults, "again", N_("The two passwords are not the same."));
	return ST_OK;
}

/* All sessions end with the old password; this browser goes on with a new one. */
static enum status change(struct request *rq, struct str hash)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, rq->db));
	TRY(person_set_password(rq->db, rq->mem, rq->reader, rq->reader->login, hash));
	TRY(reply_redirect(rq, URL("settings")));
	TRY(proof_renew(rq));
	TRY(session_set_flash(
		rq->db, &rq->session->hash,
		str_c(N_("Your password is changed; all other sessions have ended."))));
	return tx_commit(&tx);
}

enum status page_settings_password(struct request *rq)
{
	struct password_input in = {0};
	char hash[PASSWORD_HASH_MAX];

	if (!rq->session)
		return fail(ST_DENIED, "a password is changed in the browser");
	TRY(act_read(rq, &in, password_fields, COUNT(password_fields)));
	if (!rq->faults.count)
		TRY(check(rq, &in));
	if (rq->faults.count)
		return show_password(rq, 422);
	TRY(argon_hash(rq->app->argon, hash, in.password));
	return change(rq, str_c(hash));
}

/* ---- one's own entry in the directory ----------------------------------------------------------- */

struct profile_input {
	struct str position, languages, skills, phone;
};

static const struct form_field profile_fields[] = {
	{"position", FORM_LINE, offsetof(struct profile_input, position), 200, 0},
	{"languages", FORM_LINE, offsetof(struct profile_input, languages), 200, 0},
	{"skills", FORM_LINE, offsetof(struct profile_input, skills), 200, 0},
	{"phone", FORM_LINE, offsetof(struct profile_input, phone), 200, 0},
};

static enum status show_profile(struct request *rq, int http_status, struct profile_input in)
{
	struct profile_view view = {
		.position = in.position,
		.languages = in.languages,
		.skills = in.skills,
		.phone = in.phone,
		.faults = &rq->faults,
	};

	rq->no_store = true;
	return REPLY_HTML(rq, http_status, profile_edit, &view);
}

enum status page_settings_profile_form(struct request *rq)
{
	struct person person;

	TRY(person_get(&person, rq->db, rq->mem, rq->reader, rq->reader->login));
	return show_profile(rq, 200,
			    (struct profile_input){person.position, person.languages, person.skills,
						   person.phone});
}

enum status page_settings_profile(struct request *rq)
{
	struct profile_input in = {0};
	struct person_input change = {.login = rq->reader->login};

	TRY(act_read(rq, &in, profile_fields, COUNT(profile_fields)));
	if (rq->faults.count)
		return show_profile(rq, 422, in);
	change.position = in.position;
	change.languages = in.languages;
	change.skills = in.skills;
	change.phone = in.phone;
	TRY(person_set(rq->db, rq->mem, rq->reader, &change));
	return act_done(rq, url_person(rq->mem, rq->reader->login), N_("Your entry is saved."));
}
