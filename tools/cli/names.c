/* Names of spaces on their way out and in again. */
#include "tools/cli/names.h"

#include "indexer/script.h"
#include "schema/space.h"
#include "server/frontmatter.h"

bool cli_is_names(struct str name)
{
	return str_ends(name, STR("space.names"));
}

static void put(struct buf *out, struct arena *mem, const char *what, struct str lang,
		struct str value)
{
	if (value.len)
		frontmatter_write(
			out,
			arena_printf(mem, "%s%s%.*s", what, lang.len ? "-" : "", STR_ARG(lang)),
			value);
}

enum status cli_names_write(struct buf *out, struct db *db, struct arena *mem,
			    const struct reader *who, struct str key)
{
	struct space_name *names;
	size_t n;

	TRY(space_names(&names, &n, db, mem, who, key));
	buf_c_add(out, "---\n");
	frontmatter_write(out, STR("space"), key);
	for (size_t i = 0; i < n; i++) {
		put(out, mem, "name", names[i].lang, names[i].name);
		put(out, mem, "description", names[i].lang, names[i].description);
	}
	buf_c_add(out, "---\n");
	return ST_OK;
}

/* "name-ru": of the language ru; "name": of the first one. False for what is neither. */
static bool input_of(struct space_input *out, const struct frontmatter_entry *entry)
{
	struct str lang = entry->key, what = str_cut(&lang, '-');

	*out = (struct space_input){.lang = lang.ptr ? lang : STR("")};
	if (!entry->n_values || (out->lang.len && !script_is_language(out->lang)))
		return false;
	if (str_is(what, "name"))
		out->name = entry->values[0];
	else if (str_is(what, "description"))
		out->description = entry->values[0];
	return out->name.ptr || out->description.ptr;
}

enum status cli_names_read(struct db *db, struct arena *mem, const struct reader *who,
			   struct str key, struct str content)
{
	struct frontmatter fm;
	struct space_input input;

	frontmatter_read(&fm, mem, content);
	if (!str_eq(frontmatter_value(&fm, "space"), key))
		return ST_OK;
	for (size_t i = 0; i < fm.count; i++) {
		if (input_of(&input, &fm.entries[i]))
			TRY(space_set(db, mem, who, key, &input));
	}
	return ST_OK;
}
