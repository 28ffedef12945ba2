-- why:   what is derived from the data, each row with the run, configuration and input it can be derived from again
-- locks: nothing (only new objects)

-- Up Migration

CREATE TABLE analysis_runs (
    run_id            BIGSERIAL PRIMARY KEY,
    kind              VARCHAR(40) NOT NULL,
    config            JSONB NOT NULL,
    config_hash       CHAR(64) NOT NULL,
    input_fingerprint CHAR(64),
    code_version      VARCHAR(40) NOT NULL,
    rule_book_version VARCHAR(64),
    seed              BIGINT,
    started_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at       TIMESTAMPTZ,
    state             VARCHAR(20) NOT NULL DEFAULT 'running'
                      CHECK (state IN ('running', 'finished', 'failed', 'interrupted')),
    trials            BIGINT NOT NULL DEFAULT 0 CHECK (trials >= 0),
    error             TEXT,
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK (state <> 'finished' OR input_fingerprint IS NOT NULL)
);
COMMENT ON TABLE analysis_runs IS 'Every analysis that was run: what it was given, what ran, and how it ended.';
COMMENT ON COLUMN analysis_runs.run_id IS 'Row number; evidence refers to it.';
COMMENT ON COLUMN analysis_runs.kind IS 'What was run: rolling-stats, signals, optimize, condition-backtest, …';
COMMENT ON COLUMN analysis_runs.config IS 'The whole configuration.';
COMMENT ON COLUMN analysis_runs.config_hash IS 'SHA-256 of the canonical JSON of config, hexadecimal.';
COMMENT ON COLUMN analysis_runs.input_fingerprint IS 'SHA-256 over the rows that were used, hexadecimal; NULL until they are read.';
COMMENT ON COLUMN analysis_runs.code_version IS 'Version of the program that ran.';
COMMENT ON COLUMN analysis_runs.rule_book_version IS 'Version of the calendar, costs and tick sizes that were applied.';
COMMENT ON COLUMN analysis_runs.seed IS 'Seed of the random numbers; NULL when none were drawn.';
COMMENT ON COLUMN analysis_runs.started_at IS 'When the run started.';
COMMENT ON COLUMN analysis_runs.finished_at IS 'When the run reached finished, failed or interrupted.';
COMMENT ON COLUMN analysis_runs.state IS 'running, finished, failed or interrupted.';
COMMENT ON COLUMN analysis_runs.trials IS 'Parameter combinations tried; all of them count against the result.';
COMMENT ON COLUMN analysis_runs.error IS 'Why it failed.';
COMMENT ON INDEX analysis_runs_pkey IS 'One run by its number.';

