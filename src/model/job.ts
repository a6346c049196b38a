import { z } from "zod";
import type { Json } from "./json.ts";
import { optionValuesSchema, requestSchema } from "./request.ts";

/** Version of the ledger's file format; raised only when an older Easel could not read a newer file. */
export const ledgerVersion = 1;

export const jobStates = [
  "intent",
  "sent",
  "running",
  "downloading",
  "done",
  "failed",
  "cancelled",
  "unknown",
] as const;
export type JobState = (typeof jobStates)[number];

export const assetStates = ["waiting", "placed", "saved", "discarded"] as const;
export type AssetState = (typeof assetStates)[number];

const jsonSchema: z.ZodType<Json> = z.json() as z.ZodType<Json>;

/** Facts about an output, see `OutputFacts` of the vendor contract. */
const outputFactsSchema = z.looseObject({
  seed: z.number().optional(),
  requestId: z.string().optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  zIndex: z.number().optional(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  model: z.string().optional(),
  id: z.string().optional(),
  /** The link it came by, while the job is open: a source for what takes only links. Ms since the epoch. */
  link: z.string().optional(),
  linkExpires: z.number().optional(),
  kind: z.enum(["image", "video", "audio", "text"]).optional(),
  part: z.literal("lastFrame").optional(),
  followUp: z.object({ step: z.literal("final"), options: optionValuesSchema, until: z.number() }).optional(),
});

/** Where an asset landed: its address and when (ms since the epoch). */
const landedSchema = z.object({ uri: z.string(), at: z.number() });

/** One thing that came back. `file` is relative to the job's folder. Bytes, pixels, seconds. */
export const assetSchema = z.looseObject({
  id: z.string(),
  index: z.number(),
  state: z.enum(assetStates),
  file: z.string(),
  kind: z.enum(["image", "video", "audio", "text"]),
  type: z.string(),
  extension: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
  /** Four-character codes of its tracks, and bits of a colour where its video says so. */
  codecs: z.array(z.string()).optional(),
  bitDepth: z.number().optional(),
  facts: outputFactsSchema,
  landed: landedSchema.optional(),
  /** Where it is about to land: written before the edit, so that a crash in between can be told from a loss. */
  placing: landedSchema.optional(),
  discardedAt: z.number().optional(),
  /** What the user wrote in the review so far. */
  alt: z.string().optional(),
  fileName: z.string().optional(),
  /** Name of a still picture for a video, in the folder of the results. */
  poster: z.string().optional(),
});
export type Asset = z.infer<typeof assetSchema>;

const failureSchema = z.looseObject({
  reason: z.string(),
  sent: z.enum(["no", "refused", "unknown"]),
  status: z.number().optional(),
  code: z.string().optional(),
  vendorMessage: z.string().optional(),
  requestId: z.string().optional(),
  field: z.string().optional(),
  route: z.string().optional(),
  retryAfterMs: z.number().optional(),
  retryable: z.boolean().optional(),
  next: z.string().optional(),
});

/** A result that is known but not yet on disk: its slot, link and facts. `url` is empty for bytes that come with the answer. */
const pendingOutputSchema = z.looseObject({
  index: z.number(),
  url: z.string(),
  expires: z.number().optional(),
  facts: outputFactsSchema,
});
export type PendingOutput = z.infer<typeof pendingOutputSchema>;

/**
 * Where the markup will go: the document, the place as an offset in UTF-16 units, and the text around it by which it is found
 * again after a restart. `end` > `offset` replaces what was selected.
 */
export const anchorSchema = z.looseObject({
  uri: z.string(),
  languageId: z.string(),
  offset: z.number(),
  end: z.number(),
  line: z.number(),
  lineText: z.string(),
  before: z.string(),
  after: z.string(),
});
export type AnchorRecord = z.infer<typeof anchorSchema>;

/** One billable call of a job: written before it is sent, closed by what came of it. */
const spendSchema = z.object({
  step: z.string(),
  at: z.number(),
  outcome: z.enum(["open", "accepted", "refused", "unknown"]),
});
export type Spend = z.infer<typeof spendSchema>;

/** One job as it stands in its ledger file. Times in ms since the epoch. */
export const jobSchema = z.looseObject({
  version: z.literal(ledgerVersion),
  id: z.string(),
  created: z.number(),
  updated: z.number(),
  state: z.enum(jobStates),
  request: requestSchema,
  /** Address the request goes to, and what is sent as model if not the catalog's id. */
  baseUrl: z.string(),
  modelOverride: z.string().optional(),
  /** The vendor's other settings at that time, such as where its keys go: a job goes on where it began. */
  settings: z.record(z.string(), jsonSchema).optional(),
  /** Folder the user asked from, so that a result is offered where its workspace is open. */
  workspace: z.string().optional(),
  anchor: anchorSchema.optional(),
  spends: z.array(spendSchema),
  operation: jsonSchema.optional(),
  pending: z.array(pendingOutputSchema),
  assets: z.array(assetSchema),
  failures: z.array(z.object({ index: z.number().optional(), error: failureSchema })),
  warnings: z.array(
    z.object({
      code: z.string(),
      args: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
  texts: z.array(z.string()),
  /** The vendor's last answer, to look at as JSON; without media bytes. */
  answer: jsonSchema.optional(),
  usage: z
    .object({
      units: z.record(z.string(), z.number()),
      money: z.object({ amount: z.number(), currency: z.enum(["CNY", "USD"]) }).optional(),
    })
    .optional(),
  /** When the user stopped it, and whether the vendor may bill it all the same. */
  cancelled: z.object({ at: z.number(), billed: z.enum(["no", "maybe"]) }).optional(),
  /** True if its task was made elsewhere: it is looked at and never sent. */
  adopted: z.literal(true).optional(),
  /** When it closed: prompt, inputs, texts, answer and settings are gone; only a discarded asset may still be here. */
  closed: z.number().optional(),
});
export type Job = z.infer<typeof jobSchema>;
