import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { HostIpc, type MessageHandlers } from "../../../src/studio/ipc.ts";
import type { ToWebview } from "../../../src/studio/protocol.ts";
import type { StudioProtocol } from "../../../src/studio/studioProtocol.ts";
import { maxThumbnailBytes, maxUploadBytes } from "../../../src/studio/studioProtocol.ts";
import { studioSchemas } from "../../../src/studio/studioSchema.ts";
import { broken, foreign, type Path, paths } from "./malformed.ts";

const seed = Number(process.env.EASEL_FUZZ_SEED ?? 20_261_122);
const query = {
  text: "fox",
  where: { state: ["waiting"], folder: ["assets"] },
  from: 1,
  to: 2,
  batch: "b",
  sort: "newest",
};
const draft = { assetId: "a", alt: "Boats", fileName: "boats", folder: "file:///site/images" };
const png = () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]).buffer;

const commands: { [M in keyof StudioProtocol["commands"]]: StudioProtocol["commands"][M][] } = {
  ready: [{}],
  keepSearch: [{ text: "fox" }, { text: "" }],
  setOperation: [{ operation: "text-to-image" }],
  setOffers: [{ offers: ["placeholder/placeholder"] }],
  setOption: [
    { offer: "o", key: "count", value: 2 },
    { offer: "o", key: "count" },
  ],
  resetOptions: [{ offer: "o" }],
  addFiles: [{ uris: ["file:///site/a.png"], role: "reference" }],
  browse: [{ role: "mask" }],
  moveInput: [{ input: "i", role: "firstFrame", index: 1 }],
  removeInput: [{ input: "i" }],
  restore: [{ id: "h" }],
  clear: [{}],
  improve: [{}],
  improveUse: [{ text: "a better fox" }],
  improveDrop: [{}],
  reviewOpen: [{ jobId: "j", assetId: "a" }],
  reviewClose: [{}],
  reviewDraft: [{ jobId: "j", draft }],
  copy: [{ text: "42" }],
  setKey: [{ vendor: "kling" }],
  testKey: [{ vendor: "kling" }],
  removeKey: [{ vendor: "kling" }],
  openSetting: [{ setting: "recipes" }],
  openPrivacy: [{}],
  openWalkthrough: [{}],
  manageTrust: [{}],
  forgetPlaced: [{}],
  tryPlaceholder: [{}],
  openPanel: [{}],
};

const requests: { [M in keyof StudioProtocol["requests"]]: object[] } = {
  setPrompt: [{ text: "a fox" }],
  generate: [{ actionId: "x" }],
  gallery: [{ query, offset: 0, limit: 60 }],
  galleryIds: [{ query, from: 0, to: 60 }],
  galleryIndex: [{ query, item: "j/a" }],
  detail: [{ item: "j/a" }],
  linkPreview: [{ item: "j/a", alt: "" }],
  act: [
    { actionId: "x", items: ["j/a"], action: { kind: "useAsReference", role: "source" } },
    { actionId: "x", items: ["j/a"], action: { kind: "discard" } },
    { actionId: "x", items: ["j/a"], action: { kind: "insertLink", alt: "a", revision: "r" } },
  ],
  upload: [
    { purpose: { kind: "input", name: "a.png", role: "source" }, bytes: png() },
    { purpose: { kind: "thumbnail", hash: "0".repeat(64) }, bytes: png() },
    { purpose: { kind: "frame", item: "j/a", use: "poster", seconds: 1.5 }, bytes: png() },
  ],
  reviewPreview: [{ jobId: "j", draft }],
  reviewAct: [{ jobId: "j", actionId: "x", action: { kind: "insert", draft, revision: "r" } }],
};

const good = [
  ...Object.entries(commands).flatMap(([method, all]) =>
    all.map((params) => ({ type: "command", method, params })),
  ),
  ...Object.entries(requests).flatMap(([method, all]) =>
    all.map((params, id) => ({ type: "request", id, method, params })),
  ),
];

/** Places where any text up to a length is right, or a member may be left out. */
const texts =
  /^(text|alt|fileName|folder|revision|name|input|id|offer|key|value|vendor|item|jobId|assetId|actionId|batch|uris|offers|items|\d+)$/;
const optional = /^(value|role|assetId|folder|text|where|from|to|batch|state)$/;

/** Commands whose text may be as long as a prompt. */
const long: readonly string[] = ["setPrompt", "improveUse", "copy"];

function isStillRight(method: string, path: Path, by: unknown): boolean {
  const key = String(path.at(-1));
  const isMember = path.length > 1;
  if (by === undefined) return isMember && optional.test(key);
  if (typeof by === "string")
    return isMember && (by.length < 30_000 || (long.includes(method) && key === "text")) && texts.test(key);
  if (key === "seconds") return by === 1.5;
  if (key === "value") return typeof by === "boolean" || (typeof by === "number" && Number.isFinite(by));
  const isListOfTexts = Array.isArray(by) && by.every((each) => typeof each === "string");
  if (!isListOfTexts) return false;
  // An empty list filters by nothing; other lists need something in them.
  return path.includes("where")
    ? path.at(-2) === "where"
    : /^(items|offers|uris)$/.test(key) && by.length > 0;
}

