-- Where are symbols listed, and what are they? Those the symbol master does not know are left out.
SELECT code AS symbol, market, coalesce(kind, 'stock') AS kind
FROM symbols
WHERE code = ANY($1::text[])
