-- Names by each of their words, for completion; offices by their folded name.

CREATE TABLE person_word (
	key TEXT NOT NULL,                           -- folded
	person_id INTEGER NOT NULL REFERENCES person (id),
	PRIMARY KEY (key, person_id)
) STRICT;
CREATE INDEX person_word_person ON person_word (person_id);
CREATE INDEX person_office ON person (office_id) WHERE office_id IS NOT NULL;

INSERT INTO person_word (key, person_id)
WITH RECURSIVE cut (person_id, rest) AS (
	SELECT id, name_key || ' ' FROM person WHERE name_key <> ''
	UNION ALL
	SELECT person_id, substr(rest, instr(rest, ' ') + 1) FROM cut WHERE rest <> ''
)
SELECT DISTINCT substr(rest, 1, instr(rest, ' ') - 1), person_id FROM cut
	WHERE rest <> '' AND instr(rest, ' ') > 1;

-- Empty until the program has folded it: the record cannot.
ALTER TABLE office ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
