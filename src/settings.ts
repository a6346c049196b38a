import * as vscode from "vscode";
import { settings } from "./contributions.ts";
import type { VendorId } from "./model/vendors.ts";
import type { NetSettings } from "./net/types.ts";
import { vendorEntry } from "./vendors/catalog.ts";

function read<T>(id: string, scope?: vscode.ConfigurationScope): T | undefined {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get<T>(id);
}

const baseUrlSettings: Partial<Record<VendorId, string>> = {
  seedream: settings.seedreamBaseUrl,
  kling: settings.klingBaseUrl,
};

/** Why a base URL cannot be used: not a URL, or plain http to a host that is not this machine's. */
export type BaseUrlProblem = "malformed" | "insecure";

/** True for addresses of this machine, which alone may be plain http. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The address a vendor is called at, without a trailing slash; empty for one that calls none. */
export function baseUrl(vendor: VendorId): { url: string; problem?: BaseUrlProblem } {
  const fallback = vendorEntry(vendor)?.defaultBaseUrl ?? "";
  const id = baseUrlSettings[vendor];
  const url = ((id && read<string>(id)?.trim()) || fallback).replace(/\/+$/, "");
  if (url === "") return { url };
  if (!URL.canParse(url)) return { url, problem: "malformed" };
  const { protocol, hostname, username } = new URL(url);
  if (username !== "") return { url, problem: "malformed" };
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return { url };
  return { url, problem: protocol === "http:" ? "insecure" : "malformed" };
}

/** Id of the setting that holds a vendor's base URL, if it has one. */
export function baseUrlSetting(vendor: VendorId): string | undefined {
  return baseUrlSettings[vendor];
}

/** Inference endpoints of the user at Volcengine Ark: `ep-…` -> the catalog model it stands for. */
export function seedreamEndpoints(): Record<string, string> {
  const value = read<Record<string, unknown>>(settings.seedreamEndpoints) ?? {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
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
