-- Who read very many different articles in one day, for the notices of auditors.
CREATE TABLE reading_alert (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL REFERENCES person (id),
	day INTEGER NOT NULL,                        -- of 86,400 seconds since 1970, UTC
	at INTEGER NOT NULL,
	articles INTEGER NOT NULL,                   -- the number that was reached
	UNIQUE (person_id, day)                      -- told once a day
) STRICT;

-- How far an auditor has seen them.
CREATE TABLE reading_alert_seen (
	person_id INTEGER PRIMARY KEY REFERENCES person (id),
	alert_id INTEGER NOT NULL
) STRICT;
