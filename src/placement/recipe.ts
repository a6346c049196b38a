import { z } from "zod";
import type { Asset, Job } from "../model/job.ts";
import { type InputRef, optionValuesSchema, requestSchema } from "../model/request.ts";

/** What is put behind a file's name for its recipe. */
export const recipeSuffix = ".recipe.json";

/** Longest recipe that is read back, in bytes: one is written in the placing edit, which takes no more at once. */
export const maxRecipeBytes = 256 * 1024;

/**
 * How an asset was made, as it is written beside it: what would make it again, without keys, addresses of vendors, or where the
 * inputs lay.
 */
export function recipeJson({ request, created, modelOverride }: Job, assets: readonly Asset[]): string {
  const [first] = assets;
  const { operation, vendor, model, prompt, inputs, options } = request;
  const recipe = {
    made: new Date(created).toISOString(),
    operation,
    vendor,
    model,
    ...(modelOverride === undefined ? {} : { endpoint: modelOverride }),
    prompt,
    ...(inputs.length === 0 ? {} : { inputs: inputs.map(inputOf) }),
    options,
    ...(first?.facts.seed === undefined ? {} : { seed: first.facts.seed }),
    files: assets.map(({ sha256, type }) => ({ sha256, type })),
  };
  return `${JSON.stringify(recipe, undefined, 2)}\n`;
}

/** A link may carry rights, so only that there was one is told. */
function inputOf({ role, name, source }: InputRef) {
  return { role, name, ...(source.kind === "link" ? { link: true } : { sha256: source.sha256 }) };
}

const recipeSchema = z.object({
  prompt: z.string().max(100_000),
  operation: requestSchema.shape.operation.optional(),
  vendor: z.string().optional(),
  model: z.string().optional(),
  endpoint: z.string().optional(),
  options: optionValuesSchema.optional(),
  seed: z.number().optional(),
});

/** What Easel uses of a recipe that lies beside a file. */
export type Recipe = z.infer<typeof recipeSchema>;

/** Reads a recipe; undefined for anything else that lies there. Any hand may have written it. */
export function readRecipe(text: string): Recipe | undefined {
  try {
    return recipeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
