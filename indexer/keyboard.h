/*
 * A query typed while the keyboard stood on the other layout: "ghbdtn" is "привет", "лщтыгд" is
 * "konsul". Layouts: QWERTY; Russian ЙЦУКЕН; Uzbek Cyrillic, which has ў қ ғ ҳ on the keys o s - =.
 */
#ifndef INDEXER_KEYBOARD_H
#define INDEXER_KEYBOARD_H

#include "schema/base/arena.h"

enum { KEYBOARD_READINGS = 2 };

/*
 * What the same keys write in the other layout, the likelier reading first; gives their number. None
 * for a text in two scripts, of fewer than three letters, or whose other reading is no word. Quotes,
 * a minus before a word, a star behind it and OR keep their meaning.
 */
size_t keyboard_readings(struct str out[KEYBOARD_READINGS], struct arena *mem, struct str text)
	NONNULL;

#endif
