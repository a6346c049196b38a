import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { Body } from "./control.ts";
import { type Answer, FIXTURES, type Fixture, readFixture, shape } from "./kling-client.ts";
import {
  IMAGE,
  type Kling,
  OMNI,
  PNG,
  picture,
  session,
  TASK_MS,
  TEXT,
  useKling,
  V3,
  videoId,
} from "./simulator-kling-client.ts";

/** What is done before a fixture's request, and what is changed in it: the ids that the simulator gave. */
type Played = { before?: (kling: Kling) => Promise<Change | undefined>; marker?: string };
type Change = { path?: string; query?: Body; body?: Body };

const PLAIN: Played = {};
const finished =
  (path: string, body: Body, ms = 60_000): NonNullable<Played["before"]> =>
  async (kling) => {
    const id = await kling.create(path, body);
    await kling.advance(ms);
    return { path: `${path}/${id}` };
  };
const boat = {
  ...V3,
  external_task_id: "vsc-0001",
  mode: "pro",
  sound: "on",
  watermark_info: { enabled: false },
};

/** How each exchange is brought about. */
const PLAYED: Record<string, Played> = {
  "01-text2video-create.json": PLAIN,
  "02-text2video-query-processing.json": { before: finished(TEXT, boat, TASK_MS / 2) },
  "03-text2video-query-succeed.json": { before: finished(TEXT, boat) },
  "04-query-by-external-id.json": {
    before: async (kling) => {
      await finished(TEXT, boat)(kling);
      return undefined;
    },
  },
  "05-query-failed-task.json": { before: finished(IMAGE, { ...V3, image: picture(200, 400) }) },
  "06-text2video-list.json": {
    before: async (kling) => {
      await kling.finish(TEXT, { ...V3, prompt: "[fail Risk control: content not allowed]" });
      await kling.finish(TEXT, boat);
      return undefined;
    },
  },
  "07-text2video-multishot-customize.json": PLAIN,
  "08-text2video-multishot-intelligence.json": PLAIN,
  "09-text2video-camera-control.json": PLAIN,
  "10-image2video-first-last.json": PLAIN,
  "11-image2video-motion-brush.json": PLAIN,
  "12-image2video-element-voice.json": PLAIN,
  "20-omni-video-create-references.json": PLAIN,
  "21-omni-video-create-frames.json": PLAIN,
  "22-omni-video-edit-base.json": PLAIN,
  "23-omni-video-query-succeed.json": {
    before: finished(OMNI, {
      prompt: "x",
      duration: "5",
      aspect_ratio: "1:1",
      watermark_info: { enabled: true },
    }),
  },
  "30-image-generation-create.json": PLAIN,
  "32-omni-image-create-series.json": PLAIN,
  "34-multi-image2image.json": PLAIN,
  "35-image-expand.json": PLAIN,
  "36-virtual-try-on.json": PLAIN,
  "40-element-create-image.json": PLAIN,
  "42-element-query-succeed.json": {
    before: (kling) => {
      const { path, body } = readFixture("40-element-create-image.json").request;
      return finished(path, body ?? {})(kling);
    },
  },
  "43-element-list-big-id.json": PLAIN,
  "44-element-presets-list.json": PLAIN,
  "45-element-delete.json": PLAIN,
  "50-account-costs.json": PLAIN,
  "51-identify-face.json": PLAIN,
  "52-advanced-lip-sync.json": { before: async (kling) => ({ body: { session_id: await session(kling) } }) },
  "54-effects-dual.json": PLAIN,
  "55-motion-control.json": PLAIN,
  "56-video-extend.json": {
    before: async (kling) => ({ body: { video_id: await videoId(kling, "kling-v1-6") } }),
  },
  "57-text-to-audio-succeed.json": {
    before: finished("/v1/audio/text-to-audio", { prompt: "rain", duration: 5 }),
  },
  "58-tts-sync.json": PLAIN,
  "59-custom-voice-create.json": PLAIN,
  "61-error-1002-garbage-token.json": PLAIN,
  "62-error-1004-expired-token.json": {
    before: async (kling) => {
      await kling.advance(1_801_000);
      return undefined;
    },
  },
  "63-error-1002-jwt-on-new-api.json": PLAIN,
  "66-error-1103-no-permission.json": { marker: "[error 1103]" },
  "67-error-1201-task-not-found.json": PLAIN,
  "68-error-1201-duplicate-external-id.json": {
    before: async (kling) => {
      await kling.create(IMAGE, { ...boat, image: PNG });
      return undefined;
    },
  },
  "69-error-1301-content-policy.json": { marker: "[error 1301]" },
  "70-error-1302-rate.json": { marker: "[error 1302]" },
  "71-error-1303-parallel-limit.json": {
    before: async (kling) => {
      for (let count = 0; count < 5; count += 1) await kling.create(TEXT, V3);
      return undefined;
    },
  },
  "72-error-1304-ip-whitelist.json": { marker: "[error 1304]" },
  "73-error-5001-maintenance.json": {
    before: async (kling) => {
      await kling.fault("status", { params: { status: 503 } });
      return undefined;
    },
  },
  "74-error-1203-unknown-model.json": PLAIN,
  "75-error-1201-feature-not-supported.json": PLAIN,
  "80-new-text-to-video-create.json": PLAIN,
  "81-new-omni-video-create.json": PLAIN,
  "82-new-tasks-by-id.json": {
    before: async (kling) => {
      const options = { external_task_id: "vsc-0101" };
      const good = await kling.create("/text-to-video/kling-3.0", { prompt: "x", options });
      const bad = await kling.create("/text-to-video/kling-3.0", { prompt: "[fail Image pixel is invalid]" });
      await kling.advance(60_000);
      return { query: { task_ids: `${good},999,${bad}` } };
    },
  },
  "83-new-tasks-cursor.json": PLAIN,
  "84-new-error-too-many-ids.json": PLAIN,
};

