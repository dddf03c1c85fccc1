-- The key of a form is unique within what the form is about, not over all: a form that comes with the key
-- of another page, or with another text, is another act. One writer looks before it writes.

DROP INDEX revision_form;
CREATE INDEX revision_form ON revision (author_id, form_key) WHERE form_key IS NOT NULL;
DROP INDEX post_form;
CREATE INDEX post_form ON post (author_id, form_key) WHERE form_key IS NOT NULL;
