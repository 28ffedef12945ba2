import fc from "fast-check";
import { expect, test } from "vitest";
import { RowOrder } from "./row-order.ts";

const row = fc.record({
  group: fc.integer({ min: 0, max: 70 }),
  text: fc.string({ minLength: 1, maxLength: 9, unit: "grapheme-ascii" }),
});

test("rows of a group come together in their order, and every place knows the row it came from", () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(row, { maxLength: 40 }), { maxLength: 4 }),
      fc.string({ maxLength: 5, unit: "grapheme-ascii" }),
      (pieces, head) => {
        const order = new RowOrder();
        const arrived = pieces.flat();
        let copied = 0;
        for (const [index, rows] of pieces.entries()) {
          const lead = index === 0 ? head : "";
          let at = lead.length;
          for (const { group, text } of rows) {
            order.begin(at, group);
            at += text.length;
          }
          const piece = Buffer.from(lead + rows.map(({ text }) => text).join(""), "latin1");
          const into = Buffer.alloc(piece.length);
          order.arrange(piece, piece.length, into);
          // Array.prototype.sort is stable.
          const sorted = [...rows].sort((a, b) => a.group - b.group);
          expect(into.toString("latin1")).toBe(lead + sorted.map(({ text }) => text).join(""));
          for (const expected of sorted) expect(arrived[order.arrivalOf(++copied) - 1]).toBe(expected);
        }
      },
    ),
  ));
