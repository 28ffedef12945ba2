import { ObserverError } from "../errors/index.ts";

/** How much of the machine the server may take. Durability is the same, and on, in all of them. */
export type ServerProfile = "small" | "medium" | "large";

type Settings = Readonly<Record<string, string>>;

/** small: a container of 1 GB and 2 CPUs. medium: 8 GB and 4 CPUs. large: 32 GB and 8 CPUs, solid-state disk. */
const PROFILES: Record<ServerProfile, Settings> = {
  small: {
    shared_buffers: "128MB",
    effective_cache_size: "512MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    wal_buffers: "16MB",
    max_wal_size: "256MB",
    min_wal_size: "64MB",
    max_connections: "50",
  },
  medium: {
    shared_buffers: "2GB",
    effective_cache_size: "5GB",
    work_mem: "32MB",
    maintenance_work_mem: "512MB",
    wal_buffers: "16MB",
    max_wal_size: "4GB",
    min_wal_size: "512MB",
    max_connections: "100",
  },
  large: {
    shared_buffers: "8GB",
    effective_cache_size: "22GB",
    work_mem: "64MB",
    maintenance_work_mem: "2GB",
    wal_buffers: "64MB",
    max_wal_size: "16GB",
    min_wal_size: "2GB",
    max_connections: "200",
    max_parallel_workers_per_gather: "4",
  },
};

const ALWAYS: Settings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  checkpoint_completion_target: "0.9",
  random_page_cost: "1.1",
  effective_io_concurrency: "200",
  autovacuum_vacuum_scale_factor: "0.1",
  autovacuum_analyze_scale_factor: "0.05",
  autovacuum_naptime: "30s",
  timezone: "UTC",
  log_timezone: "UTC",
  password_encryption: "scram-sha-256",
  log_line_prefix: "%m [%p] %q%u@%d ",
};

/** Files and places that are Observer's to choose, beside the settings of `serverArguments`. */
const RESERVED_PLACES = [
  "config_file",
  "data_directory",
  "external_pid_file",
  "hba_file",
  "ident_file",
  "log_destination",
  "logging_collector",
];

/**
 * The settings by which the server is found, reached and understood. They go on the command line, which even
 * `ALTER SYSTEM` cannot overrule. Loopback only; no Unix socket, because a socket's path is limited to about
 * 100 bytes and a data root's is not. Titles and log messages are read back by Observer.
 */
export function serverArguments(address: { readonly port: number; readonly clusterName: string }): Settings {
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(address.port),
    cluster_name: address.clusterName,
    update_process_title: "on",
    lc_messages: "C",
  };
}

const RESERVED = new Set([...RESERVED_PLACES, ...Object.keys(serverArguments({ port: 0, clusterName: "" }))]);

/**
 * The text of postgresql.conf; `ALTER SYSTEM` overrules it, from postgresql.auto.conf.
 *
 * @throws ObserverError OBS_CLUSTER_SETTING for a name that is not one or that Observer needs for itself.
 */
export function renderConfiguration(profile: ServerProfile, overrides: Settings): string {
  for (const name of Object.keys(overrides)) refuseReserved(name);
  const settings: Settings = { ...ALWAYS, ...PROFILES[profile], ...overrides };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`);
  return `# Written by Observer at every start (profile ${profile}); change it with ALTER SYSTEM, not here.\n${lines.join("\n")}\n`;
}

function refuseReserved(name: string): void {
  const plain = name.toLowerCase();
  if (/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(plain) && !RESERVED.has(plain)) return;
  throw new ObserverError(
    "OBS_CLUSTER_SETTING",
    `The server setting "${name}" ${RESERVED.has(plain) ? "belongs to Observer" : "is not a setting's name"}.`,
    "Remove it from the embedded server's settings.",
  );
}

function quote(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n");
  return `'${escaped}'`;
}