CREATE TABLE analysis_rolling_stats (
    symbol          VARCHAR(20) NOT NULL,
    stat_time       TIMESTAMPTZ NOT NULL,
    window_minutes  INTEGER NOT NULL,
    source_table    VARCHAR(20) NOT NULL,
    price_mean      DOUBLE PRECISION,
    price_stddev    DOUBLE PRECISION,
    price_min       NUMERIC(15,4),
    price_max       NUMERIC(15,4),
    return_mean     DOUBLE PRECISION,
    return_stddev   DOUBLE PRECISION,
    return_skew     DOUBLE PRECISION,
    return_kurtosis DOUBLE PRECISION,
    atr_n           DOUBLE PRECISION,
    volatility_pct  DOUBLE PRECISION,
    high_low_range  NUMERIC(15,4),
    volume_mean     DOUBLE PRECISION,
    volume_stddev   DOUBLE PRECISION,
    vwap            DOUBLE PRECISION,
    bar_count       INTEGER,
    coverage_ratio  DOUBLE PRECISION CHECK (coverage_ratio BETWEEN 0 AND 1),
    spans_session   BOOLEAN,
    run_id          BIGINT,
    computed_at     TIMESTAMPTZ DEFAULT now(),
    PRIMARY KEY (symbol, stat_time, window_minutes, source_table)
);
COMMENT ON TABLE analysis_rolling_stats IS 'Statistics over right-closed windows of trading minutes.';
COMMENT ON COLUMN analysis_rolling_stats.symbol IS 'Instrument code.';
COMMENT ON COLUMN analysis_rolling_stats.stat_time IS 'Start of the last bar in the window.';
COMMENT ON COLUMN analysis_rolling_stats.window_minutes IS 'Length of the window in trading minutes: 5, 10, 30, 60 or 240.';
COMMENT ON COLUMN analysis_rolling_stats.source_table IS 'Bars it was computed from: scalp_1m_bars or swing_bars_10m.';
COMMENT ON COLUMN analysis_rolling_stats.price_mean IS 'Mean close, won a share.';
COMMENT ON COLUMN analysis_rolling_stats.price_stddev IS 'Standard deviation of the closes (n − 1), won a share.';
COMMENT ON COLUMN analysis_rolling_stats.price_min IS 'Lowest low, won a share.';
COMMENT ON COLUMN analysis_rolling_stats.price_max IS 'Highest high, won a share.';
COMMENT ON COLUMN analysis_rolling_stats.return_mean IS 'Mean log return a bar (fraction); returns across a session boundary left out.';
COMMENT ON COLUMN analysis_rolling_stats.return_stddev IS 'Standard deviation of the log returns (n − 1, fraction).';
COMMENT ON COLUMN analysis_rolling_stats.return_skew IS 'Skewness G1 of the log returns; NULL below 3 or when constant.';
COMMENT ON COLUMN analysis_rolling_stats.return_kurtosis IS 'Excess kurtosis G2 of the log returns; NULL below 4 or when constant.';
COMMENT ON COLUMN analysis_rolling_stats.atr_n IS 'Mean true range over the window, won a share.';
COMMENT ON COLUMN analysis_rolling_stats.volatility_pct IS 'return_stddev annualised: × √(252 × bars per day) (fraction).';
COMMENT ON COLUMN analysis_rolling_stats.high_low_range IS 'Highest high − lowest low, won a share.';
COMMENT ON COLUMN analysis_rolling_stats.volume_mean IS 'Mean volume a bar, shares.';
COMMENT ON COLUMN analysis_rolling_stats.volume_stddev IS 'Standard deviation of the volume (n − 1), shares.';
COMMENT ON COLUMN analysis_rolling_stats.vwap IS 'Volume-weighted average price of the window, won a share.';
COMMENT ON COLUMN analysis_rolling_stats.bar_count IS 'Bars in the window.';
COMMENT ON COLUMN analysis_rolling_stats.coverage_ratio IS 'Bars present / bars expected by the calendar (fraction).';
COMMENT ON COLUMN analysis_rolling_stats.spans_session IS 'TRUE when the window reaches into an earlier session.';
COMMENT ON COLUMN analysis_rolling_stats.run_id IS 'Run that computed the row (analysis_runs.run_id).';
COMMENT ON COLUMN analysis_rolling_stats.computed_at IS 'When the row was computed.';
COMMENT ON INDEX analysis_rolling_stats_pkey IS 'Statistics of a symbol by time; conflict target of recomputation.';

