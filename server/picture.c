/* The sizes that PNG, GIF, WebP and JPEG say near their beginning. */
#include "server/picture.h"

#include "server/bytes.h"
#include "server/file_type.h"

enum { SIDE_MOST = 65535, SIDE_OF_WEBP = 0x3fff, TURNED_ON_ITS_SIDE = 5 };

static struct picture_size of_webp(struct str head)
{
	struct str kind = str_head(str_from(head, 12), 4);
	uint32_t both = bytes_little(head, 21, 4);

	if (str_is(kind, "VP8X"))
		return (struct picture_size){bytes_little(head, 24, 3) + 1,
					     bytes_little(head, 27, 3) + 1};
	if (str_is(kind, "VP8L"))
		return (struct picture_size){(both & SIDE_OF_WEBP) + 1,
					     (both >> 14 & SIDE_OF_WEBP) + 1};
	if (str_is(kind, "VP8 "))
		return (struct picture_size){bytes_little(head, 26, 2) & SIDE_OF_WEBP,
					     bytes_little(head, 28, 2) & SIDE_OF_WEBP};
	return (struct picture_size){0};
}

/* The beginnings of frames; three of the numbers between mean something else. */
static bool begins_frame(uint32_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

static struct picture_size of_jpeg(struct str head)
{
	struct str rest = str_from(head, 2);
	bool on_its_side = false;

	while (rest.len > 9 && rest.ptr[0] == '\xff') {
		uint32_t marker = bytes_big(rest, 1, 1), len = bytes_big(rest, 2, 2);
		uint32_t height = bytes_big(rest, 5, 2), width = bytes_big(rest, 7, 2);

		if (begins_frame(marker))
			return on_its_side ? (struct picture_size){height, width}
					   : (struct picture_size){width, height};
		if (marker == 0xe1)
			on_its_side = file_orientation(str_head(str_from(rest, 4), len)) >=
				      TURNED_ON_ITS_SIDE;
		rest = str_from(rest, len + (size_t)2);
	}
	return (struct picture_size){0};
}

struct picture_size picture_size_read(struct str head)
{
	struct picture_size size = {0};

	if (str_starts(head, STR("\x89PNG")) && str_is(str_head(str_from(head, 12), 4), "IHDR"))
		size = (struct picture_size){bytes_big(head, 16, 4), bytes_big(head, 20, 4)};
	else if (str_starts(head, STR("GIF8")))
		size = (struct picture_size){bytes_little(head, 6, 2), bytes_little(head, 8, 2)};
	else if (str_starts(head, STR("RIFF")))
		size = of_webp(head);
	else if (str_starts(head, STR("\xff\xd8")))
		size = of_jpeg(head);
	if (!size.width || !size.height || size.width > SIDE_MOST || size.height > SIDE_MOST)
		return (struct picture_size){0};
	return size;
}
