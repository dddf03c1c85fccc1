/*
 * Pictures without what was written about them. JPEG and PNG are runs of marked pieces; those that make up
 * the picture are copied and the others left out. No picture is decoded.
 */
#include "server/file_type.h"

#include "server/bytes.h"

enum {
	TAG_ORIENTATION = 0x0112,
	EXIF_HEAD = 6, /* "Exif" and two zeros */
	IFD_ENTRY = 12,
	IFD_ENTRIES_MAX = 200,
};

static enum status damaged(void)
{
	return fail_on("file", ST_INVALID, "The file is damaged.");
}

/* ---- JPEG ----------------------------------------------------------------------------------------- */

uint32_t file_orientation(struct str exif)
{
	struct str tiff = str_from(exif, EXIF_HEAD);
	uint32_t (*number)(struct str, size_t, size_t) =
		str_starts(tiff, STR("II")) ? bytes_little : bytes_big;
	size_t at = number(tiff, 4, 4), count;

	if (!str_starts(exif, STR("Exif\0\0")) || at > tiff.len)
		return 0;
	count = number(tiff, at, 2);
	for (size_t i = 0; i < count && i < IFD_ENTRIES_MAX; i++) {
		size_t entry = at + 2 + i * IFD_ENTRY;

		if (entry + IFD_ENTRY <= tiff.len && number(tiff, entry, 2) == TAG_ORIENTATION) {
			uint32_t turn = number(tiff, entry + 8, 2);

			return turn >= 2 && turn <= 8 ? turn : 0;
		}
	}
	return 0;
}

/* A piece that says this one thing. */
static void write_orientation(struct buf *out, uint32_t turn)
{
	struct str piece = STR("\xff\xe1\0\x22"
			       "Exif\0\0"
			       "MM\0\x2a\0\0\0\x08"
			       "\0\x01"
			       "\x01\x12\0\x03\0\0\0\x01\0");

	buf_str_add(out, piece);
	buf_byte(out, (char)turn);
	buf_str_add(out, STR("\0\0"
			     "\0\0\0\0"));
}

/* Of the pieces for programs: JFIF, colour profiles, and how Adobe's colours are meant. */
static bool is_kept(unsigned marker, struct str content)
{
	if (marker == 0xfe)
		return false;
	if (marker < 0xe0 || marker > 0xef)
		return true;
	return marker == 0xe0 || marker == 0xee ||
	       (marker == 0xe2 && str_starts(content, STR("ICC_PROFILE")));
}

/* The compressed picture behind a start of scan: up to the next marker that is one. */
static size_t scan_length(struct str rest)
{
	size_t at = 0;

	while (at + 1 < rest.len) {
		unsigned next = (unsigned char)rest.ptr[at + 1];

		if (rest.ptr[at] == '\xff' && next != 0 && next != 0xff &&
		    !(next >= 0xd0 && next <= 0xd7))
			return at;
		at++;
	}
	return rest.len;
}

static enum status clean_jpeg(struct buf *out, struct str rest)
{
	bool turned = false;

	buf_str_add(out, str_head(rest, 2));
	rest = str_from(rest, 2);
	for (;;) {
		unsigned marker = bytes_big(rest, 1, 1);
		size_t len = bytes_big(rest, 2, 2) + (size_t)2;
		struct str content;
		uint32_t turn;

		if (rest.len < 2 || rest.ptr[0] != '\xff')
			return damaged();
		if (marker == 0xd9 || marker == 0xff)
			buf_str_add(out, str_head(rest, marker == 0xd9 ? 2 : 0));
		if (marker == 0xd9) /* what stands behind the end is no picture */
			return ST_OK;
		if (marker == 0xff) {
			rest = str_from(rest, 1);
			continue;
		}
		/* Stuffed bytes and restarts belong inside a scan; a picture begins once. */
		if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || len < 4 ||
		    len > rest.len)
			return damaged();
		content = str_of(rest.ptr + 4, len - 4);
		if (is_kept(marker, content))
			buf_str_add(out, str_head(rest, len));
		turn = marker == 0xe1 && !turned ? file_orientation(content) : 0;
		if (turn)
			write_orientation(out, turn);
		turned = turned || turn;
		rest = str_from(rest, len);
		if (marker == 0xda) {
			len = scan_length(rest);
			buf_str_add(out, str_head(rest, len));
			rest = str_from(rest, len);
		}
	}
}

/* ---- PNG ------------------------------------------------------------------------------------------ */

/* Pieces whose names begin small may be left out; of those only what bears on colours and size stays. */
static bool is_picture(struct str name)
{
	static const char *const kept[] = {"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT",
					   "bKGD", "pHYs", "acTL", "fcTL", "fdAT"};

	for (size_t i = 0; i < COUNT(kept); i++) {
		if (str_is(name, kept[i]))
			return true;
	}
	return name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
}

static enum status clean_png(struct buf *out, struct str rest)
{
	enum { SIGNATURE = 8, AROUND = 12 };

	buf_str_add(out, str_head(rest, SIGNATURE));
	rest = str_from(rest, SIGNATURE);
	while (rest.len >= AROUND) {
		size_t len = (size_t)bytes_big(rest, 0, 4) + AROUND;
		struct str name = str_of(rest.ptr + 4, 4);

		if (len > rest.len)
			return damaged();
		if (is_picture(name))
			buf_str_add(out, str_head(rest, len));
		if (str_is(name, "IEND"))
			return ST_OK;
		rest = str_from(rest, len);
	}
	return damaged();
}

enum status file_clean(struct buf *out, bool *changed, const struct file_type *type,
		       struct str bytes)
{
	*changed = false;
	if (strcmp(type->media, "image/jpeg") == 0)
		TRY(clean_jpeg(out, bytes));
	else if (strcmp(type->media, "image/png") == 0)
		TRY(clean_png(out, bytes));
	else
		return ST_OK;
	*changed = true;
	return ST_OK;
}
