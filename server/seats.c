/* Counting connections by address in a table of open addressing, as large as all seats need. */
#include "server/seats.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>

struct place {
	struct seat_address from;
	int taken; /* 0: free, or its address has left */
};

struct seats {
	pthread_mutex_t lock;
	int all, each, taken;
	size_t size; /* of places; a power of two, at least twice `all` */
	struct place *places;
	uint64_t seed; /* so that nobody outside can choose addresses that collide */
};

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

struct seat_address seat_address_of(const struct sockaddr *from)
{
	struct seat_address out = {{0}};

	if (from->sa_family == AF_INET6) {
		memcpy(out.bytes, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr,
		       16);
	} else if (from->sa_family == AF_INET) {
		memcpy(out.bytes, mapped, sizeof(mapped));
		memcpy(out.bytes + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr,
		       4);
	}
	return out;
}

struct seat_address seat_address_parse(struct str text, bool *good)
{
	struct seat_address out = {{0}};
	char copy[INET6_ADDRSTRLEN];

	*good = text.len > 0 && text.len < sizeof(copy);
	if (!*good)
		return out;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET6, copy, out.bytes) == 1)
		return out;
	memcpy(out.bytes, mapped, sizeof(mapped));
	*good = inet_pton(AF_INET, copy, out.bytes + 12) == 1;
	return out;
}

bool seat_address_is_loopback(struct seat_address a)
{
	static const unsigned char six[16] = {[15] = 1};

	return memcmp(a.bytes, six, 16) == 0 ||
	       (memcmp(a.bytes, mapped, sizeof(mapped)) == 0 && a.bytes[12] == 127);
}

struct str seat_address_text(struct arena *mem, struct seat_address a)
{
	char text[INET6_ADDRSTRLEN];
	bool four = memcmp(a.bytes, mapped, sizeof(mapped)) == 0;

	if (!inet_ntop(four ? AF_INET : AF_INET6, a.bytes + (four ? 12 : 0), text, sizeof(text)))
		return STR_NONE;
	return arena_str(mem, str_c(text));
}

struct seats *seats_new(int all, int each)
{
	struct seats *seats = xmalloc(sizeof(*seats));

	*seats = (struct seats){.all = all, .each = each, .size = 64};
	seats->seed = (uint64_t)(uintptr_t)seats; /* address space is randomised */
	while (seats->size < (size_t)all * 2)
		seats->size *= 2;
	seats->places = xmalloc(seats->size * sizeof(*seats->places));
	memset(seats->places, 0, seats->size * sizeof(*seats->places));
	pthread_mutex_init(&seats->lock, NULL);
	return seats;
}

void seats_free(struct seats *seats)
{
	if (!seats)
		return;
	pthread_mutex_destroy(&seats->lock);
	free(seats->places);
	free(seats);
}

static size_t hash(const struct seats *seats, struct seat_address from)
{
	uint64_t h = seats->seed ^ 0xcbf29ce484222325u;

	for (size_t i = 0; i < sizeof(from.bytes); i++)
		h = (h ^ from.bytes[i]) * 0x100000001b3u;
	return (size_t)(h ^ (h >> 32)) & (seats->size - 1);
}

/* Close the gap at `hole`, so that no search of another address stops there too early. */
static void remove_place(struct seats *seats, size_t hole)
{
	size_t mask = seats->size - 1;

	for (size_t at = (hole + 1) & mask; seats->places[at].taken; at = (at + 1) & mask) {
		size_t home = hash(seats, seats->places[at].from);

		if (((at - home) & mask) >= ((at - hole) & mask)) {
			seats->places[hole] = seats->places[at];
			hole = at;
		}
	}
	seats->places[hole] = (struct place){.taken = 0};
}

/* The place of an address, or the free one where it belongs; one is always free. */
static size_t find(const struct seats *seats, struct seat_address from)
{
	size_t at = hash(seats, from);

	while (seats->places[at].taken && memcmp(&seats->places[at].from, &from, sizeof(from)) != 0)
		at = (at + 1) & (seats->size - 1);
	return at;
}

bool seats_take(struct seats *seats, struct seat_address from)
{
	struct place *place;
	bool free_seat;

	pthread_mutex_lock(&seats->lock);
	place = &seats->places[find(seats, from)];
	free_seat = seats->taken < seats->all &&
		    (place->taken < seats->each || seat_address_is_loopback(from));
	if (free_seat) {
		place->from = from;
		place->taken++;
		seats->taken++;
	}
	pthread_mutex_unlock(&seats->lock);
	return free_seat;
}

void seats_leave(struct seats *seats, struct seat_address from)
{
	size_t at;

	pthread_mutex_lock(&seats->lock);
	at = find(seats, from);
	if (seats->places[at].taken > 0) {
		seats->taken--;
		if (--seats->places[at].taken == 0)
			remove_place(seats, at);
	}
	pthread_mutex_unlock(&seats->lock);
}

int seats_taken(struct seats *seats)
{
	int taken;

	pthread_mutex_lock(&seats->lock);
	taken = seats->taken;
	pthread_mutex_unlock(&seats->lock);
	return taken;
}
