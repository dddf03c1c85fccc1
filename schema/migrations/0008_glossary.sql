-- The glossary: concepts, and the terms that name them in Uzbek, Russian and English.

CREATE TABLE concept (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	domain TEXT NOT NULL DEFAULT '',             -- field of work: "consular", "states"
	meaning_uz TEXT NOT NULL DEFAULT '',
	meaning_ru TEXT NOT NULL DEFAULT '',
	meaning_en TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	article_id INTEGER REFERENCES article (id),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), -- proposed, approved, obsolete
	replacement_id INTEGER REFERENCES concept (id),
	proposer_id INTEGER REFERENCES person (id),  -- NULL: the operator
	approver_id INTEGER REFERENCES person (id),
	created_at INTEGER NOT NULL,
	approved_at INTEGER,
	changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX concept_domain ON concept (domain, state);

CREATE TABLE term (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	concept_id INTEGER NOT NULL REFERENCES concept (id),
	lang TEXT NOT NULL CHECK (lang IN ('uz', 'ru', 'en')),
	place INTEGER NOT NULL CHECK (place >= 0),   -- 0: the preferred form of its language
	written TEXT NOT NULL,                       -- Uzbek: in Latin letters
	cyrillic TEXT NOT NULL DEFAULT '',           -- Uzbek: where it is not what the letters give
	key TEXT NOT NULL,                           -- folded, for finding
	sort TEXT NOT NULL,                          -- in the order of the language's alphabet
	acronym INTEGER NOT NULL DEFAULT 0 CHECK (acronym IN (0, 1)),
	UNIQUE (concept_id, lang, place)
) STRICT;
CREATE INDEX term_key ON term (key, lang);
CREATE INDEX term_sort ON term (lang, place, sort, concept_id);

-- Goes up with every change of what is approved: who keeps a copy loads it anew.
INSERT INTO meta (name, value) VALUES ('glossary_version', 1);
