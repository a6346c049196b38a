import { addressProblem } from "../../net/typedAddress.ts";
import type { VendorContext } from "../contract.ts";
import { VendorError } from "../errors.ts";

/** The path of the product's own API, and of the server one runs oneself (contract §B, §C). */
const generationPath = "/v1/video/generation";
const hostedName = "api.animo.video";

/** Where requests go. The whole address may be a secret: nothing of it but the origin is written down. */
export interface Endpoint {
  url: URL;
  /** True if it is the product's own API, which answers with a job instead of a video (contract §B). */
  isHosted: boolean;
}

/** The endpoint as the user gave it. Throws a {@link VendorError} for what is none. */
export function endpointOf({ credentials }: Pick<VendorContext, "credentials">): Endpoint {
  const address = credentials.endpoint?.trim() ?? "";
  if (addressProblem(address, "whole") !== undefined) {
    throw new VendorError({ reason: "credentials", sent: "no", next: "animoEndpoint" });
  }
  const url = new URL(address);
  const isHosted = url.hostname === hostedName;
  // Of the product's own API the host says it all; any other address is used as it is.
  if (isHosted && url.pathname === "/") url.pathname = generationPath;
  return { url, isHosted };
}

/** Where a job of the product's API is looked up, with whatever rights the endpoint's query carries. */
export function statusUrl({ url }: Endpoint, id: string): string {
  const at = new URL(url);
  const path = url.pathname.replace(/\/+$/, "");
  const base = path.endsWith(generationPath) ? path : generationPath;
  at.pathname = `${base}/status/${encodeURIComponent(id)}`;
  return at.href;
}

/** What must not be kept of an answer that repeats it: the key, the address, and each value in its query. */
export function secretsOf({ credentials }: Pick<VendorContext, "credentials">): string[] {
  const address = URL.parse(credentials.endpoint ?? "");
  const values = address ? [...address.searchParams.values(), address.search] : [];
  return [...Object.values(credentials), ...values].filter((secret) => secret.length >= 4);
}
