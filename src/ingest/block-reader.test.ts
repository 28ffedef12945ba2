import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlockReader, type ContentSource } from "./block-reader.ts";

/** Serves `content` in reads of the given sizes, over and over. */
function sourceOf(content: Buffer, sizes: readonly number[]): ContentSource {
  let at = 0;
  let turn = 0;
  return {
    read: async (into, offset, length) => {
      const size = Math.min(sizes[turn++ % sizes.length] ?? 1, length);
      const copied = content.copy(into, offset, at, at + size);
      at += copied;
      return copied;
    },
    close: async () => undefined,
  };
}

async function blocksOf(content: Buffer, sizes: readonly number[], blockBytes: number) {
  const reader = new BlockReader(sourceOf(content, sizes), blockBytes);
  const blocks: { text: string; offset: number; part: string | undefined; unterminated: boolean }[] = [];
  for (let block = await reader.next(); block !== null; block = await reader.next()) {
    blocks.push({
      text: block.bytes.toString("latin1", 0, block.end),
      offset: block.contentOffset,
      part: block.part,
      unterminated: block.unterminated,
    });
  }
  return blocks;
}

const lines = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\r"), maxLength: 40 }), {
  maxLength: 30,
});

describe("BlockReader", () => {
  test("yields all content in order and cuts only behind newlines, except inside a long line", () =>
    fc.assert(
      fc.asyncProperty(
        lines,
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 4, max: 64 }),
        async (texts, terminated, sizes, blockBytes) => {
          const content = texts.join("\n") + (terminated ? "\n" : "");
          const blocks = await blocksOf(Buffer.from(content), sizes, blockBytes);
          expect(blocks.map((block) => block.text).join("")).toBe(content);
          let offset = 0;
          blocks.forEach((block, index) => {
            expect(block.offset).toBe(offset);
            offset += block.text.length;
            const last = index === blocks.length - 1;
            const open = block.part === "first" || block.part === "middle";
            expect(block.text.endsWith("\n")).toBe(!open && !(last && block.unterminated));
            if (block.part !== undefined) expect(block.text.slice(0, -1)).not.toContain("\n");
          });
          expect(blocks.at(-1)?.unterminated ?? false).toBe(content !== "" && !content.endsWith("\n"));
        },
      ),
    ));

  test("a line longer than a block comes in parts", async () => {
    const blocks = await blocksOf(Buffer.from(`ab\n${"x".repeat(20)}\ncd\n`), [3], 8);
    expect(blocks.map((block) => block.part)).toEqual([undefined, "first", "middle", "last", undefined]);
    expect(blocks.map((block) => block.text).join("")).toBe(`ab\n${"x".repeat(20)}\ncd\n`);
  });
});
