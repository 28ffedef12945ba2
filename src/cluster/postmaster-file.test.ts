import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePostmasterFile } from "./postmaster-file.ts";

// As PostgreSQL 18.4 writes it; line 5 (socket directory) is empty because sockets are off.
const READY = "9452\n/data/postgres/data\n1795181221\n43695\n\n127.0.0.1\n  1234567     65536\nready   \n";

test("reads a running server's file", () => {
  expect(parsePostmasterFile(READY)).toEqual({
    pid: 9452,
    startTimeUs: 1_795_181_221_000_000,
    port: 43_695,
    phase: "ready",
  });
});

test("a file without port and phase belongs to a server that is starting", () => {
  expect(parsePostmasterFile("9452\n/data\n1795181221\n")).toMatchObject({
    pid: 9452,
    port: null,
    phase: "starting",
  });
});

test("a single-user server writes its pid negated", () => {
  expect(parsePostmasterFile("-77\n/data\n1795181221\n")).toMatchObject({ pid: 77 });
});

test("any text gives a file or null, never an exception, and a cut file never a wrong pid or start", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parsePostmasterFile(text)));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: READY.indexOf("\n1795") }), (length) => {
      expect(parsePostmasterFile(READY.slice(0, length))).toBeNull();
    }),
  );
});