CREATE TABLE analysis_threshold_candidates (
    candidate_id           BIGSERIAL PRIMARY KEY,
    run_id                 BIGINT REFERENCES analysis_runs (run_id),
    symbol                 VARCHAR(20) NOT NULL,
    strategy_type          VARCHAR(20) NOT NULL CHECK (strategy_type IN ('scalp', 'swing', 'portfolio')),
    direction              VARCHAR(20),
    basis                  VARCHAR(40),
    gap_policy             VARCHAR(20) CHECK (gap_policy IN ('exclude', 'include', 'worst-case')),
    analysis_time          TIMESTAMPTZ NOT NULL DEFAULT now(),
    entry_threshold_pct    DOUBLE PRECISION NOT NULL,
    exit_threshold_pct     DOUBLE PRECISION NOT NULL,
    stop_loss_pct          DOUBLE PRECISION,
    take_profit_pct        DOUBLE PRECISION,
    holding_period_minutes INTEGER,
    backtest_start         TIMESTAMPTZ NOT NULL,
    backtest_end           TIMESTAMPTZ NOT NULL,
    total_trades           INTEGER,
    winning_trades         INTEGER,
    losing_trades          INTEGER,
    win_rate               DOUBLE PRECISION,
    total_return_pct       DOUBLE PRECISION,
    avg_return_pct         DOUBLE PRECISION,
    max_return_pct         DOUBLE PRECISION,
    min_return_pct         DOUBLE PRECISION,
    profit_factor          DOUBLE PRECISION,
    sharpe_ratio           DOUBLE PRECISION,
    sortino_ratio          DOUBLE PRECISION,
    max_drawdown_pct       DOUBLE PRECISION,
    avg_drawdown_pct       DOUBLE PRECISION,
    t_statistic            DOUBLE PRECISION,
    p_value                DOUBLE PRECISION CHECK (p_value BETWEEN 0 AND 1),
    validation             TEXT NOT NULL DEFAULT 'not yet validated out of sample',
    note                   TEXT,
    config_hash            VARCHAR(64),
    session_id             VARCHAR(50),
    rank_score             DOUBLE PRECISION,
    is_optimal             BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK (backtest_start <= backtest_end),
    CHECK (NOT is_optimal OR validation <> 'not yet validated out of sample')
);
COMMENT ON TABLE analysis_threshold_candidates IS 'Thresholds that were tried, with what they would have earned and how much that means. Undefined is NULL, never 0.';
COMMENT ON COLUMN analysis_threshold_candidates.candidate_id IS 'Row number.';
COMMENT ON COLUMN analysis_threshold_candidates.run_id IS 'Run that evaluated it.';
COMMENT ON COLUMN analysis_threshold_candidates.symbol IS 'Instrument code, or the name of the group that was searched as one.';
COMMENT ON COLUMN analysis_threshold_candidates.strategy_type IS 'scalp, swing or portfolio.';
COMMENT ON COLUMN analysis_threshold_candidates.direction IS 'Which side was traded: long, short or both.';
COMMENT ON COLUMN analysis_threshold_candidates.basis IS 'What was measured: the bars or ticks and the rule of entry.';
COMMENT ON COLUMN analysis_threshold_candidates.gap_policy IS 'How trades that meet a gap were treated: exclude, include or worst-case.';
COMMENT ON COLUMN analysis_threshold_candidates.analysis_time IS 'When it was evaluated.';
COMMENT ON COLUMN analysis_threshold_candidates.entry_threshold_pct IS 'Move that opens a trade (fraction); for portfolio the rebalance threshold.';
COMMENT ON COLUMN analysis_threshold_candidates.exit_threshold_pct IS 'Move in favour that closes it (fraction); for portfolio the no-trade band.';
COMMENT ON COLUMN analysis_threshold_candidates.stop_loss_pct IS 'Move against that closes it (fraction); NULL when unused.';
COMMENT ON COLUMN analysis_threshold_candidates.take_profit_pct IS 'Move in favour that closes it at its price (fraction); NULL when unused.';
COMMENT ON COLUMN analysis_threshold_candidates.holding_period_minutes IS 'Longest time held, trading minutes; NULL when unlimited.';
COMMENT ON COLUMN analysis_threshold_candidates.backtest_start IS 'First instant of the data.';
COMMENT ON COLUMN analysis_threshold_candidates.backtest_end IS 'Last instant of the data.';
COMMENT ON COLUMN analysis_threshold_candidates.total_trades IS 'Trades.';
COMMENT ON COLUMN analysis_threshold_candidates.winning_trades IS 'Trades with a net return above 0.';
COMMENT ON COLUMN analysis_threshold_candidates.losing_trades IS 'Trades with a net return below 0.';
COMMENT ON COLUMN analysis_threshold_candidates.win_rate IS 'winning_trades / total_trades (fraction).';
COMMENT ON COLUMN analysis_threshold_candidates.total_return_pct IS 'Compound net return (fraction).';
COMMENT ON COLUMN analysis_threshold_candidates.avg_return_pct IS 'Mean net return a trade (fraction).';
COMMENT ON COLUMN analysis_threshold_candidates.max_return_pct IS 'Best trade, net (fraction).';
COMMENT ON COLUMN analysis_threshold_candidates.min_return_pct IS 'Worst trade, net (fraction).';
COMMENT ON COLUMN analysis_threshold_candidates.profit_factor IS 'Sum of gains / sum of losses; NULL without losses.';
COMMENT ON COLUMN analysis_threshold_candidates.sharpe_ratio IS 'Annualised Sharpe ratio of daily net returns.';
COMMENT ON COLUMN analysis_threshold_candidates.sortino_ratio IS 'Annualised Sortino ratio of daily net returns.';
COMMENT ON COLUMN analysis_threshold_candidates.max_drawdown_pct IS 'Deepest fall of the equity curve from its peak (fraction, ≥ 0).';
COMMENT ON COLUMN analysis_threshold_candidates.avg_drawdown_pct IS 'Mean depth of the falls from a peak (fraction, ≥ 0).';
COMMENT ON COLUMN analysis_threshold_candidates.t_statistic IS 't of the mean net return a trade against 0.';
COMMENT ON COLUMN analysis_threshold_candidates.p_value IS 'Two-sided p of t_statistic (probability).';
COMMENT ON COLUMN analysis_threshold_candidates.validation IS 'What out-of-sample validation said, or that it has not been done.';
COMMENT ON COLUMN analysis_threshold_candidates.note IS 'Why metrics are NULL, and other reasons.';
COMMENT ON COLUMN analysis_threshold_candidates.config_hash IS 'SHA-256 of the canonical JSON of the whole configuration, hexadecimal.';
COMMENT ON COLUMN analysis_threshold_candidates.session_id IS 'What asked for it.';
COMMENT ON COLUMN analysis_threshold_candidates.rank_score IS 'Order among candidates by strength of evidence, higher is stronger.';
COMMENT ON COLUMN analysis_threshold_candidates.is_optimal IS 'TRUE only when every condition of validation holds.';
COMMENT ON INDEX analysis_threshold_candidates_pkey IS 'One candidate by its number.';

