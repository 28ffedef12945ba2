import { KST_OFFSET_US, MINUTE_US, SECOND_US } from "../record/index.ts";

/** What the clocks of a zone show, in microseconds since 1970-01-01 00:00 of that zone. */
export interface ZoneClock {
  /** The instant at which the clocks show `localUs`, the earlier of two; NaN when they skip it. */
  toUtcUs(localUs: number): number;
  toLocalUs(timeUs: number): number;
}

function fixedOffset(offsetUs: number): ZoneClock {
  return {
    toUtcUs: (localUs) => localUs - offsetUs,
    toLocalUs: (timeUs) => timeUs + offsetUs,
  };
}

export const KOREAN_TIME = fixedOffset(KST_OFFSET_US);

/** No zone has changed its offset off the quarter hour since 1970. */
const QUARTER_US = 15 * MINUTE_US;
const REMEMBERED_QUARTERS = 10_000;

function ianaZone(name: string): ZoneClock {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  const offsets = new Map<number, number>();
  const offsetAt = (timeUs: number): number => {
    const quarter = Math.floor(timeUs / QUARTER_US);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const part = format
      .formatToParts((quarter * QUARTER_US) / 1000)
      .find(({ type }) => type === "timeZoneName");
    const offsetUs = gmtOffsetUs(part?.value ?? "GMT");
    if (offsets.size >= REMEMBERED_QUARTERS) offsets.clear();
    offsets.set(quarter, offsetUs);
    return offsetUs;
  };
  const toLocalUs = (timeUs: number) => timeUs + offsetAt(timeUs);
  return {
    toLocalUs,
    toUtcUs: (localUs) => {
      if (Number.isNaN(localUs)) return localUs;
      // The offsets in force half a day either side are the only candidates: no zone changes twice within a day.
      const before = localUs - offsetAt(localUs - 720 * MINUTE_US);
      const after = localUs - offsetAt(localUs + 720 * MINUTE_US);
      const candidates = [Math.min(before, after), Math.max(before, after)];
      return candidates.find((timeUs) => toLocalUs(timeUs) === localUs) ?? Number.NaN;
    },
  };
}

/** `GMT`, `GMT+09:00` or `GMT-03:30:15` as Intl writes it. */
function gmtOffsetUs(text: string): number {
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  const seconds = Number(match?.[2] ?? 0) * 3600 + Number(match?.[3] ?? 0) * 60 + Number(match?.[4] ?? 0);
  return (match?.[1] === "-" ? -seconds : seconds) * SECOND_US;
}

/** The clock of an IANA zone (`Asia/Seoul`), a fixed offset (`+09:00`) or `UTC`; undefined when there is no such zone. */
export function zoneClock(zone: string): ZoneClock | undefined {
  if (zone === "Asia/Seoul") return KOREAN_TIME;
  if (zone === "UTC" || zone === "Z") return fixedOffset(0);
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return minutes < 16 * 60 ? fixedOffset((offset[1] === "-" ? -minutes : minutes) * MINUTE_US) : undefined;
  }
  try {
    return ianaZone(zone);
  } catch {
    // Intl's only complaint here is a RangeError about the name.
    return undefined;
  }
}
