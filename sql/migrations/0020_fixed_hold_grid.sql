-- why:   thresholds can be searched where the bars are, in one statement; the threshold query this replaces ignored
--        its exit, jumped over nights and missing bars, and let trades of one position overlap
-- locks: nothing (only new objects)

-- Up Migration

-- The model, in full. A bar is a normal ten-minute bar; its move is close / previous close - 1, and only where the
-- previous bar is the previous slot of the same Korean date. A signal is a move of at least the entry threshold.
-- It is traded only if every bar of the following hold is there, whichever bar ends the trade: were a trade kept
-- because it found its exit before a hole, the outcome would choose the trades. Exit: the first close at which the
-- move in favour since entry reaches the exit threshold, else the close that ends the hold. One position at a time:
-- signals before an exit are passed over, a signal on the exit bar is not.

-- In the order of its operands, so that the result does not depend on the plan: product(x ORDER BY ...).
CREATE AGGREGATE product(DOUBLE PRECISION) (SFUNC = float8mul, STYPE = DOUBLE PRECISION);
COMMENT ON AGGREGATE product(DOUBLE PRECISION) IS 'Product of the values; NULL of none. Compounds growth factors.';

-- Prices become ten-thousandths in double precision, which are exact: a move of exactly one half per cent
-- compares equal to 0.005.
CREATE FUNCTION fixed_hold_bars(
    for_symbol TEXT,
    from_date DATE,
    to_date DATE,
    cost_from DATE[],
    commission_rates DOUBLE PRECISION[],
    sell_tax_rates DOUBLE PRECISION[],
    OUT bar_times TIMESTAMPTZ[],
    OUT trade_dates DATE[],
    OUT opens DOUBLE PRECISION[],
    OUT closes DOUBLE PRECISION[],
    OUT moves DOUBLE PRECISION[],
    OUT runs INTEGER[],
    OUT commissions DOUBLE PRECISION[],
    OUT sell_taxes DOUBLE PRECISION[]
) LANGUAGE sql STABLE AS $$
    WITH bar AS (
        SELECT
            bar_time,
            (bar_time AT TIME ZONE 'Asia/Seoul')::DATE AS trade_date,
            extract(epoch FROM bar_time)::BIGINT / 600 AS slot,
            (open * 10000)::BIGINT::DOUBLE PRECISION AS open,
            (close * 10000)::BIGINT::DOUBLE PRECISION AS close
        FROM swing_bars_10m
        WHERE symbol = for_symbol
          AND bar_time >= from_date::TIMESTAMP AT TIME ZONE 'Asia/Seoul'
          AND bar_time < (to_date + 1)::TIMESTAMP AT TIME ZONE 'Asia/Seoul'
          AND quality_flag = 'normal'
          AND open > 0 AND close > 0
          AND extract(epoch FROM bar_time) % 600 = 0
    ), in_runs AS (
        -- Slot and row number advance together as long as no slot is missing.
        SELECT
            bar_time, trade_date, open, close,
            (slot - row_number() OVER (PARTITION BY trade_date ORDER BY bar_time))::INTEGER AS run
        FROM bar
    ), moved AS (
        SELECT
            bar_time, trade_date, open, close, run,
            lag(close) OVER (PARTITION BY run ORDER BY bar_time) AS previous_close,
            width_bucket(trade_date, cost_from) AS cost_period
        FROM in_runs
    )
    SELECT
        array_agg(bar_time ORDER BY bar_time),
        array_agg(trade_date ORDER BY bar_time),
        array_agg(open ORDER BY bar_time),
        array_agg(close ORDER BY bar_time),
        array_agg((close - previous_close) / previous_close ORDER BY bar_time),
        array_agg(run ORDER BY bar_time),
        array_agg(CASE WHEN cost_from = '{}' THEN 0 ELSE commission_rates[cost_period] END ORDER BY bar_time),
        array_agg(CASE WHEN cost_from = '{}' THEN 0 ELSE sell_tax_rates[cost_period] END ORDER BY bar_time)
    FROM moved
