-- Which 1-minute bars are there in a range of time, of some symbols (NULL: of all)? In any order.
-- COPY takes no parameters; values and columns are put in as psql puts in its variables.
-- Cost: one pass over the range. No ORDER BY: arranging the columns afterwards is cheaper.
COPY (
  SELECT symbol, quality_flag, :columns
  FROM scalp_1m_bars
  WHERE (:'symbols'::text[] IS NULL OR symbol = ANY (:'symbols'::text[]))
    AND bar_time >= :'start'::timestamptz AND bar_time < :'end'::timestamptz
) TO STDOUT (FORMAT binary)
