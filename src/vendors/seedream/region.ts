import type { EstimateInput } from "../../model/catalog.ts";

type Region = EstimateInput["region"];

/**
 * Which price list an address belongs to (contract §1). A plan's own address and any other gateway are `other`: what they
 * charge is not known.
 */
export function regionOf(baseUrl: string): Region {
  if (!URL.canParse(baseUrl)) return "other";
  const { hostname, pathname } = new URL(baseUrl);
  if (pathname.startsWith("/api/plan/")) return "other";
  if (hostname === "volces.com" || hostname.endsWith(".volces.com")) return "cn";
  if (hostname === "bytepluses.com" || hostname.endsWith(".bytepluses.com")) return "intl";
  return "other";
}

/** The id a model has at an address; gateways of one's own are taken to speak to the Chinese service. */
export function modelIdAt(ids: { readonly cn: string; readonly intl: string }, baseUrl: string): string {
  return regionOf(baseUrl) === "intl" ? ids.intl : ids.cn;
}