$$;
COMMENT ON FUNCTION fixed_hold_bars(TEXT, DATE, DATE, DATE[], DOUBLE PRECISION[], DOUBLE PRECISION[]) IS
    'Normal ten-minute bars of a symbol as parallel arrays in time order: prices in ten-thousandths, moves (fraction, NULL where the previous slot is missing), runs (equal for bars with no slot missing between them), commission and sell tax of an execution that day (fractions).';

CREATE FUNCTION fixed_hold_walk(
    opens DOUBLE PRECISION[],
    closes DOUBLE PRECISION[],
    moves DOUBLE PRECISION[],
    runs INTEGER[],
    commissions DOUBLE PRECISION[],
    sell_taxes DOUBLE PRECISION[],
    entry_threshold DOUBLE PRECISION,
    exit_threshold DOUBLE PRECISION,
    hold_bars INTEGER,
    mode TEXT,
    directions TEXT,
    fill TEXT
) RETURNS TABLE (
    side INTEGER,
    signal_at INTEGER,
    exit_at INTEGER,
    entry_price DOUBLE PRECISION,
    exit_price DOUBLE PRECISION,
    gross_return DOUBLE PRECISION,
    net_return DOUBLE PRECISION
) LANGUAGE plpgsql IMMUTABLE ROWS 50 AS $$
DECLARE
    signal_move DOUBLE PRECISION;
    hold_end    INTEGER;
    free_from   INTEGER := 1;
    bought      DOUBLE PRECISION;  -- what a purchase takes, as a multiple of its price
    sold        DOUBLE PRECISION;  -- what a sale brings, as a multiple of its price
BEGIN
    IF (entry_threshold > 0 AND hold_bars >= 1
        AND mode IN ('mean_reversion', 'momentum')
        AND directions IN ('long', 'short', 'both')
        AND fill IN ('signal_close', 'next_open')) IS NOT TRUE THEN
        RAISE EXCEPTION 'no such search: entry %, hold %, mode %, directions %, fill %',
            entry_threshold, hold_bars, mode, directions, fill
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'entry > 0, hold >= 1; mode: mean_reversion or momentum; directions: long, short or both; fill: signal_close or next_open.';
    END IF;

    FOR signal_at, signal_move IN
        SELECT bar.position, bar.move
        FROM unnest(moves) WITH ORDINALITY AS bar (move, position)
        WHERE abs(bar.move) >= entry_threshold
        ORDER BY bar.position
    LOOP
        CONTINUE WHEN signal_at < free_from;
        side := CASE WHEN (signal_move < 0) = (mode = 'mean_reversion') THEN 1 ELSE -1 END;
        CONTINUE WHEN (side = 1 AND directions = 'short') OR (side = -1 AND directions = 'long');
        hold_end := signal_at + hold_bars;
        CONTINUE WHEN runs[hold_end] IS DISTINCT FROM runs[signal_at];

        entry_price := CASE fill WHEN 'signal_close' THEN closes[signal_at] ELSE opens[signal_at + 1] END;
        exit_at := hold_end;
        FOR bar IN signal_at + 1 .. hold_end LOOP
            IF side * (closes[bar] - entry_price) / entry_price >= exit_threshold THEN
                exit_at := bar;
                EXIT;
            END IF;
        END LOOP;
        exit_price := closes[exit_at];

        bought := 1 + commissions[signal_at];
        sold := 1 - commissions[signal_at] - sell_taxes[signal_at];
        IF (bought >= 1 AND sold > 0 AND sold <= 1) IS NOT TRUE THEN
            RAISE EXCEPTION 'the cost schedule has no valid rates for every trade'
                USING ERRCODE = 'invalid_parameter_value',
                      HINT = 'cost_from begins on or before from_date and ascends; one commission and one sell tax rate for each of its dates.';
        END IF;
        IF side = 1 THEN
            gross_return := exit_price / entry_price - 1;
            net_return := exit_price * sold / (entry_price * bought) - 1;
        ELSE
            gross_return := 1 - exit_price / entry_price;
            net_return := 1 - exit_price * bought / (entry_price * sold);
        END IF;
        RETURN NEXT;
        free_from := exit_at;
    END LOOP;
