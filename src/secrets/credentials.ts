import type * as vscode from "vscode";
import type { VendorId } from "../model/vendors.ts";

/** Secrets of one vendor at one address: field name -> value, see `VendorEntry.credentials`. */
export type CredentialValues = Readonly<Record<string, string>>;

/** The editor's secret storage could not be used, and for what. It says nothing of the keys: the store's own words might. */
export class SecretStoreError extends Error {
  override readonly name = "SecretStoreError";
  readonly act: "read" | "write" | "remove";

  constructor(act: "read" | "write" | "remove") {
    super(act);
    this.act = act;
  }
}

async function trying<T>(act: SecretStoreError["act"], run: () => Thenable<T>): Promise<T> {
  try {
    return await run();
  } catch {
    throw new SecretStoreError(act);
  }
}

const prefix = "easel";

function keyOf(vendor: VendorId, binding: string): string {
  return `${prefix}:${vendor}:${binding}`;
}

/**
 * Keys of the vendors, kept only in the editor's SecretStorage, each under what it is bound to (see `bindingOf`): asked for
 * under another binding, there is none. Every method throws {@link SecretStoreError} where the store cannot be used.
 */
export class Credentials {
  readonly #store: vscode.SecretStorage;

  constructor(store: vscode.SecretStorage) {
    this.#store = store;
  }

  async get(vendor: VendorId, binding: string): Promise<CredentialValues | undefined> {
    const stored = await trying("read", () => this.#store.get(keyOf(vendor, binding)));
    if (stored === undefined) return undefined;
    try {
      return JSON.parse(stored) as CredentialValues;
    } catch {
      return undefined;
    }
  }

  async set(vendor: VendorId, binding: string, values: CredentialValues): Promise<void> {
    await trying("write", () => this.#store.store(keyOf(vendor, binding), JSON.stringify(values)));
  }

  /** What keys of this vendor are kept for: an origin, or several with a space between. */
  async bindings(vendor: VendorId): Promise<string[]> {
    const own = keyOf(vendor, "");
    const keys = await trying("read", () => this.#store.keys());
    return keys.filter((key) => key.startsWith(own)).map((key) => key.slice(own.length));
  }

  /** Ids of the vendors that any key is kept of, by the names of the keys alone. */
  async vendors(): Promise<string[]> {
    const keys = await trying("read", () => this.#store.keys());
    const own = keys.map((key) => key.split(":")).filter(([first]) => first === prefix);
    return [...new Set(own.flatMap(([, vendor]) => vendor ?? []))];
  }

  async remove(vendor: VendorId, binding: string): Promise<void> {
    await trying("remove", () => this.#store.delete(keyOf(vendor, binding)));
  }

  /** Calls back when a key was stored or removed, in this window or another. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.#store.onDidChange(({ key }) => {
      if (key.startsWith(`${prefix}:`)) listener();
    });
  }
}

/** The keys in the secret storage of an extension. */
export function credentialsOf({ secrets }: Pick<vscode.ExtensionContext, "secrets">): Credentials {
  return new Credentials(secrets);
}
