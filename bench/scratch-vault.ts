import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openVault, type Vault } from "../dist/app/index.js";

export interface ScratchVault {
  vault: Vault;
  directory: string;
  version: string;
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
  return {
    vault,
    directory,
    version: asked.rows[0]?.version ?? "",
    close: async () => {
      await vault.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