END
$$;
COMMENT ON FUNCTION fixed_hold_walk(DOUBLE PRECISION[], DOUBLE PRECISION[], DOUBLE PRECISION[], INTEGER[], DOUBLE PRECISION[], DOUBLE PRECISION[], DOUBLE PRECISION, DOUBLE PRECISION, INTEGER, TEXT, TEXT, TEXT) IS
    'Trades of one candidate over the arrays of fixed_hold_bars: side (1 long, -1 short), positions of the signal and exit bars, prices in ten-thousandths, returns as fractions.';

CREATE FUNCTION fixed_hold_trades(
    for_symbol TEXT,
    from_date DATE,
    to_date DATE,
    entry_threshold DOUBLE PRECISION,
    exit_threshold DOUBLE PRECISION DEFAULT NULL,
    hold_bars INTEGER DEFAULT 6,
    mode TEXT DEFAULT 'mean_reversion',
    directions TEXT DEFAULT 'long',
    fill TEXT DEFAULT 'signal_close',
    cost_from DATE[] DEFAULT '{}',
    commission_rates DOUBLE PRECISION[] DEFAULT '{}',
    sell_tax_rates DOUBLE PRECISION[] DEFAULT '{}'
) RETURNS TABLE (
    symbol TEXT,
    direction TEXT,
    signal_time TIMESTAMPTZ,
    entry_time TIMESTAMPTZ,
    exit_time TIMESTAMPTZ,
    entry_price NUMERIC(15,4),
    exit_price NUMERIC(15,4),
    gross_return DOUBLE PRECISION,
    net_return DOUBLE PRECISION
) LANGUAGE sql STABLE AS $$
    SELECT
        for_symbol,
        CASE trade.side WHEN 1 THEN 'long' ELSE 'short' END,
        bars.bar_times[trade.signal_at],
        bars.bar_times[trade.signal_at] + INTERVAL '10 minutes',
        bars.bar_times[trade.exit_at] + INTERVAL '10 minutes',
        (trade.entry_price::BIGINT / 10000::NUMERIC)::NUMERIC(15,4),
        (trade.exit_price::BIGINT / 10000::NUMERIC)::NUMERIC(15,4),
        trade.gross_return,
        trade.net_return
    FROM fixed_hold_bars(for_symbol, from_date, to_date, cost_from, commission_rates, sell_tax_rates) AS bars
    CROSS JOIN LATERAL fixed_hold_walk(
        bars.opens, bars.closes, bars.moves, bars.runs, bars.commissions, bars.sell_taxes,
        entry_threshold, exit_threshold, hold_bars, mode, directions, fill
    ) AS trade
    ORDER BY trade.signal_at
$$;
COMMENT ON FUNCTION fixed_hold_trades(TEXT, DATE, DATE, DOUBLE PRECISION, DOUBLE PRECISION, INTEGER, TEXT, TEXT, TEXT, DATE[], DOUBLE PRECISION[], DOUBLE PRECISION[]) IS
    'Trades of one threshold candidate on one symbol. Dates are Korean trading dates, both included; thresholds, rates and returns are fractions. mode: mean_reversion (buy a fall, sell short a rise) or momentum (the reverse); directions: long, short, both. fill signal_close enters at the very close that made the signal, which nobody can trade: it is the restricted model of the original query; next_open enters at the open of the next bar. signal_time is the signal bar''s bar_time (its start), entry_time and exit_time the instants of the fills. From cost_from[i] on, executions pay commission_rates[i] a side and sell_tax_rates[i] on the sale; no cost_from, no costs. net_return: long = exit * (1 - commission - tax) / (entry * (1 + commission)) - 1; short = 1 - exit * (1 + commission) / (entry * (1 - commission - tax)), the profit over the net proceeds of the opening sale.';

