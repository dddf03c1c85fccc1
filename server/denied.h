/* Refused acts in the journal: somebody who tries doors shows (security.md 7.1). */
#ifndef SERVER_DENIED_H
#define SERVER_DENIED_H

#include "server/request.h"

/*
 * The one who asks may read what the request names, but not do this to it. So many rows a minute for
 * one person, and no more: refusals must not fill the disk.
 */
void denied_note(struct request *rq) NONNULL;

#endif
