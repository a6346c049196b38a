import { l10n } from "vscode";
import type { Estimate } from "../model/catalog.ts";
import type { Usage } from "../vendors/contract.ts";
import { quantity } from "./quantities.ts";

const symbols = { CNY: "¥", USD: "$" } as const;

/** An amount with its currency, with as many decimals as small prices need. */
export function money(amount: number, currency: keyof typeof symbols): string {
  const decimals = amount !== 0 && Math.abs(amount) < 0.1 ? 3 : 2;
  return `${symbols[currency]}${amount.toFixed(decimals)}`;
}

/** The cost line shown before anything is sent. */
export function estimateText(estimate: Estimate): string {
  switch (estimate.kind) {
    case "free":
      return l10n.t("free");
    case "unknown":
      return l10n.t("cost unknown");
    case "units":
      return l10n.t("about {0}", unitText(estimate.unit, range(estimate.low, estimate.high, String)));
    case "money": {
      if (estimate.upTo) return l10n.t("up to {0}", money(estimate.high, estimate.currency));
      const amount = range(estimate.low, estimate.high, (value) => money(value, estimate.currency));
      return l10n.t("about {0}", amount);
    }
  }
}

function range(low: number, high: number, format: (value: number) => string): string {
  return low === high ? format(high) : `${format(low)}–${format(high)}`;
}

/** What a finished request used, in the vendor's units and in money where the price is known. */
export function usageText(usage: Usage): string {
  const units = Object.entries(usage.units)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => unitText(unit, count));
  if (usage.money) units.unshift(money(usage.money.amount, usage.money.currency));
  return units.join(" · ");
}

function unitText(unit: string, count: number | string): string {
  if (unit === "videoUnits") return l10n.t("{0} video units", count);
  if (unit === "imageUnits") return l10n.t("{0} image units", count);
  if (unit === "images" && typeof count === "number") return quantity(count, "images");
  if (unit === "seconds" && typeof count === "number") return quantity(count, "s");
  if (unit === "inputImages") return l10n.t("{0} input images", count);
  if (unit === "tokens") return l10n.t("{0} tokens", count);
  if (unit === "characters" && typeof count === "number") return quantity(count, "characters");
  if (unit === "seconds" && typeof count === "number") return quantity(count, "s");
  if (unit === "webSearches") return l10n.t("{0} web searches", count);
  return `${count} ${unit}`;
}
