/* Texts that cannot be saved because the disk is nearly full: they go back to who typed them. */
#ifndef SERVER_PAGES_FULL_H
#define SERVER_PAGES_FULL_H

#include "server/request.h"

/* True for the forms of articles and discussion. */
bool full_gives_back(const struct request *rq) NONNULL;

/* For guard.c, when all rights are checked: the form again with what was typed, 503. */
enum status full_form(struct request *rq) NONNULL MUST_USE;

#endif
