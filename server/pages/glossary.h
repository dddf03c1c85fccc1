/* What the pages of the glossary share: reading its form, and showing a concept. */
#ifndef SERVER_PAGES_GLOSSARY_H
#define SERVER_PAGES_GLOSSARY_H

#include "schema/term.h"
#include "server/json.h"
#include "server/request.h"
#include "server/views/glossary_view.h"

/* The forms that are edited; DENIED and the like as in act_read(). Faults are in rq->faults. */
enum status glossary_read(struct term_input *out, struct request *rq) NONNULL MUST_USE;

/* The form as it was typed, and as the concept has it. */
struct term_fields glossary_typed(struct request *rq) NONNULL;
struct term_fields glossary_fields(struct request *rq, const struct term *term) NONNULL;

struct term_line glossary_line(struct request *rq, const struct term *term) NONNULL;
struct url glossary_url(struct arena *mem, struct str id) NONNULL;

/* The preferred form in the language of the interface, or in the first that has one. */
struct str glossary_name(struct request *rq, const struct term *term) NONNULL;

/* The language of terms that is the interface's. */
enum term_lang glossary_lang(const struct request *rq) NONNULL;

/* What the address of a list asks for. */
struct term_filter glossary_filter(struct request *rq) NONNULL;

/* The members of a concept in JSON, inside an object that is open. */
void glossary_json(struct json_out *j, struct request *rq, const struct term *term) NONNULL;

#endif