CREATE TABLE analysis_trades (
    candidate_id     BIGINT NOT NULL REFERENCES analysis_threshold_candidates (candidate_id) ON DELETE CASCADE,
    trade_no         INTEGER NOT NULL,
    symbol           VARCHAR(20) NOT NULL,
    side             VARCHAR(10) NOT NULL CHECK (side IN ('LONG', 'SHORT')),
    signal_time      TIMESTAMPTZ NOT NULL,
    entry_time       TIMESTAMPTZ NOT NULL,
    entry_price      NUMERIC(15,4) NOT NULL,
    exit_time        TIMESTAMPTZ NOT NULL,
    exit_price       NUMERIC(15,4) NOT NULL,
    exit_reason      VARCHAR(20) NOT NULL,
    quantity         BIGINT,
    gross_return_pct DOUBLE PRECISION NOT NULL,
    cost_pct         DOUBLE PRECISION NOT NULL,
    net_return_pct   DOUBLE PRECISION NOT NULL,
    CHECK (signal_time <= entry_time AND entry_time <= exit_time),
    PRIMARY KEY (candidate_id, trade_no)
);
COMMENT ON TABLE analysis_trades IS 'Trades of the candidates chosen to be kept.';
COMMENT ON COLUMN analysis_trades.candidate_id IS 'Candidate the trade belongs to.';
COMMENT ON COLUMN analysis_trades.trade_no IS 'Order within the candidate, from 1.';
COMMENT ON COLUMN analysis_trades.symbol IS 'Instrument code.';
COMMENT ON COLUMN analysis_trades.side IS 'LONG or SHORT.';
COMMENT ON COLUMN analysis_trades.signal_time IS 'Start of the bar whose close made the signal.';
COMMENT ON COLUMN analysis_trades.entry_time IS 'Instant of the entry fill.';
COMMENT ON COLUMN analysis_trades.entry_price IS 'Entry fill, won a share.';
COMMENT ON COLUMN analysis_trades.exit_time IS 'Instant of the exit fill.';
COMMENT ON COLUMN analysis_trades.exit_price IS 'Exit fill, won a share.';
COMMENT ON COLUMN analysis_trades.exit_reason IS 'Which exit came first: stop, take-profit, signal, holding, session-end or forced.';
COMMENT ON COLUMN analysis_trades.quantity IS 'Shares; NULL when returns alone were simulated.';
COMMENT ON COLUMN analysis_trades.gross_return_pct IS 'Return before costs (fraction).';
COMMENT ON COLUMN analysis_trades.cost_pct IS 'Commission and tax of both sides (fraction of the entry value).';
COMMENT ON COLUMN analysis_trades.net_return_pct IS 'Return after costs (fraction).';
COMMENT ON INDEX analysis_trades_pkey IS 'Trades of a candidate in order.';

