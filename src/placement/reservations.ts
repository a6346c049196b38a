import type { Uri } from "vscode";
import { nameKey } from "./naming.ts";

const reserved = new Set<string>();

function keyOf(uri: Uri): string {
  return nameKey(uri.toString());
}

/** True while a placement that is being carried out has claimed the address. */
export function isReserved(uri: Uri): boolean {
  return reserved.has(keyOf(uri));
}

/** Claims addresses for as long as `act` runs. Undefined, with nothing done, if one of them is claimed already. */
export async function withReserved<T>(uris: readonly Uri[], act: () => Promise<T>): Promise<T | undefined> {
  const keys = uris.map(keyOf);
  if (keys.some((key) => reserved.has(key))) return undefined;
  for (const key of keys) reserved.add(key);
  try {
    return await act();
  } finally {
    for (const key of keys) reserved.delete(key);
  }
}
