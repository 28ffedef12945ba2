import { randomBytes } from "node:crypto";
import { ObserverError } from "../errors/index.ts";
import { readTextIfPresent, replaceFile } from "./durable-file.ts";

export const SUPERUSER = "postgres";

/** Random passwords; all characters may stand in a URL as they are. */
export interface Credentials {
  readonly superuser: string;
  readonly owner: string;
  readonly writer: string;
  readonly reader: string;
}

/** The passwords on disk, or null before the first initialisation. */
export async function readCredentials(path: string): Promise<Credentials | null> {
  const text = await readTextIfPresent(path);
  if (text === null) return null;
  const credentials = parseCredentials(text);
  if (credentials !== null) return credentials;
  throw new ObserverError(
    "OBS_CLUSTER_CREDENTIALS",
    `${path} is not a credentials file: one of superuser, owner, writer, reader is missing.`,
    "Restore it from a backup of the data root.",
  );
}

/** Writes new passwords before the server first needs them: what initdb stores is then never lost. */
export async function createCredentials(path: string): Promise<Credentials> {
  const password = () => randomBytes(24).toString("base64url");
  const credentials = { superuser: password(), owner: password(), writer: password(), reader: password() };
  await replaceFile(path, `${JSON.stringify(credentials, null, 2)}\n`);
  return credentials;
}

export function parseCredentials(text: string): Credentials | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  if (!("superuser" in value && "owner" in value && "writer" in value && "reader" in value)) return null;
  const { superuser, owner, writer, reader } = value;
  if (!isPassword(superuser) || !isPassword(owner) || !isPassword(writer) || !isPassword(reader)) return null;
  return { superuser, owner, writer, reader };
}

function isPassword(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{16,}$/.test(value);
}
