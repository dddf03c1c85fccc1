/*
 * The gate: the only listener. It looks at a request's head without taking it off the socket, and
 * hands the connection to http.c only when every rule of security.md 5.1 holds; what does not hold it
 * answers itself. One thread for all connections.
 */
#ifndef SERVER_GATE_H
#define SERVER_GATE_H

#include "server/http.h"
#include "server/i18n.h"
#include "server/origin.h"

struct gate_options {
	int listener;                /* a listening socket, closed by gate_stop() */
	int header_seconds;          /* for the whole head: 10 */
	int body_seconds;            /* for a chunked body: 120 */
	int answer_seconds;          /* for sending the answer to one: 900 */
	bool tls;                    /* people come over https */
	enum lang lang;              /* of answers to those who ask for none */
	const struct origin *origin; /* which Host is ours */
	struct seats *seats;
	struct http *http;
};

struct gate;
enum status gate_start(struct gate **out, const struct gate_options *options) NONNULL MUST_USE;

/* Stop accepting and drop what has not sent its head yet. */
void gate_stop(struct gate *gate);

#endif
