import { z } from "zod";

/**
 * What an option's schema says about itself beyond its type, attached with zod's `.meta()`.
 * `text` names the words for it (`src/text/options.ts`); everything that shows or documents options reads this.
 */
export interface OptionMeta {
  /** Key of the label, description and value names in `text/options.ts`. */
  text: string;
  /** Unit shown behind a number, as a code of `text/options.ts`: `px`, `s`, `images`. */
  unit?: string;
  /** Asked up front (`basic`) or behind "More options…" (`more`, the default). */
  level?: "basic" | "more";
  /** For a picture size: which presets and which free `WIDTHxHEIGHT` the model takes. */
  size?: SizeRule;
  /** True when every other value costs differently: always sent, never left to the vendor's default. */
  cost?: boolean;
  /** Free text of several lines. */
  multiline?: boolean;
  /** Values of a text that are offered to choose from; any other can be typed. */
  suggestions?: readonly string[];
}

/** The sizes a model takes. Pixels are counted as width × height; ratios as width / height. */
export interface SizeRule {
  /** Names the vendor resolves itself, such as `2K`. */
  presets: readonly string[];
  /** Concrete sizes offered by name of their ratio, such as `{ ratio: "16:9", width: 2848, height: 1600 }`. */
  sizes: readonly { ratio: string; width: number; height: number }[];
  /** Limits of a free `WIDTHxHEIGHT`, inclusive; absent where only presets are taken. */
  free?: {
    minPixels: number;
    maxPixels: number;
    minRatio: number;
    maxRatio: number;
    minSide?: number;
    maxSide?: number;
  };
}

/** Options of one model for one operation: a flat zod object; each member carries an {@link OptionMeta}. */
export type OptionsSchema = z.ZodObject<Record<string, z.ZodType>>;

/** Values of options as they are kept and sent on: plain JSON scalars. */
export type OptionValues = Record<string, string | number | boolean>;

interface FieldBase extends OptionMeta {
  key: string;
}

/** One option, read out of its schema: what forms, quick picks, the docs and tests are made of. */
export type OptionField = FieldBase &
  (
    | { kind: "choice"; values: readonly string[]; default?: string }
    | { kind: "boolean"; default?: boolean }
    | { kind: "integer" | "number"; min?: number; max?: number; step?: number; default?: number }
    | { kind: "size"; size: SizeRule; default?: string }
    | { kind: "text"; maxLength?: number; default?: string }
  );

interface JsonSchemaNode extends Partial<OptionMeta> {
  type?: string;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  maxLength?: number;
}

/** Reads the fields out of an options schema, in the order they were declared. */
export function optionFields(schema: OptionsSchema): OptionField[] {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as unknown as {
    properties?: Record<string, JsonSchemaNode>;
  };
  return Object.entries(json.properties ?? {}).map(([key, node]) => fieldOf(key, node));
}

function fieldOf(key: string, node: JsonSchemaNode): OptionField {
  if (!node.text) throw new TypeError(`option ${key} has no text key in its meta`);
  const base = pick({
    key,
    text: node.text,
    unit: node.unit,
    level: node.level,
    cost: node.cost,
    multiline: node.multiline,
    suggestions: node.suggestions,
    default: node.default,
  }) as unknown as FieldBase & { default?: never };
  if (node.size) return { ...base, kind: "size", size: node.size };
  if (node.enum) return { ...base, kind: "choice", values: node.enum.map(String) };
  if (node.type === "boolean") return { ...base, kind: "boolean" };
  if (node.type === "integer" || node.type === "number") {
    const limits = pick({ min: finite(node.minimum), max: finite(node.maximum), step: node.multipleOf });
    return { ...base, kind: node.type, ...limits };
  }
  return { ...base, kind: "text", ...pick({ maxLength: node.maxLength }) };
}

function finite(limit: number | undefined): number | undefined {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
}

function pick<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}

/** The default of every option of a schema that has one. */
export function optionDefaults(schema: OptionsSchema): OptionValues {
  const defaults: OptionValues = {};
  for (const field of optionFields(schema)) {
    if (field.default !== undefined) defaults[field.key] = field.default;
  }
  return defaults;
}
