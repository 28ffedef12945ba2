-- Where is every known symbol listed, and what is it? A few thousand rows, read once per load.
SELECT code AS symbol, market, coalesce(kind, 'stock') AS kind
FROM symbols
