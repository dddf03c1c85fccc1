/* One's own settings: the interface, sessions, tokens. */
#include "views/settings.h"
#include "schema/access.h"
#include "schema/person.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/opaque.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/proof.h"
#include "views/check.h"

enum { SESSION_ID_LEN = 16, TOKEN_DAYS = 90 };

static const struct {
	const char *value, *label;
} themes[] = {
	{"auto", N_("As the device is set")},
	{"light", N_("Light")},
	{"dark", N_("Dark")},
};

static const struct {
	const char *value, *label;
} editors[] = {
	{"source", N_("The text with its signs (Markdown)")},
	{"visual", N_("The visual editor")},
};

static void fill_editors(struct request *rq, struct settings_view *view)
{
	struct choice *list = arena_array(rq->mem, COUNT(editors), sizeof(*list));

	for (size_t i = 0; i < COUNT(editors); i++)
		list[i] = (struct choice){str_c(editors[i].value), i18n(rq->lang, editors[i].label),
					  str_is(STR("visual"), editors[i].value) ==
						  rq->reader->visual};
	view->editors = list;
	view->n_editors = COUNT(editors);
}

static void fill_choices(struct request *rq, struct settings_view *view)
{
	struct choice *langs = arena_array(rq->mem, LANG_COUNT + 1, sizeof(*langs));
	struct choice *list = arena_array(rq->mem, COUNT(themes), sizeof(*list));

	langs[0] = (struct choice){STR_NONE, _("As the browser asks"), !rq->reader->lang.len};
	for (unsigned i = 0; i < LANG_COUNT; i++) {
		struct str tag = lang_tag((enum lang)i);

		langs[i + 1] = (struct choice){tag, lang_name((enum lang)i),
					       str_eq(tag, rq->reader->lang)};
	}
	for (size_t i = 0; i < COUNT(themes); i++)
		list[i] = (struct choice){str_c(themes[i].value), i18n(rq->lang, themes[i].label),
					  str_is(rq->reader->theme, themes[i].value)};
	view->langs = langs;
	view->n_langs = LANG_COUNT + 1;
	view->themes = list;
	view->n_themes = COUNT(themes);
	fill_editors(rq, view);
}

static struct str session_id(struct arena *mem, const struct session *session)
{
	char hex[2 * DIGEST_LEN + 1];

	secret_hex(hex, session->hash.bytes, DIGEST_LEN);
	return arena_str(mem, str_of(hex, SESSION_ID_LEN));
}

static enum status fill_sessions(struct request *rq, struct settings_view *view)
{
	struct session *sessions;
	struct session_item *items;

	TRY(session_list(&sessions, &view->n_sessions, rq->db, rq->mem, rq->reader));
	items = arena_array(rq->mem, view->n_sessions + 1, sizeof(*items));
	for (size_t i = 0; i < view->n_sessions; i++)
		items[i] = (struct session_item){
			.session = &sessions[i],
			.id = session_id(rq->mem, &sessions[i]),
			.current = secret_equal(sessions[i].hash.bytes, rq->session->hash.bytes,
						DIGEST_LEN),
		};
	view->sessions = items;
	return ST_OK;
}

static enum status fill_tokens(struct request *rq, struct settings_view *view)
{
	struct api_token *tokens;
	struct token_item *items;

	TRY(token_list(&tokens, &view->n_tokens, rq->db, rq->mem, rq->reader));
	items = arena_array(rq->mem, view->n_tokens + 1, sizeof(*items));
	for (size_t i = 0; i < view->n_tokens; i++)
		items[i] = (struct token_item){
			.token = &tokens[i],
			.id = opaque_write(rq->mem, rq->app->key, "token", tokens[i].id),
		};
	view->tokens = items;
	return ST_OK;
}

static enum status show(struct request *rq, int http_status, struct settings_view *view)
{
	fill_choices(rq, view);
	TRY(fill_sessions(rq, view));
	TRY(fill_tokens(rq, view));
	view->saves_data = rq->reader->saves_data;
	view->keys = !rq->reader->no_keys;
	view->faults = &rq->faults;
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, settings_show, view);
}

