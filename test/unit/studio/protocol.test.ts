import assert from "node:assert/strict";
import fc from "fast-check";
import { checkMessage, HostIpc, type MessageHandlers, RequestError } from "../../../src/studio/ipc.ts";
import type { Protocol, ReviewProtocol, ToWebview } from "../../../src/studio/protocol.ts";
import { regionsSchemas, reviewSchemas } from "../../../src/studio/protocolSchema.ts";
import { broken, foreign, type Path, paths } from "./malformed.ts";

const draft = { assetId: "a", alt: "Boats", fileName: "boats", folder: "file:///site/images" };
const action = { kind: "insert", draft, revision: "r1" };
const request = { type: "request", id: 7, method: "act", params: { actionId: "one", action } };

/** Well-formed messages, for breaking. */
const good: object[] = [
  { type: "command", method: "ready", params: {} },
  { type: "command", method: "close", params: {} },
  { type: "command", method: "copy", params: { text: "42" } },
  { type: "command", method: "draft", params: draft },
  { type: "request", id: 1, method: "preview", params: draft },
  request,
  ...[
    { kind: "chooseFolder", draft },
    { kind: "discard", assetId: "a" },
    { kind: "again" },
    { kind: "step", step: "setKey" },
  ].map((each, id) => ({ type: "request", id, method: "act", params: { actionId: "x", action: each } })),
];

describe("messages from a webview", () => {
  it("pass where they are well-formed", () => {
    for (const each of good) assert.deepEqual(checkMessage(reviewSchemas, each), { ok: true, message: each });
    const use = {
      type: "command",
      method: "use",
      params: {
        regions: [
          { kind: "point", x: 1, y: 2 },
          { kind: "box", left: 0, top: 0, right: 9, bottom: 9 },
        ],
      },
    };
    assert.equal(checkMessage(regionsSchemas, use).ok, true);
  });

  it("are refused whatever they hold, 10,000 times, and never throw", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (raw) => {
          assert.equal(checkMessage(reviewSchemas, raw).ok, false);
          assert.equal(checkMessage(regionsSchemas, raw).ok, false);
        },
      ),
      { numRuns: 5_000 },
    );
    const spoilt = fc
      .constantFrom(...good)
      .chain((message) => fc.tuple(fc.constant(message), fc.constantFrom(...paths(message)), foreign));
    fc.assert(
      fc.property(spoilt, ([message, path, by]) => {
        const raw = broken(message, path, by);
        const checked = checkMessage(reviewSchemas, raw);
        // What is free text may be empty or any text; everything else is noticed.
        if (checked.ok)
          assert.ok(typeof by === "string" && by.length < 30_000 && free(path), JSON.stringify(path));
      }),
      { numRuns: 5_000 },
    );
  });

  it("are refused with a member too few or too many", () => {
    for (const message of good) {
      for (const path of paths(message)) {
        if (path.length === 0 || path.at(-1) === "folder") continue;
        assert.equal(checkMessage(reviewSchemas, broken(message, path, undefined)).ok, false, path.join("."));
      }
      assert.equal(checkMessage(reviewSchemas, { ...message, extra: 1 }).ok, false);
    }
  });

  it("cannot name a method that objects have anyway", () => {
    for (const method of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      assert.deepEqual(checkMessage(reviewSchemas, { type: "command", method, params: {} }), { ok: false });
      assert.deepEqual(checkMessage(reviewSchemas, { type: "request", id: 3, method, params: {} }), {
        ok: false,
        id: 3,
      });
    }
  });
});

/** Places where any text is right. */
function free(path: Path): boolean {
  return ["alt", "fileName", "folder", "text", "revision", "assetId", "actionId", "step"].includes(
    String(path.at(-1)),
  );
}

describe("the host's end of the wire", () => {
  function wire(handlers: Partial<MessageHandlers<ReviewProtocol>["requests"]>) {
    const sent: ToWebview[] = [];
    let deliver: (message: unknown) => void = () => {};
    let answered: () => void = () => {};
    const faults: unknown[] = [];
    const ipc = new HostIpc<Protocol>(
      {
        postMessage: async (message) => {
          sent.push(message);
          answered();
          return true;
        },
        onDidReceiveMessage: (listener) => {
          deliver = listener;
          return { dispose: () => {} };
        },
      },
      reviewSchemas as never,
      { commands: {}, requests: handlers as never },
      {
        rejected: () => "not understood",
        failed: (error) => {
          faults.push(error);
          return "see the log";
        },
      },
    );
    const ask = (message: unknown) =>
      new Promise<ToWebview | undefined>((resolve) => {
        answered = () => resolve(sent.at(-1));
        deliver(message);
      });
    return { ipc, ask, faults };
  }

  it("answers a request with its result, or with a reason", async () => {
    const { ask, faults } = wire({
      act: async ({ actionId }) => {
        if (actionId === "gone") throw new RequestError("gone", "The job is gone.");
        if (actionId === "fault") throw new TypeError("secret detail");
        return { outcome: "backedOut" };
      },
    });
    const as = (actionId: string) => ({ ...request, params: { actionId, action } });
    assert.deepEqual(await ask(request), { type: "response", id: 7, result: { outcome: "backedOut" } });
    assert.deepEqual(await ask(as("gone")), {
      type: "response",
      id: 7,
      error: { reason: "gone", message: "The job is gone." },
    });
    assert.deepEqual(await ask(as("fault")), {
      type: "response",
      id: 7,
      error: { reason: "failed", message: "see the log" },
    });
    assert.equal((faults[0] as Error).message, "secret detail");
    assert.deepEqual(await ask({ ...request, params: {} }), {
      type: "response",
      id: 7,
      error: { reason: "invalid", message: "not understood" },
    });
  });
});
