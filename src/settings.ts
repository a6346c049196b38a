import * as vscode from "vscode";
import { settings } from "./contributions.ts";
import type { Json } from "./model/json.ts";
import type { VendorId } from "./model/vendors.ts";
import type { NetSettings } from "./net/types.ts";
import type { VendorAddress } from "./secrets/keyring.ts";
import { vendorEntry } from "./vendors/catalog.ts";

function read<T>(id: string, scope?: vscode.ConfigurationScope): T | undefined {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get<T>(id);
}

const baseUrlSettings: Partial<Record<VendorId, string>> = {
  seedream: settings.seedreamBaseUrl,
  visual: settings.visualBaseUrl,
  kling: settings.klingBaseUrl,
  gateway: settings.gatewayBaseUrl,
};

/** Settings of a vendor besides its address that its calls depend on; jobs keep them as they were when they started. */
const otherSettings: Partial<Record<VendorId, readonly string[]>> = {
  gateway: [
    settings.gatewayAuth,
    settings.gatewayKeyLocation,
    settings.gatewayNativeUrl,
    settings.gatewayModels,
    settings.gatewayRoutes,
  ],
};

/** A vendor's address in the settings, without a trailing slash; empty for one that has none there, or none yet. */
export function baseUrl(vendor: VendorId): string {
  const fallback = vendorEntry(vendor)?.defaultBaseUrl ?? "";
  const id = baseUrlSettings[vendor];
  return trimmed((id && read<string>(id)) || fallback);
}

/** A vendor's other settings by the last part of their id, as they are kept with a job. */
function vendorSettings(vendor: VendorId): Record<string, Json> {
  const addresses = vendorEntry(vendor)?.addressSettings ?? [];
  const entries = (otherSettings[vendor] ?? []).map((id) => {
    const name = id.slice(id.lastIndexOf(".") + 1);
    const value = read<Json>(id) ?? null;
    return [name, addresses.includes(name) && typeof value === "string" ? trimmed(value) : value];
  });
  return Object.fromEntries(entries);
}

function trimmed(address: string): string {
  return address.trim().replace(/\/+$/, "");
}

/** Where and how a vendor is called by the user's present settings. */
export function vendorAddress(vendor: VendorId): VendorAddress {
  return { baseUrl: baseUrl(vendor), settings: vendorSettings(vendor) };
}

/** Ids and values of a vendor's settings that are addresses and are set. */
export function addressesInSettings(vendor: VendorId): { id: string; url: string }[] {
  const { addressSettings = [] } = vendorEntry(vendor) ?? {};
  const others = vendorSettings(vendor);
  const id = baseUrlSettings[vendor];
  return [
    ...(id === undefined ? [] : [{ id, url: baseUrl(vendor) }]),
    ...addressSettings.map((name) => ({ id: `easel.${vendor}.${name}`, url: String(others[name] ?? "") })),
  ].filter(({ url }) => url !== "");
}

/** Id of the setting that holds a vendor's base URL, if it has one. */
export function baseUrlSetting(vendor: VendorId): string | undefined {
  return baseUrlSettings[vendor];
}

/** Writes a vendor's base URL to the user's settings. */
export async function setBaseUrl(vendor: VendorId, url: string): Promise<void> {
  const id = baseUrlSettings[vendor];
  if (id === undefined) throw new TypeError(`no setting for the address of ${vendor}`);
  await vscode.workspace.getConfiguration().update(id, url, vscode.ConfigurationTarget.Global);
}

/** Models of the user's gateway by what they are used for: a capability or a catalog id -> the name the gateway knows it by. */
export function gatewayModels(): Record<string, string> {
  return texts(read(settings.gatewayModels));
}

/** Inference endpoints of the user at Volcengine Ark: `ep-…` -> the catalog model it stands for. */
export function seedreamEndpoints(): Record<string, string> {
  return texts(read(settings.seedreamEndpoints));
}

/** The members of an object that are texts and not empty. */
function texts(value: unknown): Record<string, string> {
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === "string" && entry[1].trim() !== "";
  return Object.fromEntries(Object.entries(value ?? {}).filter(isText));
}

/** How requests leave this machine: the editor's own proxy settings, and which client carries them. */
export function network(): NetSettings {
  const authorization = read<string | null>("http.proxyAuthorization");
  return {
    client: read<string>(settings.networkClient) === "editor" ? "editor" : "undici",
    proxy: read<string>("http.proxy") ?? "",
    noProxy: read<string[]>("http.noProxy") ?? [],
    strictSsl: read<boolean>("http.proxyStrictSSL") ?? true,
    systemCertificates: read<boolean>("http.systemCertificates") ?? true,
    env: process.env,
    ...(authorization ? { proxyAuthorization: authorization } : {}),
  };
}

const dayMs = 86_400_000;

/** How long a result may wait for a decision before it is let go, in milliseconds; undefined: until it is decided. */
export function keepWaitingMs(): number | undefined {
  const days = read<number>(settings.stagingKeepDays);
  return typeof days === "number" && days > 0 ? days * dayMs : undefined;
}

/** Whether how an asset was made is written beside it. */
export function writesRecipes(scope: vscode.ConfigurationScope | undefined): boolean {
  return read<boolean>(settings.recipes, scope) === true;
}
