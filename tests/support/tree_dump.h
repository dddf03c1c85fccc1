/* The checked tree as text, one node a line, for golden files and fuzzing. */
#ifndef TESTS_SUPPORT_TREE_DUMP_H
#define TESTS_SUPPORT_TREE_DUMP_H

#include "indexer/tree.h"

/* False when the bytes do not follow tree.h: fields, nesting, anchors, languages, valid UTF-8. */
bool tree_dump(struct buf *out, struct str tree) NONNULL;

#endif