CREATE TABLE analysis_signal_events (
    event_id                    BIGSERIAL PRIMARY KEY,
    symbol                      VARCHAR(20) NOT NULL,
    event_time                  TIMESTAMPTZ NOT NULL,
    event_seq                   SMALLINT NOT NULL DEFAULT 0,
    source_table                VARCHAR(20) NOT NULL,
    delta_t_prev                DOUBLE PRECISION CHECK (delta_t_prev >= 0),
    bucket_index                INTEGER,
    relative_position           DOUBLE PRECISION CHECK (relative_position BETWEEN 0 AND 1),
    event_count_last_n          INTEGER,
    event_density_last_n        DOUBLE PRECISION,
    same_pattern_streak         INTEGER,
    value_diff_abs              NUMERIC(15,4),
    value_diff_pct              DOUBLE PRECISION,
    rolling_range_n             NUMERIC(15,4),
    value_change_exceeds_x      BOOLEAN,
    event_frequency_exceeds_n   BOOLEAN,
    consecutive_events_ge_n     BOOLEAN,
    pattern_reappeared_within_t BOOLEAN,
    threshold_x                 DOUBLE PRECISION,
    threshold_n                 INTEGER,
    threshold_streak            INTEGER,
    threshold_t_seconds         DOUBLE PRECISION,
    price_at_signal             NUMERIC(15,4),
    bid_price                   NUMERIC(15,4),
    ask_price                   NUMERIC(15,4),
    spread_pct                  DOUBLE PRECISION,
    price_after_1m              NUMERIC(15,4),
    price_after_5m              NUMERIC(15,4),
    price_after_10m             NUMERIC(15,4),
    return_1m_pct               DOUBLE PRECISION,
    return_5m_pct               DOUBLE PRECISION,
    return_10m_pct              DOUBLE PRECISION,
    outcome_reason              VARCHAR(100),
    outcome_settled_at          TIMESTAMPTZ,
    run_id                      BIGINT REFERENCES analysis_runs (run_id),
    config_hash                 CHAR(64),
    config_version              VARCHAR(20) DEFAULT '1.0',
    session_id                  VARCHAR(50),
    created_at                  TIMESTAMPTZ DEFAULT now(),
    CONSTRAINT analysis_signal_events_natural_key
        UNIQUE NULLS NOT DISTINCT (symbol, event_time, event_seq, source_table, config_hash)
);
COMMENT ON TABLE analysis_signal_events IS 'Moments at which a condition fired, with what was known then and what came of it.';
COMMENT ON COLUMN analysis_signal_events.event_id IS 'Row number.';
COMMENT ON COLUMN analysis_signal_events.symbol IS 'Instrument code.';
COMMENT ON COLUMN analysis_signal_events.event_time IS 'Instant of the tick, or start of the bar.';
COMMENT ON COLUMN analysis_signal_events.event_seq IS 'seq of the tick; 0 for bars.';
COMMENT ON COLUMN analysis_signal_events.source_table IS 'scalp_ticks, scalp_1m_bars or swing_bars_10m.';
COMMENT ON COLUMN analysis_signal_events.delta_t_prev IS 'Seconds since the symbol''s previous event.';
COMMENT ON COLUMN analysis_signal_events.bucket_index IS 'Bar slot of the session, from 0.';
COMMENT ON COLUMN analysis_signal_events.relative_position IS 'Part of the session that has passed (0..1).';
COMMENT ON COLUMN analysis_signal_events.event_count_last_n IS 'Trades (ticks with volume) or bars in the time window.';
COMMENT ON COLUMN analysis_signal_events.event_density_last_n IS 'event_count_last_n / covered seconds (events a second).';
COMMENT ON COLUMN analysis_signal_events.same_pattern_streak IS 'Consecutive price changes in the same direction.';
COMMENT ON COLUMN analysis_signal_events.value_diff_abs IS '|price − previous price|, won a share.';
COMMENT ON COLUMN analysis_signal_events.value_diff_pct IS 'price / previous price − 1 (signed fraction).';
COMMENT ON COLUMN analysis_signal_events.rolling_range_n IS 'Highest − lowest price of the last N events, won a share.';
COMMENT ON COLUMN analysis_signal_events.value_change_exceeds_x IS '|value_diff_pct| ≥ threshold_x.';
COMMENT ON COLUMN analysis_signal_events.event_frequency_exceeds_n IS 'event_count_last_n ≥ threshold_n.';
COMMENT ON COLUMN analysis_signal_events.consecutive_events_ge_n IS 'same_pattern_streak ≥ threshold_streak.';
COMMENT ON COLUMN analysis_signal_events.pattern_reappeared_within_t IS 'The last three directions had occurred within threshold_t_seconds before.';
COMMENT ON COLUMN analysis_signal_events.threshold_x IS 'Price change that counts (fraction).';
COMMENT ON COLUMN analysis_signal_events.threshold_n IS 'Number of events that counts.';
COMMENT ON COLUMN analysis_signal_events.threshold_streak IS 'Length of streak that counts.';
COMMENT ON COLUMN analysis_signal_events.threshold_t_seconds IS 'Time within which a pattern must reappear, seconds.';
COMMENT ON COLUMN analysis_signal_events.price_at_signal IS 'Price at the event, won a share.';
COMMENT ON COLUMN analysis_signal_events.bid_price IS 'Best bid at the event, won a share.';
COMMENT ON COLUMN analysis_signal_events.ask_price IS 'Best ask at the event, won a share.';
COMMENT ON COLUMN analysis_signal_events.spread_pct IS '(ask − bid) / mid (fraction).';
COMMENT ON COLUMN analysis_signal_events.price_after_1m IS 'Last valid price 1 minute later, won a share.';
COMMENT ON COLUMN analysis_signal_events.price_after_5m IS 'Last valid price 5 minutes later, won a share.';
COMMENT ON COLUMN analysis_signal_events.price_after_10m IS 'Last valid price 10 minutes later, won a share.';
COMMENT ON COLUMN analysis_signal_events.return_1m_pct IS 'price_after_1m / price_at_signal − 1 (fraction).';
COMMENT ON COLUMN analysis_signal_events.return_5m_pct IS 'price_after_5m / price_at_signal − 1 (fraction).';
COMMENT ON COLUMN analysis_signal_events.return_10m_pct IS 'price_after_10m / price_at_signal − 1 (fraction).';
COMMENT ON COLUMN analysis_signal_events.outcome_reason IS 'Why an outcome is NULL though it was due: session end, gap, halt or no price.';
COMMENT ON COLUMN analysis_signal_events.outcome_settled_at IS 'When the last outcome was filled or given up; NULL while one is due.';
COMMENT ON COLUMN analysis_signal_events.run_id IS 'Run that detected the event.';
COMMENT ON COLUMN analysis_signal_events.config_hash IS 'SHA-256 of the canonical JSON of the detection settings, hexadecimal.';
COMMENT ON COLUMN analysis_signal_events.config_version IS 'Version of the detection settings, for people.';
COMMENT ON COLUMN analysis_signal_events.session_id IS 'Collector session of the record that fired.';
COMMENT ON COLUMN analysis_signal_events.created_at IS 'When the row was written.';
COMMENT ON INDEX analysis_signal_events_pkey IS 'One event by its number.';
COMMENT ON INDEX analysis_signal_events_natural_key IS 'Events of a symbol by time; detecting twice with the same settings changes nothing.';

