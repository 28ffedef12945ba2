/** Exit codes of the command line; `docs/errors.md` prints this table. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  incomplete: 3,
  database: 4,
  verificationFailed: 5,
  interrupted: 130,
} as const;

/** One entry per way to fail. `means` is printed in `docs/errors.md`; keep the codes in alphabetical order. */
export const CATALOGUE = {
  OBS_CONFIG_INVALID: {
    exitCode: EXIT_CODES.usage,
    means: "The configuration file or an environment variable has problems; all of them are listed at once.",
  },
  OBS_INTERNAL: {
    exitCode: EXIT_CODES.failed,
    means: "A defect in Observer itself: an invariant did not hold.",
  },
} as const satisfies Record<`OBS_${string}`, { exitCode: number; means: string }>;

export type ErrorCode = keyof typeof CATALOGUE;
