import type { EstimateInput } from "../../model/catalog.ts";

/** Whose accounts an address serves (contract §1): keys of one do not work at the other. Units cost the same number at both. */
export function regionOf(baseUrl: string): EstimateInput["region"] {
  if (!URL.canParse(baseUrl)) return "other";
  const { hostname } = new URL(baseUrl);
  if (hostname === "api-beijing.klingai.com") return "cn";
  if (hostname === "api-singapore.klingai.com" || hostname === "api.klingai.com") return "intl";
  return "other";
}
