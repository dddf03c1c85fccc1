-- Where knowledge lies and who may read and write it. Levels: 1 read, 2 write, 3 manage.

CREATE TABLE space (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	lang TEXT NOT NULL DEFAULT '',
	label INTEGER NOT NULL DEFAULT 0 CHECK (label >= 0),
	owner_office_id INTEGER REFERENCES office (id),
	review_days INTEGER NOT NULL DEFAULT 0,
	readers_discuss INTEGER NOT NULL DEFAULT 1 CHECK (readers_discuss IN (0, 1)),
	logged INTEGER NOT NULL DEFAULT 0 CHECK (logged IN (0, 1)),
	archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
	created_at INTEGER NOT NULL
) STRICT;

-- The name for each language; the row with lang '' is the one given first and serves the rest.
CREATE TABLE space_name (
	space_id INTEGER NOT NULL REFERENCES space (id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (space_id, lang)
) STRICT;

CREATE TABLE space_grant (
	space_id INTEGER NOT NULL REFERENCES space (id),
	group_id INTEGER NOT NULL REFERENCES groups (id),
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
	PRIMARY KEY (space_id, group_id)
) STRICT;
CREATE INDEX space_grant_group ON space_grant (group_id, space_id, level);

-- Partner organisations that a space is shared with; the home organisation needs no row.
CREATE TABLE space_share (
	space_id INTEGER NOT NULL REFERENCES space (id),
	organisation_id INTEGER NOT NULL REFERENCES organisation (id),
	PRIMARY KEY (space_id, organisation_id)
) STRICT;

-- A named set of readers. The first of a space is all its readers; a restricted one has a list.
CREATE TABLE audience (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	space_id INTEGER NOT NULL REFERENCES space (id),
	name TEXT NOT NULL,
	label INTEGER NOT NULL DEFAULT 0 CHECK (label >= 0),
	restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
	UNIQUE (space_id, name)
) STRICT;

CREATE TABLE audience_reader (
	audience_id INTEGER NOT NULL REFERENCES audience (id),
	group_id INTEGER REFERENCES groups (id),
	person_id INTEGER REFERENCES person (id),
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 2), -- narrows what the space grants
	CHECK ((group_id IS NULL) <> (person_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX audience_reader_group ON audience_reader (audience_id, group_id)
	WHERE group_id IS NOT NULL;
CREATE UNIQUE INDEX audience_reader_person ON audience_reader (audience_id, person_id)
	WHERE person_id IS NOT NULL;

-- Security.md 2.3 and 2.4, said once: which audiences a person may read, and at which level.
-- schema/access.c fills every reader's rights from it; lists join it.
CREATE VIEW readable AS
SELECT person_id, audience_id, space_id,
	CASE WHEN restricted = 0 OR level = 3 OR listed >= level THEN level ELSE listed END AS level
FROM (
	SELECT p.id AS person_id, a.id AS audience_id, a.space_id AS space_id,
		a.restricted AS restricted, max(g.level) AS level,
		(SELECT coalesce(max(l.level), 0) FROM audience_reader l
			WHERE l.audience_id = a.id AND (l.person_id = p.id OR l.group_id IN
				(SELECT x.group_id FROM group_member x WHERE x.person_id = p.id))) AS listed
	FROM person p
	JOIN organisation o ON o.id = p.organisation_id
	JOIN group_member m ON m.person_id = p.id
	JOIN space_grant g ON g.group_id = m.group_id
	JOIN audience a ON a.space_id = g.space_id
	WHERE p.state = 0 AND a.label <= p.clearance
		AND (o.home = 1 OR EXISTS (SELECT 1 FROM space_share s
			WHERE s.space_id = a.space_id AND s.organisation_id = o.id))
	GROUP BY p.id, a.id, a.space_id, a.restricted
) AS held
WHERE restricted = 0 OR level = 3 OR listed > 0;