CREATE FUNCTION trade_metrics(
    net_returns DOUBLE PRECISION[],
    trade_dates DATE[],
    trading_days DATE[],
    OUT trades INTEGER,
    OUT wins INTEGER,
    OUT losses INTEGER,
    OUT win_rate DOUBLE PRECISION,
    OUT total_return DOUBLE PRECISION,
    OUT avg_return DOUBLE PRECISION,
    OUT max_return DOUBLE PRECISION,
    OUT min_return DOUBLE PRECISION,
    OUT profit_factor DOUBLE PRECISION,
    OUT sharpe_ratio DOUBLE PRECISION,
    OUT sortino_ratio DOUBLE PRECISION,
    OUT max_drawdown DOUBLE PRECISION,
    OUT avg_drawdown DOUBLE PRECISION,
    OUT t_statistic DOUBLE PRECISION,
    OUT note TEXT
) LANGUAGE sql IMMUTABLE AS $$
    WITH trade AS (
        SELECT made.net, made.trade_date, made.position
        FROM unnest(net_returns, trade_dates) WITH ORDINALITY AS made (net, trade_date, position)
    ), total AS (
        SELECT
            count(*)::INTEGER AS n,
            count(*) FILTER (WHERE net > 0)::INTEGER AS wins,
            count(*) FILTER (WHERE net < 0)::INTEGER AS losses,
            product(1 + net ORDER BY position) - 1 AS compounded,
            sum(net ORDER BY position) / count(*) AS mean,
            max(net) AS best,
            min(net) AS worst,
            sum(net ORDER BY position) FILTER (WHERE net > 0) AS profit,
            sum(-net ORDER BY position) FILTER (WHERE net < 0) AS loss
        FROM trade
    ), deviation AS (
        -- Equal returns differ by the rounding of their seven operations on numbers near 1, below 2e-15.
        SELECT CASE WHEN max(total.best - total.worst) > 1e-14 THEN
            sqrt(sum((trade.net - total.mean) * (trade.net - total.mean) ORDER BY trade.position) / (count(*) - 1))
        END AS sd
        FROM trade CROSS JOIN total
    ), day AS (
        SELECT trade_date, coalesce(product(1 + trade.net ORDER BY trade.position), 1) AS growth
        FROM (SELECT unnest(trading_days) AS trade_date UNION SELECT trade.trade_date FROM trade) AS span
        LEFT JOIN trade USING (trade_date)
        GROUP BY trade_date
    ), day_total AS (
        SELECT
            count(*) AS n,
            sum(growth - 1 ORDER BY trade_date) / count(*) AS mean,
            sqrt(sum(least(growth - 1, 0) * least(growth - 1, 0) ORDER BY trade_date) / count(*)) AS downside,
            max(growth) - min(growth) > 1e-14 AS varies
        FROM day
    ), day_deviation AS (
        SELECT CASE WHEN bool_and(day_total.varies) THEN
            sqrt(sum((day.growth - 1 - day_total.mean) * (day.growth - 1 - day_total.mean) ORDER BY day.trade_date)
                / (count(*) - 1))
        END AS sd
        FROM day CROSS JOIN day_total
    ), equity AS (
        SELECT trade_date, product(growth) OVER (ORDER BY trade_date) AS level FROM day
    ), under_water AS (
        SELECT trade_date, 1 - level / greatest(1, max(level) OVER (ORDER BY trade_date)) AS drawdown FROM equity
    ), episode AS (
        -- An episode lasts from the first day below the peak to the day that regains it; the last may be open.
        SELECT drawdown, count(*) FILTER (WHERE drawdown <= 1e-14) OVER (ORDER BY trade_date) AS number FROM under_water
    ), trough AS (
        SELECT number, max(drawdown) AS depth FROM episode WHERE drawdown > 1e-14 GROUP BY number
    ), drawdown AS (
        SELECT max(depth) AS deepest, sum(depth ORDER BY number) / nullif(count(*), 0) AS mean FROM trough
    )
    SELECT
        total.n,
        total.wins,
        total.losses,
        total.wins / nullif(total.n, 0)::DOUBLE PRECISION,
        total.compounded,
        total.mean,
        total.best,
        total.worst,
        coalesce(total.profit, 0) / total.loss,
        CASE WHEN total.n > 0 AND day_total.n >= 20 THEN
            day_total.mean / day_deviation.sd * sqrt(252::DOUBLE PRECISION)
        END,
        CASE WHEN total.n > 0 AND day_total.n >= 20 THEN
            day_total.mean / nullif(day_total.downside, 0) * sqrt(252::DOUBLE PRECISION)
        END,
        CASE WHEN total.n > 0 THEN coalesce(drawdown.deepest, 0) END,
        drawdown.mean,
        total.mean / (deviation.sd / sqrt(total.n::DOUBLE PRECISION)),
        CASE WHEN total.n = 0 THEN 'no trades' ELSE nullif(concat_ws('; ',
            CASE WHEN total.losses = 0 THEN 'profit factor: no losing trade' END,
            CASE WHEN day_total.n < 20 THEN 'Sharpe, Sortino: fewer than 20 days' END,
            CASE WHEN day_total.n >= 20 AND NOT day_total.varies THEN 'Sharpe: daily returns do not vary' END,
            CASE WHEN day_total.n >= 20 AND day_total.downside = 0 THEN 'Sortino: no losing day' END,
            CASE WHEN drawdown.deepest IS NULL THEN 'average drawdown: no drawdown' END,
            CASE WHEN total.n < 2 THEN 't: fewer than 2 trades'
                 WHEN deviation.sd IS NULL THEN 't: returns do not vary' END
        ), '') END
    FROM total CROSS JOIN deviation CROSS JOIN day_total CROSS JOIN day_deviation CROSS JOIN drawdown
