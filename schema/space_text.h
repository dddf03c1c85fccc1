/* A text of a space, its name or description, as one reader is to be shown it. */
#ifndef SCHEMA_SPACE_TEXT_H
#define SCHEMA_SPACE_TEXT_H

#include "schema/base/str.h"

/*
 * Spaces have names in several languages; a reader gets the nearest. A type of its own, so that nobody
 * shows one without words_space(), which puts it into the reader's script.
 */
struct space_text {
	struct str text;
	struct str lang; /* that it is written in; empty where nobody said */
};

#endif
