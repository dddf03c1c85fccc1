/* Any bytes as a query, and as a multipart body whose boundary is their first byte. */
#include <assert.h>

#include "schema/base/utf8.h"
#include "server/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	struct str line, text, id, word, secret;
	int64_t number, date;
	bool flag;
	struct str_list tags, lines;
	struct form_pair file;
};

/* The names are short, so that the fuzzer finds them. */
static const struct form_field fields[] = {
	{"a", FORM_LINE, offsetof(struct input, line), 0, 0},
	{"b", FORM_TEXT, offsetof(struct input, text), 0, 0},
	{"c", FORM_ID, offsetof(struct input, id), 0, 0},
	{"d", FORM_WORD, offsetof(struct input, word), 0, 0},
	{"e", FORM_SECRET, offsetof(struct input, secret), 0, 0},
	{"f", FORM_NUMBER, offsetof(struct input, number), 0, 0},
	{"g", FORM_DATE, offsetof(struct input, date), 0, 0},
	{"h", FORM_FLAG, offsetof(struct input, flag), 0, 0},
	{"i", FORM_TAGS, offsetof(struct input, tags), 0, 0},
	{"j", FORM_LINES, offsetof(struct input, lines), 0, 0},
	{"k", FORM_FILE, offsetof(struct input, file), 0, 0},
};

static void read_all(struct arena *mem, const struct form *form)
{
	struct form_faults faults = {.count = 0};
	struct input in;

	for (size_t i = 0; i < form->count; i++) {
		assert(utf8_valid(form->pairs[i].name));
		assert(form->pairs[i].is_file || utf8_valid(form->pairs[i].value));
	}
	if (form_read(&in, &faults, mem, form, fields, COUNT(fields)) != ST_OK)
		return;
	assert(in.line.len == 0 || text_line_fault(in.line) == TEXT_FINE);
	assert(text_body_fault(in.text) == TEXT_FINE && str_find(in.text, '\r') < 0);
	assert(in.number >= 0 || in.number == FORM_ABSENT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct arena mem = {0};
	struct form form;

	if (form_decode(&form, &mem, text) == ST_OK)
		read_all(&mem, &form);
	if (size && form_decode_multipart(&form, &mem, str_from(text, 1), str_head(text, 1),
					  FORM_FIELDS_MAX) == ST_OK)
		read_all(&mem, &form);
	arena_release(&mem);
	return 0;
}
