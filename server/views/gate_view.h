/* What the gate says to a browser before there is a request: no person, no session, no number. */
#ifndef SERVER_VIEWS_GATE_VIEW_H
#define SERVER_VIEWS_GATE_VIEW_H

#include "server/views/error_view.h"

struct gate_view {
	int status;
	bool is_ours; /* the host that was asked: its style and its first page can be asked for, too */
};

#endif
