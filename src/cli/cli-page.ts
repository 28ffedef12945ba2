import type { Argument, Command, Option } from "commander";

/** `docs/cli.md`: every command with its arguments and options, from the program itself. */
export function cliPage(program: Command): string {
  return `# The command line

Generated from the program by \`npm run docs\`; a test fails when it is stale. \`observer <command> --help\` says the same,
in Korean too (\`--lang ko\`, or a Korean locale). Exit codes: [errors.md](errors.md).

## With every command

${optionTable(program.options)}

Results go to stdout, everything else to stderr. Ctrl-C stops after the work under way; what is committed stays.

${program.commands.flatMap((command) => sections(command, program.name())).join("\n\n")}
`;
}

function sections(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((inner) => sections(inner, name));
  const words = command.registeredArguments.map(argumentUsage);
  const usage = [name, ...words, ...(command.options.length > 0 ? ["[options]"] : [])].join(" ");
  const parts = [`## ${name}`, `${sentence(command.description())}`, `\`${usage}\``];
  if (command.registeredArguments.some(({ description }) => description !== "")) {
    parts.push(argumentTable(command.registeredArguments));
  }
  if (command.options.length > 0) parts.push(optionTable(command.options));
  return [parts.join("\n\n")];
}

function argumentUsage(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function argumentTable(all: readonly Argument[]): string {
  return table(
    ["Argument", "Meaning"],
    all.map((argument) => [`\`${argumentUsage(argument)}\``, argument.description]),
  );
}

function optionTable(options: readonly Option[]): string {
  return table(
    ["Option", "Meaning"],
    options
      .filter(({ hidden }) => !hidden)
      .map((option) => [`\`${option.flags}\``, [option.description, ...extras(option)].join("; ")]),
  );
}

function extras({ argChoices, defaultValue, mandatory }: Option): string[] {
  return [
    ...(argChoices === undefined ? [] : [argChoices.map((choice) => `\`${choice}\``).join(", ")]),
    ...(defaultValue === undefined ? [] : [`default \`${String(defaultValue)}\``]),
    ...(mandatory ? ["must be given"] : []),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return first.endsWith(".") ? first : `${first}.`;
}
