// cluster — the life cycle of the embedded PostgreSQL: initialise, start, share, recover, stop.
// in: a data root   out: URLs to a server that runs while a lease is held   touches: files, processes, loopback ports
export {
  type Cluster,
  type ClusterOptions,
  DEFAULT_DATABASE,
  openCluster,
  ROLE_LOGINS,
  type RoleName,
  startCluster,
} from "./cluster.ts";
export { type ClusterStatus, clusterStatus } from "./cluster-status.ts";
export type { Lease } from "./leases.ts";
export type { ServerPhase } from "./postmaster-file.ts";
export type { ServerProfile } from "./server-settings.ts";
export type { StopMode } from "./shutdown.ts";
export { type StopOutcome, stopCluster } from "./stop-cluster.ts";
