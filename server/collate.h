/*
 * What is shown stands in the order of the alphabet in which it is read. Another alphabet comes behind
 * one's own, large and small letters are the same, signs count as spaces.
 */
#ifndef SERVER_COLLATE_H
#define SERVER_COLLATE_H

#include "server/i18n.h"

/* Two texts stand as str_cmp() puts their keys. */
struct str collate_key(struct arena *mem, enum lang lang, struct str text) NONNULL MUST_USE;

/* The places of the texts in their order; equal ones stay as they are. In `mem`. */
size_t *collate(struct arena *mem, enum lang lang, const struct str *texts, size_t count)
	__attribute__((nonnull(1))) MUST_USE;

#endif