CREATE TABLE condition_expressions (
    expression_id BIGSERIAL PRIMARY KEY,
    name          VARCHAR(100) NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    notation      VARCHAR(20) NOT NULL CHECK (notation IN ('observer', 'hts', 'broker')),
    expression    TEXT NOT NULL,
    text_hash     CHAR(64) NOT NULL,
    broker        VARCHAR(20),
    broker_seq    VARCHAR(20),
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT condition_expressions_name_version_key UNIQUE (name, version)
);
COMMENT ON TABLE condition_expressions IS 'Condition-search expressions; a changed text is a new version.';
COMMENT ON COLUMN condition_expressions.expression_id IS 'Row number.';
COMMENT ON COLUMN condition_expressions.name IS 'Name for people.';
COMMENT ON COLUMN condition_expressions.version IS 'Version of the text under this name, from 1.';
COMMENT ON COLUMN condition_expressions.notation IS 'observer, hts (one line per block), or broker (text unknown, kept at the broker).';
COMMENT ON COLUMN condition_expressions.expression IS 'The text as it was written.';
COMMENT ON COLUMN condition_expressions.text_hash IS 'SHA-256 of the text, hexadecimal.';
COMMENT ON COLUMN condition_expressions.broker IS 'Broker that keeps a condition of this name; NULL when none does.';
COMMENT ON COLUMN condition_expressions.broker_seq IS 'The broker''s number of it when last listed; not stable.';
COMMENT ON COLUMN condition_expressions.created_at IS 'When the version was recorded.';
COMMENT ON INDEX condition_expressions_pkey IS 'One expression by its number.';
COMMENT ON INDEX condition_expressions_name_version_key IS 'Versions of a name, latest first.';

