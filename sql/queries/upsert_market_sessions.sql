-- The calendar of a venue as the rule book has it: one element of each array a day, NULL times on closed days.
INSERT INTO market_sessions AS kept (
  venue, trade_date, kind, open_time, continuous_end_time, close_time, is_planned, rule_book_version
)
SELECT $1, day.*, $7
FROM unnest($2::date[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $8::boolean[])
  AS day (trade_date, kind, open_time, continuous_end_time, close_time, is_planned)
ON CONFLICT (venue, trade_date) DO UPDATE SET
  kind = excluded.kind, open_time = excluded.open_time, continuous_end_time = excluded.continuous_end_time,
  close_time = excluded.close_time, is_planned = excluded.is_planned, rule_book_version = excluded.rule_book_version
WHERE (kept.kind, kept.open_time, kept.continuous_end_time, kept.close_time, kept.is_planned, kept.rule_book_version)
  IS DISTINCT FROM
      (excluded.kind, excluded.open_time, excluded.continuous_end_time, excluded.close_time, excluded.is_planned,
       excluded.rule_book_version)
