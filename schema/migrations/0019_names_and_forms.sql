-- From here on the language of a space is that of its first name. Where a name was given in that language
-- beside the first one, nobody has said what language the first one is in.
UPDATE space SET lang = '' WHERE lang <> '' AND EXISTS
	(SELECT 1 FROM space_name n WHERE n.space_id = space.id AND n.lang = space.lang);

-- Forms that came in after their session had ended: shown again, as they were filled in, to whose session it was.
CREATE TABLE held_form (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person (id),
	target TEXT NOT NULL,  -- the address that it was sent to
	body TEXT NOT NULL,    -- as the browser sent it
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX held_form_person ON held_form (person_id, at);
