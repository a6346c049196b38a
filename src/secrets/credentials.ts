import type * as vscode from "vscode";
import type { VendorId } from "../model/vendors.ts";

/** Secrets of one vendor at one address: field name -> value, see `VendorEntry.credentials`. */
export type CredentialValues = Readonly<Record<string, string>>;

const prefix = "easel";

function keyOf(vendor: VendorId, binding: string): string {
  return `${prefix}:${vendor}:${binding}`;
}

/**
 * Keys of the vendors, kept only in the editor's SecretStorage, each under what it is bound to (see `bindingOf`): asked for
 * under another binding, there is none.
 */
export class Credentials {
  readonly #store: vscode.SecretStorage;

  constructor(store: vscode.SecretStorage) {
    this.#store = store;
  }

  async get(vendor: VendorId, binding: string): Promise<CredentialValues | undefined> {
    const stored = await this.#store.get(keyOf(vendor, binding));
    if (stored === undefined) return undefined;
    try {
      return JSON.parse(stored) as CredentialValues;
    } catch {
      return undefined;
    }
  }

  async set(vendor: VendorId, binding: string, values: CredentialValues): Promise<void> {
    await this.#store.store(keyOf(vendor, binding), JSON.stringify(values));
  }

  /** What keys of this vendor are kept for: an origin, or several with a space between. */
  async bindings(vendor: VendorId): Promise<string[]> {
    const own = keyOf(vendor, "");
    const keys = await this.#store.keys();
    return keys.filter((key) => key.startsWith(own)).map((key) => key.slice(own.length));
  }

  async remove(vendor: VendorId, binding: string): Promise<void> {
    await this.#store.delete(keyOf(vendor, binding));
  }

  /** Calls back when a key was stored or removed, in this window or another. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.#store.onDidChange(({ key }) => {
      if (key.startsWith(`${prefix}:`)) listener();
    });
  }
}
