/* Kinds of documents and their ids. */
#include "schema/index_kind.h"

#define KIND_NAME(NAME, name, letter) [INDEX_##NAME] = #name,
static const char *const names[] = {INDEX_KINDS(KIND_NAME)};

#define KIND_LETTER(NAME, name, letter) [INDEX_##NAME] = (letter),
static const char letters[] = {INDEX_KINDS(KIND_LETTER)};

struct str index_id_text(struct arena *mem, struct index_id id)
{
	return arena_printf(mem, "%c%lld", letters[id.kind], (long long)id.number);
}

bool index_id_parse(struct index_id *out, struct str text)
{
	for (size_t i = 0; i < COUNT(letters) && text.len > 1; i++) {
		out->kind = (enum index_kind)i;
		if (text.ptr[0] == letters[i])
			return str_to_i64(str_from(text, 1), &out->number) && out->number > 0;
	}
	return false;
}

struct str index_kind_name(enum index_kind kind)
{
	return str_c(names[kind]);
}

bool index_kind_parse(enum index_kind *out, struct str name)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		*out = (enum index_kind)i;
		if (str_is(name, names[i]))
			return true;
	}
	return false;
}
