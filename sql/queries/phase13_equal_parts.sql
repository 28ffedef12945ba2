-- Which parts of a table have been compared and found equal?
SELECT part FROM phase13.upgrade_comparison WHERE table_name = $1 AND is_equal