/** The host's end with handlers that tell of every message that reaches them. */
function host() {
  const reached: unknown[] = [];
  const sent: ToWebview[] = [];
  let deliver: (message: unknown) => void = () => {};
  const handlers = {
    commands: Object.fromEntries(
      Object.keys(commands).map((method) => [method, (params: unknown) => reached.push({ method, params })]),
    ),
    requests: Object.fromEntries(
      Object.keys(requests).map((method) => [
        method,
        async (params: unknown) => void reached.push({ method, params }),
      ]),
    ),
  } as unknown as MessageHandlers<StudioProtocol>;
  let rejected = 0;
  const ipc = new HostIpc<StudioProtocol>(
    {
      postMessage: async (message) => {
        sent.push(message);
        return true;
      },
      onDidReceiveMessage: (listener) => {
        deliver = listener;
        return { dispose: () => {} };
      },
    },
    studioSchemas,
    handlers,
    { rejected: () => `no ${++rejected}`, failed: String },
  );
  return { ipc, reached, sent, deliver: (raw: unknown) => deliver(raw), rejections: () => rejected };
}

const settle = () => new Promise((done) => setImmediate(done));

describe("messages from the Studio", () => {
  it("pass where they are well-formed, every method of them", async () => {
    const { deliver, reached, rejections } = host();
    for (const message of good) deliver(message);
    await settle();
    assert.equal(rejections(), 0);
    assert.deepEqual(
      reached.map((each) => (each as { method: string }).method),
      good.map(({ method }) => method),
    );
  });

  it(`reach nobody where they are malformed, 10,000 times (seed ${seed})`, async function () {
    this.timeout(120_000);
    const spoilt = fc
      .constantFrom(...good)
      .chain((message) =>
        fc.tuple(
          fc.constant(message),
          fc.constantFrom(...paths(message)),
          fc.oneof({ weight: 4, arbitrary: foreign }, { weight: 1, arbitrary: fc.constant(undefined) }),
        ),
      )
      .filter(([{ method }, path, by]) => !isStillRight(method, path, by))
      .map(([message, path, by]) => broken(message, path, by));
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    });
    const malformed = fc.oneof({ weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: anything });
    const { deliver, reached, sent, rejections } = host();
    for (const raw of fc.sample(malformed, { numRuns: 10_000, seed })) {
      const before = rejections();
      deliver(raw);
      assert.equal(rejections(), before + 1, `seed ${seed}: ${shown(raw)}`);
    }
    await settle();
    assert.deepEqual(reached, []);
    assert.ok(sent.every((answer) => "error" in answer && answer.error.reason === "invalid"));
    deliver(good[0]);
    assert.equal(reached.length, 1, "the host goes on after all that");
  });

  it("are refused with a member too many, wherever it stands", () => {
    const { deliver, rejections, reached } = host();
    let sent = 0;
    for (const message of good) {
      for (const path of paths(message)) {
        const place = path.reduce<unknown>(
          (at, key) => (at as Record<string | number, unknown>)[key],
          message,
        );
        const isObject =
          typeof place === "object" && !Array.isArray(place) && !(place instanceof ArrayBuffer);
        if (!isObject) continue;
        deliver(broken(message, [...path, "extra"], 1));
        assert.equal(rejections(), ++sent, `${message.method}: ${path.join(".")}`);
      }
    }
    assert.deepEqual(reached, []);
  });

  it("carry no more bytes than is said, and only bytes", () => {
    const { deliver, rejections } = host();
    const upload = (purpose: object, bytes: unknown) => ({
      type: "request",
      id: 1,
      method: "upload",
      params: { purpose, bytes },
    });
    const input = { kind: "input", name: "a.png" };
    const thumbnail = { kind: "thumbnail", hash: "0".repeat(64) };
    const refused: [object, unknown][] = [
      [input, new ArrayBuffer(0)],
      [input, new ArrayBuffer(maxUploadBytes + 1)],
      [thumbnail, new ArrayBuffer(maxThumbnailBytes + 1)],
      [input, "iVBORw0KGgo="],
      [input, [137, 80]],
      [input, new Uint8Array(4)],
    ];
    for (const [purpose, bytes] of refused) deliver(upload(purpose, bytes));
    assert.equal(rejections(), refused.length);
    deliver(upload(input, new ArrayBuffer(maxUploadBytes)));
    assert.equal(rejections(), refused.length);
  });
});

function shown(raw: unknown): string {
  return inspect(raw, { depth: 6 }).slice(0, 500);
}