CREATE TABLE condition_runs (
    condition_run_id BIGSERIAL PRIMARY KEY,
    expression_id    BIGINT NOT NULL REFERENCES condition_expressions (expression_id),
    run_id           BIGINT REFERENCES analysis_runs (run_id),
    kind             VARCHAR(20) NOT NULL CHECK (kind IN ('backtest', 'one-shot', 'real-time')),
    time_frame       VARCHAR(10),
    from_time        TIMESTAMPTZ,
    to_time          TIMESTAMPTZ,
    options          JSONB NOT NULL DEFAULT '{}',
    summary          JSONB,
    started_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at      TIMESTAMPTZ
);
COMMENT ON TABLE condition_runs IS 'One evaluation of an expression over data, or one capture of a broker''s hits.';
COMMENT ON COLUMN condition_runs.condition_run_id IS 'Row number.';
COMMENT ON COLUMN condition_runs.expression_id IS 'Expression that was evaluated or captured.';
COMMENT ON COLUMN condition_runs.run_id IS 'Analysis run it belongs to; NULL for captures.';
COMMENT ON COLUMN condition_runs.kind IS 'backtest, one-shot (asked once) or real-time (watched).';
COMMENT ON COLUMN condition_runs.time_frame IS 'Bars it was evaluated on: 1m, 10m or 1d; NULL for captures.';
COMMENT ON COLUMN condition_runs.from_time IS 'First instant covered.';
COMMENT ON COLUMN condition_runs.to_time IS 'Last instant covered.';
COMMENT ON COLUMN condition_runs.options IS 'Readings chosen where notations leave a choice.';
COMMENT ON COLUMN condition_runs.summary IS 'Hit counts and forward-return statistics.';
COMMENT ON COLUMN condition_runs.started_at IS 'When it started.';
COMMENT ON COLUMN condition_runs.finished_at IS 'When it ended; NULL while it runs.';
COMMENT ON INDEX condition_runs_pkey IS 'One run by its number.';

CREATE TABLE condition_hits (
    condition_run_id    BIGINT NOT NULL REFERENCES condition_runs (condition_run_id) ON DELETE CASCADE,
    symbol              VARCHAR(20) NOT NULL,
    hit_time            TIMESTAMPTZ NOT NULL,
    event               VARCHAR(10) NOT NULL DEFAULT 'match' CHECK (event IN ('match', 'enter', 'leave')),
    receive_time        TIMESTAMPTZ,
    price               NUMERIC(15,4),
    return_10m_pct      DOUBLE PRECISION,
    return_30m_pct      DOUBLE PRECISION,
    return_1h_pct       DOUBLE PRECISION,
    return_1d_pct       DOUBLE PRECISION,
    return_to_close_pct DOUBLE PRECISION,
    outcome_reason      VARCHAR(100),
    PRIMARY KEY (condition_run_id, symbol, hit_time, event)
);
COMMENT ON TABLE condition_hits IS 'Symbols that met a condition, computed or captured from a broker.';
COMMENT ON COLUMN condition_hits.condition_run_id IS 'Run the hit belongs to.';
COMMENT ON COLUMN condition_hits.symbol IS 'Instrument code.';
COMMENT ON COLUMN condition_hits.hit_time IS 'Start of the bar that met the condition, or the broker''s time of the event.';
COMMENT ON COLUMN condition_hits.event IS 'match (meets it), enter or leave (a watched condition changed).';
COMMENT ON COLUMN condition_hits.receive_time IS 'When the broker''s event was received; NULL when computed.';
COMMENT ON COLUMN condition_hits.price IS 'Close of the bar or price at the event, won a share.';
COMMENT ON COLUMN condition_hits.return_10m_pct IS 'Return after 10 trading minutes (fraction).';
COMMENT ON COLUMN condition_hits.return_30m_pct IS 'Return after 30 trading minutes (fraction).';
COMMENT ON COLUMN condition_hits.return_1h_pct IS 'Return after 60 trading minutes (fraction).';
COMMENT ON COLUMN condition_hits.return_1d_pct IS 'Return to the same time of the next trading day (fraction).';
COMMENT ON COLUMN condition_hits.return_to_close_pct IS 'Return to the close of the day (fraction).';
COMMENT ON COLUMN condition_hits.outcome_reason IS 'Why a return is NULL.';
COMMENT ON INDEX condition_hits_pkey IS 'Hits of a run; a repeated event changes nothing.';

-- Down Migration

DROP TABLE condition_hits, condition_runs, condition_expressions, analysis_signal_events, analysis_trades,
    analysis_threshold_candidates, analysis_rolling_stats, analysis_runs;
