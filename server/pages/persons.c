/* People and groups in JSON, and how their names are looked for. */
#include "server/pages/persons.h"

#include "indexer/script.h"
#include "server/pages/spaces.h"

struct str persons_key(struct arena *mem, struct str query)
{
	for (size_t i = 0; i < query.len; i++) {
		if (strchr("._-", query.ptr[i]))
			return query;
	}
	return script_key(mem, query);
}

static const char *state_name(enum person_state state)
{
	switch (state) {
	case PERSON_ACTIVE:
		break;
	case PERSON_LOCKED:
		return "locked";
	case PERSON_DISABLED:
		return "disabled";
	}
	return "active";
}

void persons_json_person(struct json_out *j, const struct person *person)
{
	jo_str(j, "login", person->login);
	jo_str(j, "name", person->name);
	jo_str(j, "position", person->position);
	jo_str_or_null(j, "office", person->office_key);
	jo_str_or_null(j, "office_name", person->office_name);
	jo_str(j, "languages", person->languages);
	jo_str(j, "skills", person->skills);
	jo_str(j, "phone", person->phone);
	jo_str(j, "mail", person->mail);
	jo_c(j, "state", state_name(person->state));
}

void persons_json_group(struct json_out *j, const struct group *group)
{
	jo_str(j, "key", group->key);
	jo_str(j, "name", group->name);
	jo_str(j, "purpose", group->purpose);
	jo_i64(j, "members", group->members);
}

void persons_json_list(struct json_out *j, const struct person *people, size_t n, struct str next)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < n; i++) {
		jo_object(j, NULL);
		persons_json_person(j, &people[i]);
		jo_end(j);
	}
	jo_end(j);
	jo_str_or_null(j, "next", next);
	jo_end(j);
}

enum status persons_grants(const struct space_grant **out, const struct space_text **names,
			   struct request *rq, const struct space_grant *grants, size_t n)
{
	struct space_text *unordered = arena_array(rq->mem, n + 1, sizeof(*unordered));
	struct space_text *named = arena_array(rq->mem, n + 1, sizeof(*named));
	struct space_grant *ordered = arena_array(rq->mem, n + 1, sizeof(*ordered));
	struct str lang = lang_tag(rq->lang);
	struct space *spaces;
	size_t count, *order;

	if (rq->reader->duties & DUTY_ACCOUNTS)
		TRY(space_list_all(&spaces, &count, rq->db, rq->mem, rq->reader, lang));
	else
		TRY(space_list(&spaces, &count, rq->db, rq->mem, rq->reader, lang));
	for (size_t i = 0; i < n; i++) {
		unordered[i] = (struct space_text){.text = grants[i].space_key};
		for (size_t k = 0; k < count; k++) {
			if (str_eq(spaces[k].key, grants[i].space_key))
				unordered[i] = spaces[k].name;
		}
	}
	order = spaces_order(rq, unordered, n);
	for (size_t i = 0; i < n; i++) {
		ordered[i] = grants[order[i]];
		named[i] = unordered[order[i]];
	}
	*out = ordered;
	*names = named;
	return ST_OK;
}

enum status persons_group_refs(const struct group_ref **out, size_t *n, struct request *rq)
{
	struct group_ref *refs;
	struct group *groups;

	TRY(group_list(&groups, n, rq->db, rq->mem, rq->reader));
	refs = arena_array(rq->mem, *n + 1, sizeof(*refs));
	for (size_t i = 0; i < *n; i++)
		refs[i] = (struct group_ref){groups[i].key, groups[i].name};
	*out = refs;
	return ST_OK;
}
