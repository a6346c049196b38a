import { env, l10n } from "vscode";
import type { Asset, Job } from "../model/job.ts";
import { codecNames } from "../studio/playability.ts";
import type { FactView } from "../studio/protocol.ts";
import type { Usage } from "../vendors/contract.ts";
import { usageText } from "./cost.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A number of bytes in the unit a person would choose, in the editor's language. */
export function bytesText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(env.language, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}

/** What is known of an asset, for the review: model, size, bytes, seed, request id, usage. */
export function factsOf(job: Job, asset: Asset, modelName: string): FactView[] {
  const { facts } = asset;
  const layer = facts.box?.map(String).join(", ");
  return [
    { label: l10n.t("Model"), value: modelName },
    ...fact(l10n.t("Size"), asset.width && asset.height ? `${asset.width} × ${asset.height}` : undefined),
    ...fact(
      l10n.t("Length"),
      asset.seconds === undefined ? undefined : l10n.t("{0} s", round(asset.seconds)),
    ),
    { label: l10n.t("File"), value: `${asset.type} · ${bytesText(asset.bytes)}` },
    ...fact(l10n.t("Codecs"), codecNames(asset)),
    ...fact(l10n.t("Seed"), facts.seed === undefined ? undefined : String(facts.seed), true),
    ...fact(l10n.t("Layer"), facts.description ?? facts.name),
    ...fact(l10n.t("Position"), layer),
    ...fact(l10n.t("Used"), job.usage && usageText(job.usage as Usage)),
    ...fact(l10n.t("Request id"), facts.requestId, true),
  ];
}

function fact(label: string, value: string | undefined, copy = false): FactView[] {
  return value ? [{ label, value, ...(copy ? { copy } : {}) }] : [];
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
