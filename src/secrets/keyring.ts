import type { Json } from "../model/json.ts";
import { isLocalHost } from "../net/addresses.ts";
import { addressProblem, originOf } from "../net/typedAddress.ts";
import type { CredentialField, VendorEntry } from "../vendors/catalog.ts";
import type { Credentials, CredentialValues } from "./credentials.ts";

/** Where and how a vendor is called: the address, empty where that is one of its secrets, and the vendor's other settings. */
export interface VendorAddress {
  baseUrl: string;
  settings: Readonly<Record<string, Json>>;
}

/** Everything a key may be sent to, of one call's address: the origins in a fixed order, with a space between. */
export function bindingOf(
  { addressSettings = [] }: Pick<VendorEntry, "addressSettings">,
  { baseUrl, settings }: VendorAddress,
): string {
  const others = addressSettings.map((name) => settings[name]);
  const all = [baseUrl, ...others].filter((each): each is string => typeof each === "string" && each !== "");
  return [...new Set(all.map(originOf))].join(" ");
}

/** The sets of secrets that do: by the setting that decides, else any of those the vendor takes. */
export function credentialSets(
  { credentials, alternatives = [], kinds }: VendorEntry,
  { settings }: Pick<VendorAddress, "settings">,
): readonly (readonly CredentialField[])[] {
  if (!kinds) return [credentials, ...alternatives];
  return [kinds.sets[String(settings[kinds.setting])] ?? credentials];
}

/** The vendors' keys by the address that a call goes to. Where an address is itself a secret, a vendor has one at a time. */
export class Keyring {
  readonly #credentials: Credentials;
  /** Origins of addresses that are secrets, as far as they were looked up. */
  readonly #secretOrigins = new Set<string>();

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** The secrets for calls to an address; undefined if there are none, or not those that the settings ask for. */
  async get(entry: VendorEntry, address: VendorAddress): Promise<CredentialValues | undefined> {
    if (entry.credentials.length === 0) return {};
    const stored = await this.#stored(entry, address);
    if (!stored) return undefined;
    if (entry.addressSecret !== undefined)
      this.#secretOrigins.add(originOf(stored[entry.addressSecret] ?? ""));
    if (!entry.kinds) return stored;
    const [fields = []] = credentialSets(entry, address);
    if (fields.some(({ key, optional }) => !optional && !stored[key])) return undefined;
    return Object.fromEntries(fields.map(({ key }) => [key, stored[key] ?? ""]));
  }

  async #stored(entry: VendorEntry, address: VendorAddress): Promise<CredentialValues | undefined> {
    if (entry.addressSecret === undefined) {
      return this.#credentials.get(entry.id, bindingOf(entry, address));
    }
    const [binding] = await this.#credentials.bindings(entry.id);
    const stored = binding === undefined ? undefined : await this.#credentials.get(entry.id, binding);
    const isUsable = addressProblem(stored?.[entry.addressSecret] ?? "", "whole") === undefined;
    return isUsable ? stored : undefined;
  }

  /** Stores secrets for an address. Sets of the other kinds stay; another secret address goes. */
  async set(entry: VendorEntry, address: VendorAddress, values: CredentialValues): Promise<void> {
    if (entry.addressSecret !== undefined) {
      const binding = originOf(values[entry.addressSecret] ?? "");
      const others = (await this.#credentials.bindings(entry.id)).filter((each) => each !== binding);
      await this.#credentials.set(entry.id, binding, values);
      for (const other of others) await this.#credentials.remove(entry.id, other);
      return;
    }
    const binding = bindingOf(entry, address);
    const kept = entry.kinds ? await this.#credentials.get(entry.id, binding) : undefined;
    await this.#credentials.set(entry.id, binding, { ...kept, ...values });
  }

  /** True if any key of the vendor is kept, for whatever address. */
  async has({ id }: Pick<VendorEntry, "id">): Promise<boolean> {
    return (await this.#credentials.bindings(id)).length > 0;
  }

  /** What the vendor's keys are kept for, see {@link bindingOf}. */
  bindings({ id }: Pick<VendorEntry, "id">): Promise<string[]> {
    return this.#credentials.bindings(id);
  }

  remove({ id }: Pick<VendorEntry, "id">, binding: string): Promise<void> {
    return this.#credentials.remove(id, binding);
  }

  /** True if the vendor is called on this machine or a private network, and so may lead to links there. */
  async isLocal(entry: VendorEntry, address: VendorAddress): Promise<boolean> {
    const at =
      entry.addressSecret === undefined
        ? address.baseUrl
        : (await this.get(entry, address))?.[entry.addressSecret];
    return at !== undefined && URL.canParse(at) && isLocalHost(new URL(at).hostname);
  }

  /** True for the origin of an address that the user typed as a secret and that was looked up in this session. */
  isSecretOrigin(origin: string): boolean {
    return this.#secretOrigins.has(origin);
  }
}
