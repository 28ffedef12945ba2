-- From when to when are there 10-minute bars? Two probes of idx_swing_10m_time, or one pass without it.
SELECT min(bar_time) AS first_time, max(bar_time) AS last_time FROM swing_bars_10m