$$;
COMMENT ON FUNCTION trade_metrics(DOUBLE PRECISION[], DATE[], DATE[]) IS
    'Metrics of trades in time order. trade_dates: the Korean date of each trade; trading_days: the days of the span, those without trades count as return 0. Returns and drawdowns are fractions; total_return is compounded; profit factor over equal stakes; Sharpe and Sortino over daily returns, annualised by 252, risk-free rate 0, from 20 days; drawdowns over day closes with the 1.0 before the first trade, avg_drawdown is the mean trough of the episodes, an open one included; t over trades. What is undefined is NULL, and note says why.';

CREATE FUNCTION fixed_hold_grid(
    symbols TEXT[],
    from_date DATE,
    to_date DATE,
    entry_thresholds DOUBLE PRECISION[],
    exit_thresholds DOUBLE PRECISION[] DEFAULT '{NULL}',
    holds INTEGER[] DEFAULT '{6}',
    modes TEXT[] DEFAULT '{mean_reversion}',
    directions TEXT DEFAULT 'long',
    fill TEXT DEFAULT 'signal_close',
    cost_from DATE[] DEFAULT '{}',
    commission_rates DOUBLE PRECISION[] DEFAULT '{}',
    sell_tax_rates DOUBLE PRECISION[] DEFAULT '{}',
    trading_days DATE[] DEFAULT '{}'
) RETURNS TABLE (
    symbol TEXT,
    mode TEXT,
    entry_threshold DOUBLE PRECISION,
    exit_threshold DOUBLE PRECISION,
    hold_bars INTEGER,
    trades INTEGER,
    wins INTEGER,
    losses INTEGER,
    win_rate DOUBLE PRECISION,
    total_return DOUBLE PRECISION,
    avg_return DOUBLE PRECISION,
    max_return DOUBLE PRECISION,
    min_return DOUBLE PRECISION,
    profit_factor DOUBLE PRECISION,
    sharpe_ratio DOUBLE PRECISION,
    sortino_ratio DOUBLE PRECISION,
    max_drawdown DOUBLE PRECISION,
    avg_drawdown DOUBLE PRECISION,
    t_statistic DOUBLE PRECISION,
    note TEXT
) LANGUAGE sql STABLE SET jit = off AS $$
    -- Compiling the plan takes ten times as long as searching a symbol-month.
    WITH bars AS MATERIALIZED (
        SELECT
            wanted.symbol, read.trade_dates, read.opens, read.closes, read.moves, read.runs,
            read.commissions, read.sell_taxes,
            ARRAY(
                SELECT day FROM unnest(trading_days || read.trade_dates) AS day
                WHERE day BETWEEN read.trade_dates[1] AND read.trade_dates[cardinality(read.trade_dates)]
                GROUP BY day ORDER BY day
            ) AS span
        FROM unnest(symbols) AS wanted (symbol)
        CROSS JOIN LATERAL fixed_hold_bars(wanted.symbol, from_date, to_date, cost_from, commission_rates, sell_tax_rates) AS read
    ), candidate AS (
        SELECT modes.mode, entries.threshold AS entry_threshold, exits.threshold AS exit_threshold, holds.bars AS hold_bars
        FROM unnest(modes) AS modes (mode)
        CROSS JOIN unnest(entry_thresholds) AS entries (threshold)
        CROSS JOIN unnest(exit_thresholds) AS exits (threshold)
        CROSS JOIN unnest(holds) AS holds (bars)
        WHERE exits.threshold < entries.threshold OR exits.threshold IS NULL
    )
    SELECT
        bars.symbol, candidate.mode, candidate.entry_threshold, candidate.exit_threshold, candidate.hold_bars,
        metrics.trades, metrics.wins, metrics.losses, metrics.win_rate,
        metrics.total_return, metrics.avg_return, metrics.max_return, metrics.min_return,
        metrics.profit_factor, metrics.sharpe_ratio, metrics.sortino_ratio,
        metrics.max_drawdown, metrics.avg_drawdown, metrics.t_statistic, metrics.note
    FROM bars
    CROSS JOIN candidate
    CROSS JOIN LATERAL (
        SELECT
            array_agg(trade.net_return ORDER BY trade.signal_at) AS net_returns,
            array_agg(bars.trade_dates[trade.signal_at] ORDER BY trade.signal_at) AS trade_dates
        FROM fixed_hold_walk(
            bars.opens, bars.closes, bars.moves, bars.runs, bars.commissions, bars.sell_taxes,
            candidate.entry_threshold, candidate.exit_threshold, candidate.hold_bars,
            candidate.mode, directions, fill
        ) AS trade
    ) AS traded
    CROSS JOIN LATERAL trade_metrics(traded.net_returns, traded.trade_dates, bars.span) AS metrics
    ORDER BY bars.symbol, candidate.mode, candidate.hold_bars, candidate.entry_threshold, candidate.exit_threshold
