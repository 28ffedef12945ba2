import Table from "cli-table3";

/** Where a command writes. `json` asks for one machine-readable document instead of words and tables. */
export interface Output {
  readonly json: boolean;
  readonly language: "en" | "ko";
  /** Results, to stdout. */
  print(text: string): void;
  /** What is going on, to stderr; nothing under --json. */
  note(text: string): void;
}

export function terminalOutput(options: { json: boolean; language: "en" | "ko" }): Output {
  return {
    ...options,
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => {
      if (!options.json) process.stderr.write(`${text}\n`);
    },
  };
}

/** Prints `document` under --json, else what `words` makes of it. */
export function report<T>(output: Output, document: T, words: (document: T) => string): void {
  output.print(output.json ? JSON.stringify(document, null, 2) : words(document));
}

/** A plain table; columns whose cells are all numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? number(cell) : cell)));
  const isNumeric = (column: number) =>
    rows.length > 0 && rows.every((row) => typeof row[column] === "number");
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (isNumeric(column) ? "right" : "left")),
    style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      right: "",
      "right-mid": "",
      mid: "",
      "mid-mid": "",
      middle: " ",
    },
  });
  drawn.push(...cells);
  return drawn.toString();
}

const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

export function number(value: number): string {
  return NUMBER.format(value);
}

/** A fraction as people read it: 0.0123 → "1.23 %". */
export function percent(fraction: number, digits = 2): string {
  return `${(fraction * 100).toFixed(digits)} %`;
}

export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  const minutes = Math.floor(value / 60);
  return `${minutes} min ${Math.round(value % 60)} s`;
}
