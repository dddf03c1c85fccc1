/* The files of an article: a list that stands on its page, and a page of its own. */
#ifndef SERVER_VIEWS_FILES_VIEW_H
#define SERVER_VIEWS_FILES_VIEW_H

#include "schema/file.h"
#include "server/views/page.h"

struct files_view {
	const struct article *article;
	const struct file *files;
	size_t n;
	bool can_write;
	struct str accept; /* extensions, for the picker */
	int64_t most;      /* bytes of one file */
	const struct form_faults *faults;
};

/* "PDF", in any language. */
struct str file_type_label(struct arena *mem, struct str type) NONNULL;

#endif
