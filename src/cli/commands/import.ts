import { type Command, Option } from "commander";
import {
  importBars,
  type LoadSummary,
  PRESET_NAMES,
  type PresetName,
  presetMap,
  readColumnMap,
} from "../../app/index.ts";
import { EXIT_CODES, ObserverError } from "../../errors/index.ts";
import { run } from "../context.ts";
import { showingLoad } from "../load-events.ts";
import { number, report } from "../output.ts";
import type { Text } from "../text.ts";
import { exitCodeOf, summaryText } from "./backfill.ts";

interface ImportOptions {
  preset?: PresetName;
  map?: string;
  showPresets?: boolean;
  verify: boolean;
}

export function registerImport(program: Command, text: Text): void {
  program
    .command("import")
    .description(text.describe.import)
    .argument("[path]", text.describe.importPath)
    .addOption(
      new Option("--preset <name>", text.describe.importPreset).choices(PRESET_NAMES).conflicts("map"),
    )
    .addOption(new Option("--map <file>", text.describe.importMap))
    .addOption(new Option("--show-presets", text.describe.importPresets))
    .option("--no-verify", text.describe.noVerify)
    .action((path: string | undefined, options: ImportOptions, command: Command) =>
      run(command, async (context) => {
        const { settings, output, withVault } = context;
        if (options.showPresets === true) {
          output.print(JSON.stringify(presets(), null, 2));
          return EXIT_CODES.ok;
        }
        const source = sourceOf(path, options, text);
        const { verify } = options;
        const summary = await showingLoad(context, (events) =>
          withVault((vault) => importBars(vault, settings, source, events, { verify })),
        );
        report(output, summary, (loaded) =>
          [summaryText(loaded, text), ...importNotes(loaded, text)].join("\n"),
        );
        return exitCodeOf(summary);
      }),
    );
}

function presets(): Record<string, object> {
  return Object.fromEntries(
    PRESET_NAMES.map((preset) => {
      const { name: _, ...map } = presetMap(preset);
      return [preset, map];
    }),
  );
}

function sourceOf(path: string | undefined, { preset, map }: ImportOptions, text: Text) {
  if (path !== undefined && preset !== undefined) return { path, map: presetMap(preset) };
  if (path !== undefined && map !== undefined) return { path, map: readColumnMap(map) };
  throw new ObserverError("OBS_IMPORT_INCOMPLETE", text.import.needsSource, text.import.needsSourceMend);
}

/** What became of the lines that are no rows of their own, and what was built of the others. */
function importNotes({ loaded, derived }: LoadSummary, text: Text): string[] {
  const counts = new Map<string, number>();
  for (const { outcome } of loaded.files) {
    if (outcome.kind !== "loaded") continue;
    for (const [kind, count] of Object.entries(outcome.warnings))
      counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const kinds: Readonly<Record<string, string>> = text.import.leftOut;
  const notes = [...counts].map(([kind, count]) => text.import.left(kinds[kind] ?? kind, number(count)));
  if (derived !== null && derived.swingBarsWritten > 0)
    notes.push(text.import.tenMinuteBars(number(derived.swingBarsWritten)));
  return notes;
}
