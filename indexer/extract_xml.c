/*
 * XML of Office documents, read as it is unpacked. A document type definition is refused outright, so
 * that there are no entities to expand and nothing to fetch. The only file that knows expat.
 */
#include "indexer/extract_parts.h"

#include <expat.h>

struct parse {
	XML_Parser parser;
	const struct xml_reader *reader;
	int depth;
	bool too_deep, has_doctype;
};

static void parse_cleanup(struct parse *parse)
{
	if (parse->parser)
		XML_ParserFree(parse->parser);
}

static const char *bare(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

static void XMLCALL opens(void *context, const char *name, const char **attributes)
{
	struct parse *parse = context;

	if (++parse->depth > XML_DEPTH_MAX) {
		parse->too_deep = true;
		(void)XML_StopParser(parse->parser, XML_FALSE);
		return;
	}
	parse->reader->opens(parse->reader->context, bare(name), attributes);
}

static void XMLCALL closes(void *context, const char *name)
{
	struct parse *parse = context;

	parse->depth--;
	parse->reader->closes(parse->reader->context, bare(name));
}

static void XMLCALL text(void *context, const char *words, int len)
{
	struct parse *parse = context;

	parse->reader->text(parse->reader->context, str_of(words, (size_t)len));
}

static void XMLCALL doctype(void *context, const char *name, const char *system_id,
			    const char *public_id, int has_internal_subset)
{
	struct parse *parse = context;

	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_internal_subset;
	parse->has_doctype = true;
	(void)XML_StopParser(parse->parser, XML_FALSE);
}

static enum status feed_piece(void *context, struct str bytes, bool last, bool *enough)
{
	struct parse *parse = context;

	if (XML_Parse(parse->parser, bytes.ptr, (int)bytes.len, last) != XML_STATUS_OK) {
		if (parse->has_doctype)
			return fail_on("", ST_INVALID,
				       "The file holds a document type, which is not read.");
		if (parse->too_deep)
			return fail_on("", ST_INVALID, "The file is nested too deeply.");
		return fail_on("", ST_INVALID, "The file is damaged.");
	}
	*enough = parse->reader->out->over;
	return ST_OK;
}

enum status xml_read(struct zip *zip, const struct zip_entry *entry,
		     const struct xml_reader *reader)
{
	AUTO(parse) struct parse parse = {.parser = XML_ParserCreate(NULL), .reader = reader};

	if (!parse.parser)
		return fail(ST_FAILED, "expat does not start");
	XML_SetUserData(parse.parser, &parse);
	XML_SetElementHandler(parse.parser, opens, closes);
	XML_SetCharacterDataHandler(parse.parser, text);
	XML_SetStartDoctypeDeclHandler(parse.parser, doctype);
	return zip_read(zip, entry, feed_piece, &parse);
}

struct str xml_attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2) {
		if (strcmp(bare(attributes[i]), name) == 0)
			return str_c(attributes[i + 1]);
	}
	return STR_NONE;
}
