-- Every act, in order: audit log, queue of the indexer, source of recent changes.

CREATE TABLE journal (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,                         -- microseconds since 1970, UTC
	actor_id INTEGER REFERENCES person (id),     -- NULL: the operator or the system
	on_behalf TEXT NOT NULL DEFAULT '',          -- the operator's account on the host
	session TEXT NOT NULL DEFAULT '',            -- first 8 characters of the session's hash
	address TEXT NOT NULL DEFAULT '',
	action TEXT NOT NULL,                        -- "article.edit"
	outcome TEXT NOT NULL DEFAULT 'ok',
	object_type TEXT NOT NULL DEFAULT '',
	object_id INTEGER NOT NULL DEFAULT 0,
	space_id INTEGER NOT NULL DEFAULT 0,
	audience_id INTEGER NOT NULL DEFAULT 0,      -- of the object after the act; 0: none
	audience_was INTEGER NOT NULL DEFAULT 0,     -- before it, where the act changed it
	detail TEXT NOT NULL DEFAULT '{}',           -- canonical JSON
	prev BLOB NOT NULL,
	hash BLOB NOT NULL
) STRICT;
CREATE INDEX journal_object ON journal (object_type, object_id, seq);
CREATE INDEX journal_actor ON journal (actor_id, seq);
CREATE INDEX journal_audience ON journal (audience_id, seq) WHERE audience_id <> 0;
