-- Who there is: organisations, offices, people, groups. Times are seconds since 1970 (UTC).

CREATE TABLE meta (
	name TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT;
INSERT INTO meta (name, value) VALUES ('acl_version', 1);

CREATE TABLE organisation (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	home INTEGER NOT NULL CHECK (home IN (0, 1))
) STRICT;
INSERT INTO organisation (key, name, home) VALUES ('home', 'Ministry of Foreign Affairs', 1);

CREATE TABLE office (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	kind TEXT NOT NULL DEFAULT 'department',
	parent_id INTEGER REFERENCES office (id),
	city TEXT NOT NULL DEFAULT '',
	country TEXT NOT NULL DEFAULT '',
	time_zone TEXT NOT NULL DEFAULT 'Asia/Tashkent'
) STRICT;

CREATE TABLE person (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL DEFAULT '',           -- folded, for finding
	organisation_id INTEGER NOT NULL DEFAULT 1 REFERENCES organisation (id),
	office_id INTEGER REFERENCES office (id),
	position TEXT NOT NULL DEFAULT '',
	languages TEXT NOT NULL DEFAULT '',
	skills TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	mail TEXT NOT NULL DEFAULT '',
	clearance INTEGER NOT NULL DEFAULT 0 CHECK (clearance >= 0),
	duties INTEGER NOT NULL DEFAULT 0,           -- enum duty, or-ed
	state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2), -- active, locked, disabled
	expires_at INTEGER,
	created_at INTEGER NOT NULL,
	last_login_at INTEGER,
	password TEXT NOT NULL DEFAULT '',           -- Argon2id; empty: none yet
	code_hash BLOB,                              -- of the one-time code that sets a password
	code_expires_at INTEGER,
	failed_logins INTEGER NOT NULL DEFAULT 0,
	paused_until INTEGER NOT NULL DEFAULT 0,
	lang TEXT NOT NULL DEFAULT '',               -- of the interface; empty: as the browser asks
	theme TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
	seen_seq INTEGER NOT NULL DEFAULT 0          -- recent changes seen up to here
) STRICT;

CREATE TABLE groups (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	purpose TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE group_member (
	group_id INTEGER NOT NULL REFERENCES groups (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	PRIMARY KEY (group_id, person_id)
) STRICT;
CREATE INDEX group_member_person ON group_member (person_id, group_id);