/** Files that are no exchange with the simulator. */
const OTHERS = [
  // Bodies that the vendor sends: held against what a query answers.
  "90-callback-legacy.json",
  "91-callback-new-signed.json",
  "jwt-vectors.json",
  // Nobody here takes callbacks in, and the simulator sends none.
  "webhook-vectors.json",
];

describe("simulator: the contract's exchanges with Kling", () => {
  const { kling } = useKling();

  describe("answers each fixture's request with the fixture's answer", () => {
    it("knows every file", () =>
      assert.deepEqual(readdirSync(FIXTURES).toSorted(), [...Object.keys(PLAYED), ...OTHERS].toSorted()));
    for (const [file, { before: prepare, marker }] of Object.entries(PLAYED))
      it(file, async () => {
        const { request, response } = readFixture(file);
        const change = (await prepare?.(kling)) ?? {};
        const answer = await replay(kling, request, change, marker);
        const expected = (
          "$rawJson" in response.body ? JSON.parse(String(response.body.$rawJson)) : response.body
        ) as Body;
        assert.equal(answer.status, response.status, answer.text);
        assert.deepEqual(shape(cut(answer.body, expected)), shape(expected));
      });
    it("43: the id keeps its digits on the wire", async () => {
      const { request } = readFixture("43-element-list-big-id.json");
      assert.match((await replay(kling, request, {}, undefined)).text, /"element_id":829836802793406551,/);
    });
    it("90 and 91: what a callback would bring is part of what a query answers", async () => {
      const legacy = (await kling.finish(TEXT, boat)) as Body;
      const { body } = readFixture("90-callback-legacy.json").request;
      assert.deepEqual(shape(common(legacy, body)), shape(body));
      const id = await kling.create("/text-to-video/kling-3.0", { prompt: "x" });
      await kling.advance(60_000);
      const [task] = (await kling.get(`/tasks?task_ids=${id}`)).body.data as unknown as Body[];
      const callback = readFixture("91-callback-new-signed.json").request.body;
      assert.deepEqual(shape(common(task, callback)), shape(callback));
    });
  });
});

/** Sends a fixture's request, with its own credentials, after what was changed in it. */
function replay(
  kling: Kling,
  request: Fixture["request"],
  change: Change,
  marker: string | undefined,
): Promise<Answer> {
  const query = new URLSearchParams({ ...request.query, ...change.query } as Record<string, string>);
  const body = request.body && {
    ...request.body,
    ...change.body,
    ...(marker !== undefined && { prompt: `${request.body.prompt} ${marker}` }),
  };
  const path = `${change.path ?? request.path}${query.size > 0 ? `?${query}` : ""}`;
  return kling.call(request.method, path, body ?? undefined, String(request.headers.Authorization));
}

/** The answer with lists as long as the expected ones, which are excerpts. */
function cut(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.slice(0, expected.length).map((item, at) => cut(item, expected[at]));
  if (isRecord(actual) && isRecord(expected))
    return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, cut(value, expected[key])]));
  return actual;
}

/** The members of `actual` that `expected` has too. */
function common(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return expected.map((item, at) => common(actual[at], item));
  if (isRecord(actual) && isRecord(expected))
    return Object.fromEntries(
      Object.keys(expected)
        .filter((key) => key in actual)
        .map((key) => [key, common(actual[key], expected[key])]),
    );
  return actual;
}

function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
