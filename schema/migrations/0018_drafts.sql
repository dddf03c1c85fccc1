-- An unsaved text keeps all fields of its form; messages of discussions are kept as well.
ALTER TABLE draft ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind BETWEEN 0 AND 2); -- text alone, form, message
ALTER TABLE draft ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN tags TEXT NOT NULL DEFAULT '';      -- as they were typed
ALTER TABLE draft ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN status TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN audience TEXT NOT NULL DEFAULT '';  -- its name, of a new article
ALTER TABLE draft ADD COLUMN translates TEXT NOT NULL DEFAULT ''; -- public id of the article that a new one translates
ALTER TABLE draft ADD COLUMN minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN thread TEXT NOT NULL DEFAULT '';    -- public id, of an answer
