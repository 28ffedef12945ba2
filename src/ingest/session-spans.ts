import type { TimeUs } from "../record/index.ts";
import type { SessionSpan } from "../store/index.ts";

/** First and last instant of each recording session met since they were last taken. */
export class SessionSpans {
  readonly #track: SessionSpan["track"];
  readonly #spans = new Map<string, SessionSpan>();
  #latest: SessionSpan | undefined;

  constructor(track: SessionSpan["track"]) {
    this.#track = track;
  }

  add(sessionId: string, timeUs: TimeUs): void {
    let span = this.#latest;
    if (span === undefined || span.sessionId !== sessionId) {
      span = this.#spans.get(sessionId);
      if (span === undefined) {
        span = { sessionId, track: this.#track, firstUs: timeUs, lastUs: timeUs };
        this.#spans.set(sessionId, span);
      }
      this.#latest = span;
    }
    if (timeUs < span.firstUs) span.firstUs = timeUs;
    if (timeUs > span.lastUs) span.lastUs = timeUs;
  }

  take(): SessionSpan[] {
    const spans = [...this.#spans.values()];
    this.#spans.clear();
    this.#latest = undefined;
    return spans;
  }
}
