-- What a person sets for slow links and for speech control.
ALTER TABLE person ADD COLUMN saves_data INTEGER NOT NULL DEFAULT 0 CHECK (saves_data IN (0, 1));
ALTER TABLE person ADD COLUMN no_keys INTEGER NOT NULL DEFAULT 0 CHECK (no_keys IN (0, 1));
