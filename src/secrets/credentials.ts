import type * as vscode from "vscode";
import type { VendorId } from "../model/vendors.ts";

/** Secrets of one vendor at one address: field name -> value, see `VendorEntry.credentials`. */
export type CredentialValues = Readonly<Record<string, string>>;

const prefix = "easel";

function keyOf(vendor: VendorId, origin: string): string {
  return `${prefix}:${vendor}:${origin}`;
}

/** The part of an address a key is bound to: scheme, host and port. */
export function originOf(baseUrl: string): string {
  return new URL(baseUrl).origin;
}

/**
 * Keys of the vendors, kept only in the editor's SecretStorage and bound to the origin they were entered for:
 * asked for at another origin, there is none.
 */
export class Credentials {
  readonly #store: vscode.SecretStorage;

  constructor(store: vscode.SecretStorage) {
    this.#store = store;
  }

  async get(vendor: VendorId, baseUrl: string): Promise<CredentialValues | undefined> {
    const stored = await this.#store.get(keyOf(vendor, originOf(baseUrl)));
    if (stored === undefined) return undefined;
    try {
      return JSON.parse(stored) as CredentialValues;
    } catch {
      return undefined;
    }
  }

  async set(vendor: VendorId, baseUrl: string, values: CredentialValues): Promise<void> {
    await this.#store.store(keyOf(vendor, originOf(baseUrl)), JSON.stringify(values));
  }

  /** Origins that a key of this vendor is kept for. */
  async origins(vendor: VendorId): Promise<string[]> {
    const own = keyOf(vendor, "");
    const keys = await this.#store.keys();
    return keys.filter((key) => key.startsWith(own)).map((key) => key.slice(own.length));
  }

  async remove(vendor: VendorId, origin: string): Promise<void> {
    await this.#store.delete(keyOf(vendor, origin));
  }
}
