-- Makes sure the month of a KST date has its partition.
SELECT create_monthly_partition($1, $2::date)