/* A program with its token has no sessions, and no page to look at. */
static enum status needs_session(const struct request *rq)
{
	return rq->session ? ST_OK : fail(ST_DENIED, "settings are changed in the browser");
}

enum status page_settings_show(struct request *rq)
{
	struct settings_view view = {.token_days = TOKEN_DAYS};

	TRY(needs_session(rq));
	return show(rq, 200, &view);
}

/* ---- the interface ------------------------------------------------------------------------------ */

struct interface_input {
	struct str lang, theme, editor;
	bool ease, saves_data,
		keys; /* a box that is not ticked is not sent: `ease` says that they were shown */
};

static const struct form_field interface_fields[] = {
	{"lang", FORM_WORD, offsetof(struct interface_input, lang), 16, 0},
	{"theme", FORM_WORD, offsetof(struct interface_input, theme), 16, 0},
	{"editor", FORM_WORD, offsetof(struct interface_input, editor), 16, 0},
	{"ease", FORM_FLAG, offsetof(struct interface_input, ease), 0, 0},
	{"save_data", FORM_FLAG, offsetof(struct interface_input, saves_data), 0, 0},
	{"keys", FORM_FLAG, offsetof(struct interface_input, keys), 0, 0},
};

static void check_interface(struct request *rq, const struct interface_input *in)
{
	enum lang lang;
	bool known = !in->theme.ptr;

	for (size_t i = 0; i < COUNT(themes); i++)
		known = known || str_is(in->theme, themes[i].value);
	if (in->lang.len && !lang_from_tag(in->lang, &lang))
		form_fault_add(&rq->faults, "lang", N_("Choose one of the languages."));
	if (!known)
		form_fault_add(&rq->faults, "theme", N_("Choose one of the themes."));
}

enum status page_settings_save(struct request *rq)
{
	struct settings_view view = {.token_days = TOKEN_DAYS};
	struct interface_input in = {0};
	enum lang lang;

	TRY(needs_session(rq));
	TRY(act_read(rq, &in, interface_fields, COUNT(interface_fields)));
	check_interface(rq, &in);
	if (rq->faults.count)
		return show(rq, 422, &view);
	TRY(person_set_interface(rq->db, rq->reader, in.lang, in.theme));
	if (in.editor.len)
		TRY(person_set_editor(rq->db, rq->reader, str_is(in.editor, "visual")));
	if (in.ease)
		TRY(person_set_ease(rq->db, rq->reader, in.saves_data, !in.keys));
	TRY(act_done(rq, URL("settings"), N_("Your settings are saved.")));
	if (lang_from_tag(in.lang, &lang))
		reply_language(rq, lang);
	if (in.theme.len)
		reply_theme(rq, str_is(in.theme, "auto") ? STR_NONE : in.theme);
	return ST_OK;
}

/* ---- sessions ----------------------------------------------------------------------------------- */

struct session_input {
	struct str id;
	bool sure;
};

static const struct form_field session_fields[] = {
	{"id", FORM_WORD, offsetof(struct session_input, id), SESSION_ID_LEN, 0},
	{"sure", FORM_FLAG, offsetof(struct session_input, sure), 0, 0},
};

/* End the one with this id, or (empty) all but the one in use. NOT_FOUND when there is none such. */
static enum status end_sessions(struct request *rq, struct str id)
{
	AUTO(tx) struct tx tx = {0};
	struct session *sessions;
	size_t n, ended = 0;

	TRY(tx_begin(&tx, rq->db));
	TRY(session_list(&sessions, &n, rq->db, rq->mem, rq->reader));
	for (size_t i = 0; i < n; i++) {
		bool current =
			secret_equal(sessions[i].hash.bytes, rq->session->hash.bytes, DIGEST_LEN);

		if (id.len ? !str_eq(session_id(rq->mem, &sessions[i]), id) : current)
			continue;
		TRY(session_end(rq->db, rq->reader, &sessions[i].hash));
		ended++;
	}
	if (id.len && !ended)
		return fail(ST_NOT_FOUND, "no such session");
	return tx_commit(&tx);
}

