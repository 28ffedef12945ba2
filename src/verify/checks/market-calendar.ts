import { syncMarketSessions } from "../../derive/index.ts";
import { calendarCoverage, tradingDay } from "../../market/index.ts";
import { addDays, formatKst, type TradeDate, tradeDate } from "../../record/index.ts";
import { type Check, type CheckContext, SAMPLES, type SampleRow } from "../check.ts";
import { repairCommand, resultOf, sampleRows } from "../defects.ts";

const NAME = "market-calendar";

export const marketCalendar: Check = {
  name: NAME,
  area: "calendar",
  question:
    "Does the stored calendar say of every date with data between the first and the last what the rule book says?",
  tables: ["market_sessions"],
  run: async (context) => {
    const wrong = await wrongDays(context);
    return resultOf(
      { count: wrong.length, samples: wrong.slice(0, SAMPLES) },
      {
        likelyCause: "the rule book is newer than the stored calendar, or a day was changed by hand.",
        mend: repairCommand(NAME),
      },
    );
  },
  mend: async (context) => {
    const wrong = await wrongDays(context);
    return wrong.map(({ trade_date }) => {
      const date = tradeDate(String(trade_date));
      return {
        kind: "do",
        what: `take ${date} from the rule book`,
        apply: async () => (await syncMarketSessions(context.store, date, date)).written,
      };
    });
  },
};

async function wrongDays({ store, scope }: CheckContext): Promise<SampleRow[]> {
  const [span] = await sampleRows(store.reader, "verify_data_dates", [scope.start, scope.end]);
  if (span === undefined || span.first_date === null || span.last_date === null) return [];
  const known = calendarCoverage();
  const first = later(tradeDate(String(span.first_date)), known.from);
  const last = earlier(tradeDate(String(span.last_date)), known.to);
  const stored = new Map<string, SampleRow>();
  for (const { trade_date, ...day } of await sampleRows(store.reader, "verify_market_sessions", [
    first,
    last,
  ]))
    stored.set(String(trade_date), day);
  const wrong: SampleRow[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const expected = describe(ruleBookDay(date));
    const found = describe(stored.get(date));
    if (expected !== found) wrong.push({ trade_date: date, stored: found, rule_book: expected });
  }
  return wrong;
}

function ruleBookDay(date: TradeDate): SampleRow {
  const day = tradingDay(date);
  if (day === null) return { kind: "closed" };
  return {
    kind: day.kind,
    open_time: formatKst(day.openUs),
    continuous_end_time: formatKst(day.continuousEndUs),
    close_time: formatKst(day.closeUs),
  };
}

/** A day in words, equal for equal days. */
function describe(day: SampleRow | undefined): string {
  if (day === undefined) return "missing";
  if (day.kind === "closed") return "closed";
  return `${day.kind}: opens ${day.open_time}, continuous to ${day.continuous_end_time}, closes ${day.close_time}`;
}

const later = (a: TradeDate, b: TradeDate) => (a > b ? a : b);
const earlier = (a: TradeDate, b: TradeDate) => (a < b ? a : b);
