/* Signing in, and setting a password by a one-time code. */
#ifndef SERVER_VIEWS_LOGIN_VIEW_H
#define SERVER_VIEWS_LOGIN_VIEW_H

#include "server/views/page.h"

struct login_view {
	struct str login;     /* as typed before, or empty */
	struct str next;      /* own path to continue to, or empty */
	const char *refusal;  /* N_("...") of what went wrong, or NULL: 422 */
	int64_t wait_minutes; /* the account is paused for so long, or 0 */
	struct str
		kept; /* of a form that was being sent: "1" all, "text" but for files, "file" none */
	struct str contact; /* whom to ask for help, from the settings, or empty */
};

/* /login/code: the person gives the one-time code and chooses a password. */
struct login_code_view {
	struct str login, next;
	struct str code; /* just proved, sent along hidden; or empty: to be typed */
	const struct form_faults *faults; /* fields login, code, password, again */
	int64_t least;                    /* characters of a password */
};

#endif
