/* How large a picture is shown, so that a page keeps the place free until it comes. */
#ifndef SERVER_PICTURE_H
#define SERVER_PICTURE_H

#include "schema/base/str.h"

/* So much of a file is looked at; where its size stands later than that, it is not known. */
enum { PICTURE_HEAD = 8192 };

struct picture_size {
	uint32_t width, height; /* of what is seen, after turning; both 0: not known */
};

/* From the first bytes of a file that was cleaned (file_type.h). Nothing is decoded. */
struct picture_size picture_size_read(struct str head);

#endif
