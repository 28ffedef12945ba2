-- Puts the tables into the account, in the order they are to be copied.
INSERT INTO phase13.upgrade_progress (table_name, position)
SELECT name, position FROM unnest($1::TEXT[]) WITH ORDINALITY AS planned (name, position)
