/* Seats: how many connections there may be, in all and from one address. */
#ifndef SERVER_SEATS_H
#define SERVER_SEATS_H

#include <sys/socket.h>

#include "schema/base/arena.h"

/* An address without its port, as 16 bytes (IPv4 as ::ffff:a.b.c.d). */
struct seat_address {
	unsigned char bytes[16];
};

struct seat_address seat_address_of(const struct sockaddr *from) NONNULL;
struct seat_address seat_address_parse(struct str text, bool *good) NONNULL;
bool seat_address_is_loopback(struct seat_address a);
/* "192.0.2.7" or "2001:db8::1" */
struct str seat_address_text(struct arena *mem, struct seat_address a) NONNULL;

struct seats;

/* `each` is the number for one address; loopback, where a proxy lives, is only bound by `all`. */
struct seats *seats_new(int all, int each) MUST_USE __attribute__((returns_nonnull));
void seats_free(struct seats *seats);

/* False when nothing is free. Every taken seat is given back once. */
bool seats_take(struct seats *seats, struct seat_address from) NONNULL MUST_USE;
void seats_leave(struct seats *seats, struct seat_address from) NONNULL;
int seats_taken(struct seats *seats) NONNULL;

#endif
