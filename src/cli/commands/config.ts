import type { Command } from "commander";
import { describeConfig } from "../../app/index.ts";
import { run } from "../context.ts";
import { report, table } from "../output.ts";
import type { Text } from "../text.ts";

export function registerConfig(program: Command, text: Text): void {
  program
    .command("config")
    .description(text.describe.config)
    .command("show")
    .description(text.describe.config)
    .action((_options, command: Command) =>
      run(command, async ({ config, output }) => {
        report(output, { file: config.file ?? null, settings: describeConfig(config) }, ({ settings }) =>
          table(
            ["setting", "value", "from", "variable", "meaning"],
            settings.map((one) => [one.name, one.value, one.origin, one.variable, one.meaning]),
          ),
        );
        return 0;
      }),
    );
}
