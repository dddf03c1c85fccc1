-- Which editor a person opens first: the text's source, or the visual one.
ALTER TABLE person ADD COLUMN visual INTEGER NOT NULL DEFAULT 0 CHECK (visual IN (0, 1));
