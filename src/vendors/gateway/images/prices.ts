import type { Estimate, EstimateInput } from "../../../model/catalog.ts";
import type { Usage } from "../../contract.ts";
import { rounded } from "../money.ts";
import { type ImageProfile, imageProfiles } from "./profiles.ts";

/** What a request will cost (contract §9): so many pictures at the list price of Beijing, which a gateway does not tell. */
export function estimateImages(profile: ImageProfile, { options, region }: EstimateInput): Estimate {
  const each = profile.price;
  if (each === undefined || region === "intl") return { kind: "unknown" };
  const count = Number(options.count ?? 1);
  return {
    kind: "money",
    low: rounded(each * (options.sequential === true ? 1 : count)),
    high: rounded(each * count),
    currency: "CNY",
    basis: { unitPrice: each, per: "image", count },
  };
}

/** What was used: only pictures that came are billed (contract §9). */
export function imageUsage(model: string, images: number, region: EstimateInput["region"]): Usage {
  const each = imageProfiles.find(({ id }) => id === model)?.price;
  const units = { images };
  if (each === undefined || region === "intl") return { units };
  return { units, money: { amount: rounded(each * images), currency: "CNY" } };
}
