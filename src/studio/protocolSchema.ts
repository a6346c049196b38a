import { z } from "zod";
import type { MessageSchemas } from "./ipc.ts";
import type { MaskProtocol, RegionsProtocol, ReviewProtocol } from "./protocol.ts";

// Longer than anything a person writes, short enough that a broken webview cannot fill the memory.
export const id = z.string().min(1).max(256);
export const text = z.string().max(20_000);
export const name = z.string().max(1_000);
export const address = z.string().max(8_000);

export const empty = z.strictObject({});

export const draftSchema = z.strictObject({
  assetId: id,
  alt: text,
  fileName: name,
  folder: address.exactOptional(),
});

export const actionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["insert", "saveOnly", "saveAs", "copyMarkup"]),
    draft: draftSchema,
    revision: z.string().max(1_000),
  }),
  z.strictObject({ kind: z.enum(["chooseFolder", "describe"]), draft: draftSchema }),
  z.strictObject({
    kind: z.enum(["discard", "undoDiscard", "openOutside", "copyText", "copyLink"]),
    assetId: id,
  }),
  z.strictObject({ kind: z.literal("assetStep"), assetId: id, step: id }),
  z.strictObject({ kind: z.enum(["again", "cancel", "openAnswer"]) }),
  z.strictObject({ kind: z.literal("step"), step: id }),
]);

/** What the review webview may say. */
export const reviewSchemas: MessageSchemas<ReviewProtocol> = {
  commands: { ready: empty, draft: draftSchema, copy: z.strictObject({ text }), close: empty },
  requests: { preview: draftSchema, act: z.strictObject({ actionId: id, action: actionSchema }) },
};

/** What the review webview kept over a reload. Another version of Easel may have written it: unknown members are fine. */
export const reviewStateSchema = z.object({ jobId: id, assetId: id.exactOptional() });

/** Largest mask, in bytes. */
const maxMaskBytes = 32 * 2 ** 20;

const pixel = z.int().min(0).max(1_000_000);
const region = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("point"), x: pixel, y: pixel }),
  z.strictObject({ kind: z.literal("box"), left: pixel, top: pixel, right: pixel, bottom: pixel }),
]);

/** What the region picker's webview may say. */
export const regionsSchemas: MessageSchemas<RegionsProtocol> = {
  commands: { ready: empty, use: z.strictObject({ regions: z.array(region).max(1_000) }), cancel: empty },
  requests: {},
};

/** What the mask painter's webview may say. */
export const maskSchemas: MessageSchemas<MaskProtocol> = {
  commands: { ready: empty, cancel: empty },
  requests: {
    use: z.strictObject({
      bytes: z.instanceof(ArrayBuffer).refine(({ byteLength }) => byteLength <= maxMaskBytes),
    }),
  },
};
