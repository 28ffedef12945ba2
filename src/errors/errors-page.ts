import { CATALOGUE, EXIT_CODES } from "./catalogue.ts";

const EXIT_MEANING: Record<keyof typeof EXIT_CODES, string> = {
  ok: "Everything asked for was done.",
  failed: "Something broke that no other code describes.",
  usage: "The command, a setting or an argument cannot be used as given; nothing was done.",
  incomplete:
    "Not everything could be loaded; what was loaded stays, and the same command goes on from there.",
  database: "The database could not be started, reached, migrated or asked.",
  verificationFailed: "A check of `observer verify` failed.",
  interrupted: "Stopped by Ctrl-C or SIGTERM; what was committed stays.",
};

/** `docs/errors.md`: every code a user can meet, and what the process exits with. */
export function errorsPage(): string {
  const exits = Object.entries(EXIT_CODES).map(
    ([name, code]) => `| ${code} | ${EXIT_MEANING[name as keyof typeof EXIT_CODES]} |`,
  );
  const codes = Object.entries(CATALOGUE)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { exitCode, means }]) => `| \`${code}\` | ${means} | ${exitCode} |`);
  return `# Errors

Generated from \`src/errors/catalogue.ts\` by \`npm run docs\`; a test fails when it is stale.

An error says what happened and where (\`message\`), how to mend it (\`mend\`), and has a code from this page (\`code\`).
Codes keep their meaning; messages may be reworded. \`--debug\` adds where in the program it comes from.

## Exit codes

| Code | Meaning |
| ---: | --- |
${exits.join("\n")}

## Codes

| Code | Meaning | Exit |
| --- | --- | ---: |
${codes.join("\n")}

What is wrong with single records is no error: it is a row in \`ingest_rejects\`, with a code from
[quality-gate.md](quality-gate.md).
`;
}
