import fc from "fast-check";
import { expect, test } from "vitest";
import { renderConfiguration, type ServerProfile } from "./server-settings.ts";

const PROFILES: readonly ServerProfile[] = ["small", "medium", "large"];

test.each(PROFILES)("the profile %s is durable and lives in UTC", (profile) => {
  const text = renderConfiguration(profile, {});
  for (const line of [
    "fsync = 'on'",
    "synchronous_commit = 'on'",
    "full_page_writes = 'on'",
    "timezone = 'UTC'",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("a value stays one value on one line, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const lines = renderConfiguration("small", { application_name: value }).split("\n");
      expect(lines).toHaveLength(renderConfiguration("small", { application_name: "x" }).split("\n").length);
      const [, quoted = ""] =
        /^application_name = '(.*)'$/s.exec(lines.find((l) => l.startsWith("appl")) ?? "") ?? [];
      expect(unquote(quoted)).toBe(value);
    }),
  );
});

/** As PostgreSQL's configuration file reader undoes it. */
function unquote(text: string): string {
  return text.replaceAll(/''|\\(.)/g, (pair, escaped) =>
    pair === "''" ? "'" : escaped === "n" ? "\n" : escaped,
  );
}

test.each(["port", "Listen_Addresses", "data_directory", "work mem", "x = 1\ny", ""])(
  "refuses the setting %j",
  (name) => {
    expect(() => renderConfiguration("small", { [name]: "1" })).toThrow(
      expect.objectContaining({ code: "OBS_CLUSTER_SETTING" }),
    );
  },
);
