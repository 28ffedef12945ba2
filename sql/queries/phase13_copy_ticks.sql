-- Copies the next legacy ticks, in the order they were written: that reads the table front to back, needs no index but
-- its key, and numbers equal instants as they came. $1 id to begin behind, $2 rows of the batch, $3 latest instant
-- copied so far: only up to it may public.scalp_ticks hold a row of the same instant, and only there it is looked up.
WITH batch AS MATERIALIZED (
  SELECT id, symbol, event_time, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id,
    schema_version, receive_time, mitigation_level, quality_flag, refusal, refused_record, changes
  FROM phase13.mapped_scalp_ticks
  WHERE id > $1::BIGINT
  ORDER BY id
  LIMIT $2
), first_written AS MATERIALIZED (
  SELECT DISTINCT ON (
    symbol, event_time, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id, schema_version,
    mitigation_level, quality_flag
  )
    id, symbol, event_time, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id,
    schema_version, receive_time, mitigation_level, quality_flag, changes
  FROM batch
  WHERE refusal IS NULL
  ORDER BY symbol, event_time, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id, schema_version,
    mitigation_level, quality_flag, id
), met AS (
  SELECT f.id, max(k.seq) + 1 AS next_seq,
    bool_or((k.bid_price, k.ask_price, k.last_price, k.bid_size, k.ask_size, k.volume,
        k.session_id, k.schema_version, k.mitigation_level, k.quality_flag)
      IS NOT DISTINCT FROM (f.bid_price, f.ask_price, f.last_price, f.bid_size, f.ask_size, f.volume,
        f.session_id, f.schema_version, f.mitigation_level, f.quality_flag)) AS is_repeated
  FROM first_written f
  JOIN public.scalp_ticks k ON k.symbol = f.symbol AND k.event_time = f.event_time
  WHERE f.event_time <= $3::TIMESTAMPTZ AND k.event_time <= $3::TIMESTAMPTZ
    AND k.event_time >= (SELECT min(event_time) FROM first_written)
  GROUP BY f.id
), numbered AS MATERIALIZED (
  SELECT
    f.id, f.symbol, f.event_time,
    coalesce(met.next_seq, 0) + row_number() OVER (PARTITION BY f.symbol, f.event_time ORDER BY f.id) - 1 AS seq,
    f.bid_price, f.ask_price, f.last_price, f.bid_size, f.ask_size, f.volume, f.session_id, f.schema_version,
    f.receive_time, f.mitigation_level, f.quality_flag, f.changes
  FROM first_written f
  LEFT JOIN met USING (id)
  WHERE met.is_repeated IS NOT TRUE
), copied AS (
  INSERT INTO public.scalp_ticks (
    symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id,
    schema_version, receive_time, mitigation_level, quality_flag
  )
  SELECT symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id,
    schema_version, receive_time, mitigation_level, quality_flag
  FROM numbered
  WHERE seq <= 32767
  RETURNING event_time
), refused AS (
  INSERT INTO phase13.upgrade_refused (table_name, legacy_key, reason, record)
  SELECT 'scalp_ticks', ARRAY[id::TEXT], refusal, refused_record FROM batch WHERE refusal IS NOT NULL
  UNION ALL
  SELECT 'scalp_ticks', ARRAY[l.id::TEXT], 'more than 32,768 different ticks of one instant', to_jsonb(l)
  FROM numbered JOIN phase13.scalp_ticks l USING (id)
  WHERE numbered.seq > 32767
  RETURNING 1
)
SELECT
  (SELECT count(*) FROM batch)::INTEGER AS read,
  (SELECT count(*) FROM copied)::INTEGER AS copied,
  (SELECT count(*) FROM refused)::INTEGER AS refused,
  ARRAY[
    (SELECT max(id) FROM batch)::TEXT,
    greatest($3::TIMESTAMPTZ, (SELECT max(event_time) FROM copied))::TEXT
  ] AS last_key,
  coalesce((
    SELECT jsonb_object_agg(change, occurrences)
    FROM (
      SELECT unnest(changes) AS change, count(*) AS occurrences FROM numbered WHERE seq <= 32767 GROUP BY 1
    ) AS counted
  ), '{}') AS changes
