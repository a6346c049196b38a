import type { SecretStorage } from "vscode";

/** The part of the editor's secret storage that is used, in memory. */
export function secretStorage(): SecretStorage & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    keys: async () => [...all.keys()],
    get: async (key: string) => all.get(key),
    store: async (key: string, value: string) => void all.set(key, value),
    delete: async (key: string) => void all.delete(key),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