/* Of all others; one is ended at once, for what ends is seen in its line. */
static enum status check_sessions(struct request *rq)
{
	struct session *sessions;
	struct str effects[2];
	size_t n;
	struct check_view view = {
		.heading = _("End all others"),
		.effects = effects,
		.n_effects = COUNT(effects),
		.action = URL("settings/sessions/end"),
		.destroys = true,
		.button = _("End all others"),
		.back = URL("settings"),
	};

	TRY(session_list(&sessions, &n, rq->db, rq->mem, rq->reader));
	effects[0] = i18n_format_n(rq->mem, rq->lang, "%1$s session ends.", "%1$s sessions end.",
				   n ? (int64_t)n - 1 : 0);
	effects[1] = _(
		"This one goes on. In the others you sign in again; what is being typed is not lost.");
	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status page_settings_sessions_end(struct request *rq)
{
	struct session_input in = {0};

	TRY(needs_session(rq));
	TRY(request_read(rq, &in, session_fields, COUNT(session_fields)));
	if (!in.id.len && !in.sure)
		return check_sessions(rq);
	TRY(end_sessions(rq, in.id));
	return act_done(rq, URL("settings"),
			in.id.len ? N_("The session has ended.")
				  : N_("All other sessions have ended."));
}

/* ---- tokens ------------------------------------------------------------------------------------- */

struct token_input {
	struct str name, scope;
	int64_t days;
};

static const struct form_field token_fields[] = {
	{"name", FORM_LINE, offsetof(struct token_input, name), 100, FORM_REQUIRED},
	{"scope", FORM_WORD, offsetof(struct token_input, scope), 8, FORM_REQUIRED},
	{"days", FORM_NUMBER, offsetof(struct token_input, days), TOKEN_DAYS_MAX, FORM_REQUIRED},
};

static enum status token_refused(struct request *rq, const struct token_input *in)
{
	struct settings_view view = {
		.token_name = in->name,
		.token_days = in->days > 0 ? in->days : TOKEN_DAYS,
		.token_writes = str_is(in->scope, "write"),
	};

	return show(rq, 422, &view);
}

enum status page_settings_token_add(struct request *rq)
{
	char secret[SECRET_TEXT_LEN + 1];
	struct token_input in = {0};
	struct secret_view view = {
		.heading = _("Your new token"),
		.words = _("Copy it now: it is not shown again. Whoever has it can do what it "
			   "allows in your name."),
		.back = URL("settings"),
	};

	TRY(needs_session(rq));
	if (!proof_is_fresh(rq))
		return proof_ask(rq, URL("settings"));
	TRY(act_read(rq, &in, token_fields, COUNT(token_fields)));
	if (in.scope.len && !str_is(in.scope, "read") && !str_is(in.scope, "write"))
		form_fault_add(&rq->faults, "scope", N_("Choose what the token may do."));
	if (in.days == 0)
		form_fault_add(&rq->faults, "days", N_("Give 1 to 365 days."));
	if (rq->faults.count)
		return token_refused(rq, &in);
	TRY(token_create(secret, rq->db, rq->mem, rq->reader, rq->reader->login, in.name,
			 str_is(in.scope, "write"), (int)in.days));
	view.secret = arena_str(rq->mem, str_c(secret));
	rq->no_store = true;
	return REPLY_HTML(rq, 200, secret_show, &view);
}

struct revoke_input {
	struct str id;
};

static const struct form_field revoke_fields[] = {
	{"id", FORM_WORD, offsetof(struct revoke_input, id), 0, FORM_REQUIRED},
};

enum status page_settings_token_revoke(struct request *rq)
{
	struct revoke_input in = {0};
	int64_t id;

	TRY(needs_session(rq));
	TRY(request_read(rq, &in, revoke_fields, COUNT(revoke_fields)));
	if (!opaque_read(&id, rq->app->key, "token", in.id))
		return fail(ST_NOT_FOUND, "no such token");
	TRY(token_revoke(rq->db, rq->mem, rq->reader, id));
	return act_done(rq, URL("settings"), N_("The token is revoked."));
}
