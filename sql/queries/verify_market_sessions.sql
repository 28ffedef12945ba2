-- What does the stored calendar of KRX say of the dates from $1 to $2, both included?
SELECT trade_date, kind, open_time, continuous_end_time, close_time
FROM market_sessions
WHERE venue = 'KRX' AND trade_date BETWEEN $1::date AND $2::date
ORDER BY trade_date