$$;
COMMENT ON FUNCTION fixed_hold_grid(TEXT[], DATE, DATE, DOUBLE PRECISION[], DOUBLE PRECISION[], INTEGER[], TEXT[], TEXT, TEXT, DATE[], DOUBLE PRECISION[], DOUBLE PRECISION[], DATE[]) IS
    'The whole search in one statement: trade_metrics of fixed_hold_trades for every symbol, mode, holding time and pair of thresholds with exit below entry; an exit threshold of NULL is a pure fixed hold. trading_days: the days the market was open, counted from a symbol''s first to its last bar; days with bars always count. Candidates without trades are rows too, for they were tried.';

SELECT grant_observer_roles();

-- Down Migration

DROP FUNCTION fixed_hold_grid(TEXT[], DATE, DATE, DOUBLE PRECISION[], DOUBLE PRECISION[], INTEGER[], TEXT[], TEXT, TEXT, DATE[], DOUBLE PRECISION[], DOUBLE PRECISION[], DATE[]);
DROP FUNCTION trade_metrics(DOUBLE PRECISION[], DATE[], DATE[]);
DROP FUNCTION fixed_hold_trades(TEXT, DATE, DATE, DOUBLE PRECISION, DOUBLE PRECISION, INTEGER, TEXT, TEXT, TEXT, DATE[], DOUBLE PRECISION[], DOUBLE PRECISION[]);
DROP FUNCTION fixed_hold_walk(DOUBLE PRECISION[], DOUBLE PRECISION[], DOUBLE PRECISION[], INTEGER[], DOUBLE PRECISION[], DOUBLE PRECISION[], DOUBLE PRECISION, DOUBLE PRECISION, INTEGER, TEXT, TEXT, TEXT);
DROP FUNCTION fixed_hold_bars(TEXT, DATE, DATE, DATE[], DOUBLE PRECISION[], DOUBLE PRECISION[]);
DROP AGGREGATE product(DOUBLE PRECISION);
