import type { EstimateInput } from "../../model/catalog.ts";

/** Regions of the vendor's hosts that belong to the list of Beijing (contract §1). */
const chinese = /^dashscope\.aliyuncs\.com$|\.cn-[\w-]+\.maas\.aliyuncs\.com$/;
const elsewhere = /^dashscope-\w+\.aliyuncs\.com$|\.maas\.aliyuncs\.com$/;

/** Which price list an address belongs to. A gateway does not tell where it passes calls on to: `other`. */
export function regionOf(baseUrl: string): EstimateInput["region"] {
  const hostname = URL.parse(baseUrl)?.hostname ?? "";
  if (chinese.test(hostname)) return "cn";
  return elsewhere.test(hostname) ? "intl" : "other";
}
