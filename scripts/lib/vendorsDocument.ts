import type {
  EstimateInput,
  InputLimits,
  InputSlot,
  Model,
  ModelOperation,
} from "../../src/model/catalog.ts";
import { operationIds, operations } from "../../src/model/operations.ts";
import { type OptionField, optionDefaults, optionFields, type SizeRule } from "../../src/model/options.ts";
import { type VendorEntry, vendorEntries } from "../../src/vendors/catalog.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { knownByNameOnly } from "../../src/vendors/visual/products.ts";

/** The catalog as a document: vendor × operation × model × options × limits. A test holds the file against it. */
export const vendorsFile = "docs/vendors.md";

export async function vendorsDocument(): Promise<string> {
  const parts = await Promise.all(vendorEntries.map(async (entry) => vendorPart(entry, await entry.load())));
  return `${[
    "# Vendors",
    "Written from the catalog by `npm run docs`: what each vendor does, by which model, with which options and limits. Names of options are those of recipes and of the catalog; the editor shows them in words. Bold is the default. Prices are estimates for the defaults, from the vendors' lists as far as they are known.",
    matrix(await Promise.all(vendorEntries.map(async (entry) => ({ entry, vendor: await entry.load() })))),
    ...parts,
  ].join("\n\n")}\n`;
}

function matrix(vendors: readonly { entry: VendorEntry; vendor: Vendor }[]): string {
  const can = ({ models }: Vendor, id: (typeof operationIds)[number]) =>
    models.filter((model) => model.operations[id]).length;
  const rows = operationIds
    .filter((id) => vendors.some(({ vendor }) => can(vendor, id) > 0))
    .map((id) => [`\`${id}\``, ...vendors.map(({ vendor }) => String(can(vendor, id) || ""))]);
  const head = ["Operation, models", ...vendors.map(({ entry }) => entry.name)];
  const extras = (["chat", "embed", "rerank", "library"] as const).map((talent) => [
    talent,
    ...vendors.map(({ vendor }) => (vendor[talent] ? "yes" : "")),
  ]);
  return table(head, [...rows, ...extras]);
}

function vendorPart({ id, name }: VendorEntry, vendor: Vendor): string {
  const byOperation = operationIds.flatMap((operation) => {
    const models = vendor.models.flatMap((model) => {
      const profile = model.operations[operation];
      return profile ? [{ model, profile }] : [];
    });
    if (models.length === 0) return [];
    const rows = models.map(({ model, profile }) => row(model, profile));
    return [`### ${operation} (\`${operations[operation].command}\`)\n\n${table(columns, rows)}`];
  });
  return [`## ${name}`, ...byOperation, ...(id === "visual" ? [leftOutPart()] : [])].join("\n\n");
}

function leftOutPart(): string {
  return `### Left out\n\nKnown by name only, so not offered: ${knownByNameOnly.map((key) => `\`${key}\``).join(", ")}.`;
}

const columns = ["Model", "Inputs", "Options", "Longest", "Cost"];

function row(model: Model, profile: ModelOperation): string[] {
  return [
    `${model.name}${model.preview ? " (preview)" : ""}${model.retires ? `, until ${model.retires.on}` : ""}<br>\`${model.id}\``,
    [promptText(profile), ...profile.inputs.map(slotText)].filter(Boolean).join("<br>"),
    optionFields(profile.options).map(fieldText).join("<br>"),
    `${Math.round(profile.deadlineMs / 60_000)} min`,
    costText(profile),
  ];
}

function promptText({ prompt }: ModelOperation): string {
  return prompt === "none" ? "" : `prompt${prompt === "optional" ? "?" : ""}`;
}

function slotText(slot: InputSlot): string {
  const count = slot.min === slot.max ? String(slot.min) : `${slot.min}–${slot.max}`;
  const takes = { bytes: "file", link: "link", either: "file or link" }[slot.takes];
  const ids = slot.ids ? { also: ", or id", only: ", by id" }[slot.ids] : "";
  return `${count} × ${slot.role}: ${takes}${ids}; ${limitsText(slot.limits)}`;
}

function limitsText(limits: InputLimits): string {
  const types = limits.types.map((type) => type.slice(type.indexOf("/") + 1)).join(" ");
  return [
    types,
    `≤ ${bytesText(limits.maxBytes)}`,
    rangeText(limits.minSide, limits.maxSide, "px a side"),
    rangeText(limits.minPixels, limits.maxPixels, "px in all"),
    rangeText(rounded(limits.minRatio), rounded(limits.maxRatio), "ratio"),
    rangeText(limits.minSeconds, limits.maxSeconds, "s"),
  ]
    .filter(Boolean)
    .join(", ");
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(3));
}

function bytesText(bytes: number): string {
  return bytes >= 1e6 ? `${Number((bytes / 2 ** 20).toFixed(1))} MiB` : `${Math.round(bytes / 1024)} KiB`;
}

function rangeText(min: number | undefined, max: number | undefined, unit: string): string {
  if (min === undefined && max === undefined) return "";
  if (min === undefined) return `≤ ${max} ${unit}`;
  return max === undefined ? `≥ ${min} ${unit}` : `${min}–${max} ${unit}`;
}

function fieldText(field: OptionField): string {
  const unit = field.unit ? ` ${field.unit}` : "";
  return `\`${field.key}\`: ${valuesText(field)}${unit}`;
}

function valuesText(field: OptionField): string {
  switch (field.kind) {
    case "choice":
      return field.values.map((value) => bold(value, value === field.default)).join(" ");
    case "boolean":
      return field.default === undefined
        ? "on off"
        : `${bold("on", field.default)} ${bold("off", !field.default)}`;
    case "size":
      return sizeText(field.size, field.default);
    case "text":
      return [
        "text",
        field.maxLength === undefined ? "" : `≤ ${field.maxLength} characters`,
        ...(field.suggestions ?? []).map((value) => bold(value, value === field.default)),
      ]
        .filter(Boolean)
        .join(", ");
    default: {
      const step = field.step && field.step !== 1 ? `, by ${field.step}` : "";
      const value = field.default === undefined ? "" : ` (**${field.default}**)`;
      return `${rangeText(field.min, field.max, "").trim() || "any number"}${step}${value}`;
    }
  }
}

function sizeText({ presets, sizes, free }: SizeRule, value: string | undefined): string {
  const named = presets.map((preset) => bold(preset, preset === value));
  const fixed = sizes
    .map(({ width, height }) => `${width}x${height}`)
    .map((size) => bold(size, size === value));
  const bounds = free && [
    rangeText(free.minPixels, free.maxPixels, "px in all"),
    rangeText(free.minSide, free.maxSide, "px a side"),
    `ratio ${rounded(free.minRatio)}–${rounded(free.maxRatio)}`,
  ];
  return [...named, ...fixed, ...(bounds ? [`or free: ${bounds.filter(Boolean).join(", ")}`] : [])].join(" ");
}

function bold(text: string, is: boolean): string {
  return is ? `**${text}**` : text;
}

function costText(profile: ModelOperation): string {
  const input: EstimateInput = { options: optionDefaults(profile.options), inputCount: 1, region: "cn" };
  const estimate = profile.estimate(input);
  switch (estimate.kind) {
    case "free":
      return "free";
    case "unknown":
      return "unknown";
    case "money":
      return `${span(estimate.low, estimate.high)} ${estimate.currency}`;
    case "units":
      return `${span(estimate.low, estimate.high)} ${estimate.unit}`;
  }
}

function span(low: number, high: number): string {
  const short = (value: number) => String(Number(value.toFixed(4)));
  return low === high ? short(low) : `${short(low)}–${short(high)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
