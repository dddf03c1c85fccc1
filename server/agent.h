/* What a browser says of itself (User-Agent), in words by which a person knows it again. */
#ifndef SERVER_AGENT_H
#define SERVER_AGENT_H

#include "schema/base/arena.h"

/*
 * "Firefox 145, Windows", or without the system where that is not known; else `agent` itself. Names
 * of programs are the same in all languages. Good for a list only: anybody can say anything here.
 */
struct str agent_words(struct arena *mem, struct str agent) NONNULL MUST_USE;

#endif
