-- why:   ten-minute bars carry the best quotes, without which a fill can only be guessed; existing databases
--        lack them, so the step keeps a copy of what was there and can be taken back without losing anything
-- locks: ACCESS EXCLUSIVE on swing_bars_10m, for the time of copying it (adding the columns rewrites nothing)

-- Up Migration

LOCK TABLE swing_bars_10m IN ACCESS EXCLUSIVE MODE;

CREATE TABLE swing_bars_10m_backup (LIKE swing_bars_10m INCLUDING COMMENTS);
COMMENT ON TABLE swing_bars_10m_backup IS 'swing_bars_10m as it was before bid_price and ask_price were added. Drop it once the step is trusted.';
INSERT INTO swing_bars_10m_backup TABLE swing_bars_10m;

ALTER TABLE swing_bars_10m ADD COLUMN bid_price NUMERIC(15,4), ADD COLUMN ask_price NUMERIC(15,4);
COMMENT ON COLUMN swing_bars_10m.bid_price IS 'Best bid when the bar was collected, won a share.';
COMMENT ON COLUMN swing_bars_10m.ask_price IS 'Best ask when the bar was collected, won a share.';

DO $$
BEGIN
    -- Quotes that an earlier rollback of this step set aside.
    IF to_regclass('swing_bars_10m_saved_quotes') IS NOT NULL THEN
        UPDATE swing_bars_10m b
        SET bid_price = q.bid_price, ask_price = q.ask_price
        FROM swing_bars_10m_saved_quotes q
        WHERE b.symbol = q.symbol AND b.bar_time = q.bar_time;
        DROP TABLE swing_bars_10m_saved_quotes;
    END IF;
END
$$;

-- Down Migration

LOCK TABLE swing_bars_10m IN ACCESS EXCLUSIVE MODE;

DO $$
DECLARE
    lost BIGINT := 0;
BEGIN
    IF to_regclass('swing_bars_10m_backup') IS NOT NULL THEN
        SELECT count(*) INTO lost
        FROM swing_bars_10m_backup o
        WHERE NOT EXISTS (SELECT FROM swing_bars_10m b WHERE b.symbol = o.symbol AND b.bar_time = o.bar_time);
    END IF;
    IF lost > 0 THEN
        RAISE EXCEPTION 'swing_bars_10m lacks % bars that swing_bars_10m_backup still has', lost
            USING HINT = 'Copy them back from the backup, or drop the backup if they were removed on purpose; then roll back again.';
    END IF;
    IF EXISTS (SELECT FROM swing_bars_10m WHERE bid_price IS NOT NULL OR ask_price IS NOT NULL) THEN
        CREATE TABLE swing_bars_10m_saved_quotes AS
        SELECT symbol, bar_time, bid_price, ask_price
        FROM swing_bars_10m
        WHERE bid_price IS NOT NULL OR ask_price IS NOT NULL;
        COMMENT ON TABLE swing_bars_10m_saved_quotes IS 'Quotes set aside when the bid/ask step was rolled back; put back when it is applied again.';
        COMMENT ON COLUMN swing_bars_10m_saved_quotes.symbol IS 'Instrument code.';
        COMMENT ON COLUMN swing_bars_10m_saved_quotes.bar_time IS 'Start of the bar.';
        COMMENT ON COLUMN swing_bars_10m_saved_quotes.bid_price IS 'Best bid when the bar was collected, won a share.';
        COMMENT ON COLUMN swing_bars_10m_saved_quotes.ask_price IS 'Best ask when the bar was collected, won a share.';
    END IF;
END
$$;

ALTER TABLE swing_bars_10m DROP COLUMN bid_price, DROP COLUMN ask_price;
DROP TABLE IF EXISTS swing_bars_10m_backup;
