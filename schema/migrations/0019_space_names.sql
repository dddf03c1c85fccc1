-- From here on the language of a space is that of its first name. Where a name was given in that language
-- beside the first one, nobody has said what language the first one is in.
UPDATE space SET lang = '' WHERE lang <> '' AND EXISTS
	(SELECT 1 FROM space_name n WHERE n.space_id = space.id AND n.lang = space.lang);
