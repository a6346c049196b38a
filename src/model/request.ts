import { z } from "zod";
import { operationIds } from "./operations.ts";
import { vendorIds } from "./vendors.ts";

/** What an input is used for. */
export const inputRoles = [
  "reference",
  "source",
  "mask",
  "firstFrame",
  "lastFrame",
  "video",
  "audio",
  "person",
  "garment",
] as const;
export type InputRole = (typeof inputRoles)[number];

/**
 * Where an input comes from: a file of the workspace (address and hash only), a file staged in the job's own
 * folder (pasted, dropped, a video frame), or a public link.
 */
export const inputRefSchema = z.object({
  role: z.enum(inputRoles),
  name: z.string(),
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("file"), uri: z.string(), sha256: z.string(), bytes: z.number() }),
    z.object({ kind: z.literal("staged"), file: z.string(), sha256: z.string(), bytes: z.number() }),
    z.object({ kind: z.literal("link"), url: z.string() }),
  ]),
});
export type InputRef = z.infer<typeof inputRefSchema>;
export type InputSource = InputRef["source"];

export const optionValuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** One ask: what to make, with which vendor and model, from what. Checked before anything is sent. */
export const requestSchema = z.object({
  operation: z.enum(operationIds as [(typeof operationIds)[number], ...typeof operationIds]),
  vendor: z.enum(vendorIds),
  model: z.string(),
  prompt: z.string(),
  inputs: z.array(inputRefSchema),
  options: optionValuesSchema,
});
export type AssetRequest = z.infer<typeof requestSchema>;
