import type { EstimateInput } from "../../model/catalog.ts";

/**
 * Which price list an address belongs to (contract §1): only the vendor's own hosts say. What a gateway leads to, and what its owner
 * charges, is not known.
 */
export function regionOf(baseUrl: string): EstimateInput["region"] {
  const hostname = URL.parse(baseUrl)?.hostname ?? "";
  if (hostname === "dashscope.aliyuncs.com" || hostname.endsWith(".cn-beijing.maas.aliyuncs.com"))
    return "cn";
  if (hostname === "dashscope-intl.aliyuncs.com" || hostname.endsWith(".ap-southeast-1.maas.aliyuncs.com")) {
    return "intl";
  }
  return "other";
}
