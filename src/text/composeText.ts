import { l10n } from "vscode";
import type { Estimate, InputSlot, ModelOperation } from "../model/catalog.ts";
import type { OptionField } from "../model/options.ts";
import type { Offer } from "../ui/offers.ts";
import { estimateText } from "./cost.ts";
import { optionText, optionValueText } from "./options.ts";
import { mediaTypes, quantity } from "./quantities.ts";

/** What several requests cost together: amounts of one currency or unit are added up. */
export function totalText(estimates: readonly Estimate[]): string {
  const sums = new Map<string, Estimate>();
  for (const estimate of estimates) {
    const key =
      estimate.kind === "money"
        ? estimate.currency
        : estimate.kind === "units"
          ? estimate.unit
          : estimate.kind;
    sums.set(key, added(sums.get(key), estimate));
  }
  const paid = [...sums.values()].filter(({ kind }) => kind !== "free");
  return (paid.length > 0 ? paid : [...sums.values()]).map(estimateText).join(" + ");
}

function added(sum: Estimate | undefined, more: Estimate): Estimate {
  const isSame = sum && (sum.kind === "money" || sum.kind === "units") && sum.kind === more.kind;
  if (!isSame || (more.kind !== "money" && more.kind !== "units")) return more;
  const { upTo: _one, ...rest } = more as Extract<Estimate, { kind: "money" }>;
  const isUpTo = "upTo" in sum || "upTo" in more;
  return {
    ...rest,
    low: sum.low + more.low,
    high: sum.high + more.high,
    ...(isUpTo ? { upTo: true } : {}),
  } as Estimate;
}

/** What a slot takes, in one line: how many, of which types, how large. */
export function slotDetailText({ min, max, limits, takes }: InputSlot): string {
  const counts = min === max ? quantity(max, "files") : l10n.t("{0} to {1}", min, max);
  return [
    max > 1 || min === 0 ? (min === 0 ? l10n.t("up to {0}", max) : counts) : "",
    takes === "link" ? l10n.t("links only") : mediaTypes(limits.types.join(", ")),
    takes === "link" ? "" : l10n.t("at most {0}", quantity(limits.maxBytes, "B")),
    limits.maxSeconds === undefined ? "" : l10n.t("at most {0}", quantity(limits.maxSeconds, "s")),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** An input is in the way: the present model has no place for it, or no more room. */
export function leftText(name: string): string {
  return l10n.t("{0} has no place with this model: remove it, or choose another model.", name);
}

/** Marks of an offer besides its name and cost. */
export function offerNotes({ model, endpoint, profile }: Offer): string[] {
  return [
    endpoint,
    model.preview ? l10n.t("preview") : undefined,
    model.retires ? l10n.t("may be switched off on {0}", model.retires.on) : undefined,
    picturesText(profile),
  ].filter((note) => note !== undefined);
}

function picturesText({ inputs }: ModelOperation): string | undefined {
  const pictures = inputs.filter(({ kind, role }) => kind === "image" && role !== "mask");
  const max = pictures.reduce((sum, slot) => sum + slot.max, 0);
  return max > 1 ? l10n.t("up to {0} pictures", max) : undefined;
}

/** The bounds of a number, in words. */
export function rangeText(field: Extract<OptionField, { kind: "integer" | "number" }>): string | undefined {
  const { min, max } = field;
  if (min === undefined || max === undefined) return undefined;
  // A bound with a name, such as "chosen by the model", is no number to count from.
  if (optionText(field.text).values?.[String(min)] !== undefined) return undefined;
  return l10n.t("{0} to {1}", optionValueText(field, min), optionValueText(field, max));
}

/** The unit behind a number; undefined for a plain one. */
export function unitText(unit: string | undefined): string | undefined {
  if (!unit) return undefined;
  const marked = quantity(1, unit);
  const word = marked.replace(/[\d.,\s]+/g, "");
  return word === "" ? undefined : word;
}
