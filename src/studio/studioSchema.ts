import { z } from "zod";
import { type OperationId, operationIds } from "../model/operations.ts";
import { inputRoles } from "../model/request.ts";
import type { MessageSchemas } from "./ipc.ts";
import { actionSchema, address, draftSchema, empty, id, name, text } from "./protocolSchema.ts";
import { maxPage, maxThumbnailBytes, maxUploadBytes, type StudioProtocol } from "./studioProtocol.ts";
import type { FacetId } from "./studioViews.ts";

const role = z.enum(inputRoles);
const operation = z.enum(operationIds as [OperationId, ...OperationId[]]);
const vendor = z.strictObject({ vendor: id });
const ids = z.array(id).max(1_000);
const count = z.int().min(0).max(10_000_000);
const time = z.int().min(0).max(8.64e15);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const facets: readonly FacetId[] = ["kind", "operation", "vendor", "state", "folder"];
const where = z.partialRecord(z.enum(facets as [FacetId, ...FacetId[]]), z.array(name).max(200));

const query = z.strictObject({
  text: name.exactOptional(),
  where: where.exactOptional(),
  from: time.exactOptional(),
  to: time.exactOptional(),
  batch: id.exactOptional(),
  sort: z.enum(["newest", "oldest", "name", "largest"]),
});

const frameUse = z.enum(["firstFrame", "lastFrame", "reference", "poster"]);

const purpose = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("input"), name, role: role.exactOptional() }),
  z.strictObject({ kind: z.literal("thumbnail"), hash }),
  z.strictObject({
    kind: z.literal("frame"),
    item: id,
    use: frameUse,
    seconds: z.number().min(0).max(1e6),
  }),
]);

const upload = z
  .strictObject({
    purpose,
    bytes: z
      .instanceof(ArrayBuffer)
      .refine(({ byteLength }) => byteLength > 0 && byteLength <= maxUploadBytes),
  })
  .refine(({ purpose: { kind }, bytes }) => kind !== "thumbnail" || bytes.byteLength <= maxThumbnailBytes);

const itemAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("useAsReference"), role: role.exactOptional() }),
  z.strictObject({
    kind: z.enum([
      "editAgain",
      "sameSeed",
      "copyPrompt",
      "copyMarkup",
      "copyPath",
      "reveal",
      "openOutside",
      "discard",
      "undoDiscard",
      "moveAnchor",
    ]),
  }),
  z.strictObject({ kind: z.literal("insertLink"), alt: text, revision: z.string().max(1_000) }),
]);

/** What the Studio's webview may say. */
export const studioSchemas: MessageSchemas<StudioProtocol> = {
  commands: {
    ready: empty,
    setOperation: z.strictObject({ operation }),
    setOffers: z.strictObject({ offers: z.array(id).min(1).max(20) }),
    setOption: z.strictObject({
      offer: id,
      key: id,
      value: z.union([text, z.number(), z.boolean()]).exactOptional(),
    }),
    resetOptions: z.strictObject({ offer: id }),
    addFiles: z.strictObject({ uris: z.array(address).min(1).max(100), role: role.exactOptional() }),
    browse: z.strictObject({ role }),
    moveInput: z.strictObject({ input: id, role, index: count }),
    removeInput: z.strictObject({ input: id }),
    restore: z.strictObject({ id }),
    clear: empty,
    improve: empty,
    improveUse: z.strictObject({ text: z.string().max(100_000) }),
    improveDrop: empty,
    keepSearch: z.strictObject({ text: name }),
    reviewOpen: z.strictObject({ jobId: id, assetId: id.exactOptional() }),
    reviewClose: empty,
    reviewDraft: z.strictObject({ jobId: id, draft: draftSchema }),
    copy: z.strictObject({ text: z.string().max(100_000) }),
    setKey: vendor,
    testKey: vendor,
    removeKey: vendor,
    openSetting: z.strictObject({ setting: z.enum(["outputFolder", "recipes", "all"]) }),
    openPrivacy: empty,
    openWalkthrough: empty,
    manageTrust: empty,
    forgetPlaced: empty,
    tryPlaceholder: empty,
    openPanel: empty,
  },
  requests: {
    setPrompt: z.strictObject({ text: z.string().max(100_000) }),
    generate: z.strictObject({ actionId: id }),
    gallery: z.strictObject({ query, offset: count, limit: z.int().min(1).max(maxPage) }),
    galleryIds: z.strictObject({ query, from: count, to: count }),
    galleryIndex: z.strictObject({ query, item: id }),
    detail: z.strictObject({ item: id }),
    linkPreview: z.strictObject({ item: id, alt: text }),
    act: z.strictObject({ actionId: id, items: ids.min(1), action: itemAction }),
    upload,
    reviewPreview: z.strictObject({ jobId: id, draft: draftSchema }),
    reviewAct: z.strictObject({ jobId: id, actionId: id, action: actionSchema }),
  },
};
