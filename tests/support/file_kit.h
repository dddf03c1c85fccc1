/* Files for tests: whole ones, golden pairs, and the real text that lies outside the project. */
#ifndef TESTS_SUPPORT_FILE_KIT_H
#define TESTS_SUPPORT_FILE_KIT_H

#include "schema/base/arena.h"

/* All of a file; ptr is NULL when it cannot be read. */
struct str file_kit_read(struct arena *mem, const char *path) NONNULL;

/* Where a file of the folder DEVON_TEST_DATA would be. */
const char *file_kit_path(struct arena *mem, const char *name) NONNULL;

/* All of it, as above; says "skipped" where the file is absent. */
struct str file_kit_data(struct arena *mem, const char *name) NONNULL;

/* Replace a file; fails the test when that is impossible. */
void file_kit_write(const char *path, struct str text) NONNULL;

/* The names in a folder that end so, in order. */
size_t file_kit_list(struct arena *mem, const char *folder, struct str ending, struct str **out)
	NONNULL;

#endif
