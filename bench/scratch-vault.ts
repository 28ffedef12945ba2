import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openVault, type Vault } from "../dist/app/index.js";
import { openCluster } from "../dist/cluster/index.js";
import { openClient } from "../dist/store/index.js";

export interface ScratchVault {
  vault: Vault;
  directory: string;
  version: string;
  /** Writes out what earlier work left dirty, so that it does not slow down what is measured next. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A database of the bench's own on the embedded server, with the settings users get. */
export async function openScratchVault(): Promise<ScratchVault> {
  const directory = await mkdtemp(join(tmpdir(), "observer-bench-"));
  await chmod(directory, 0o755);
  const vault = await openVault({ settings: { home: directory, serverProfile: "small" } });
  const asked = await vault.store.reader.query<{ version: string }>(
    "SELECT current_setting('server_version') AS version",
  );
  const cluster = await openCluster({ dataRoot: directory });
  return {
    vault,
    directory,
    version: asked.rows[0]?.version ?? "",
    settle: async () => {
      const admin = await openClient(cluster.adminUrl, "observer bench");
      await admin.query("CHECKPOINT");
      await admin.end();
    },
    close: async () => {
      await cluster.release();
      await vault.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
