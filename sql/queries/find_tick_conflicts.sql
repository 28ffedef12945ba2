-- After the merge: which staged ticks contradict what the table holds under their key? Equality is over what
-- the market said; who recorded it and when may differ between two recordings of one tick.
SELECT coalesce(array_agg(staged.ordinal::integer ORDER BY staged.ordinal), '{}') AS conflicts
FROM staged_ticks AS staged
JOIN scalp_ticks AS kept USING (symbol, event_time, seq)
WHERE (kept.bid_price, kept.ask_price, kept.last_price, kept.bid_size, kept.ask_size, kept.volume,
       kept.acml_volume, kept.acml_value, kept.venue)
  IS DISTINCT FROM
      (staged.bid_price, staged.ask_price, staged.last_price, staged.bid_size, staged.ask_size, staged.volume,
       staged.acml_volume, staged.acml_value, staged.venue)
