/* One's own settings, sessions and tokens. */
#ifndef SERVER_VIEWS_SETTINGS_VIEW_H
#define SERVER_VIEWS_SETTINGS_VIEW_H

#include "schema/session.h"
#include "server/views/page.h"

struct session_item {
	const struct session *session;
	struct str id; /* for the form that ends it: first characters of the hash, hexadecimal */
	bool current;
};

struct token_item {
	const struct api_token *token;
	struct str id; /* for the form that revokes it: its number would tell how many there are */
};

/* /settings. Forms: /settings (lang, theme), /settings/sessions/end (id; empty: all others),
 * /settings/tokens (name, scope, days), /settings/tokens/revoke (id). */
struct settings_view {
	const struct choice *langs; /* the first: as the browser asks */
	size_t n_langs;
	const struct choice *themes; /* auto, light, dark */
	size_t n_themes;
	const struct choice *editors; /* source, visual */
	size_t n_editors;
	bool saves_data, keys;
	const struct session_item *sessions;
	size_t n_sessions;
	const struct token_item *tokens;
	size_t n_tokens;
	struct str token_name; /* as typed */
	int64_t token_days;
	bool token_writes;
	const struct form_faults *faults; /* fields lang, theme, name, days */
};

/* The secret of a new token, or the one-time code of a person: shown once. */
struct secret_view {
	struct str heading; /* in the reader's language */
	struct html named;  /* the same, where a name in it has a language of its own, or none */
	struct str words;   /* what to do with it */
	struct str secret;
	struct url back;
};

/* /settings/password. Fields: current, password, again. */
struct password_view {
	int64_t least; /* characters */
	const struct form_faults *faults;
};

/* /prove?next=: the password again before a risky act. Fields: password, next. */
struct prove_view {
	struct str next;
	const struct form_faults *faults;
};

#endif
