-- How many days does the stored calendar have from this version of the rule book?
SELECT count(*) AS days FROM market_sessions WHERE rule_book_version = $1
