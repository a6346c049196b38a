import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { imageSize } from "image-size";
import { tokenFault } from "../simulator/kling/jwt.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import {
  type Answer,
  type Body,
  FIXTURE_TIME,
  FIXTURES,
  type Fixture,
  klingClient,
  readFixture,
  shape,
  token,
} from "./kling-client.ts";

const TASK_MS = 1000;
const TEXT = "/v1/videos/text2video";
const IMAGE = "/v1/videos/image2video";
const OMNI = "/v1/videos/omni-video";
const V3 = { model_name: "kling-v3", prompt: "a boat", duration: "5" };
const PNG = "https://example.com/a.png";
const MP4 = "https://example.com/a.mp4";
const MP3 = "https://example.com/a.mp3";

type Kling = ReturnType<typeof klingClient>;

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

describe("simulator: Kling", () => {
  let simulator: Simulator;
  let kling: Kling;
  before(async () => {
    simulator = await startSimulator({ taskMs: TASK_MS });
    kling = klingClient(simulator.ready);
  });
  beforeEach(async () => {
    await kling.reset();
    await kling.advance(FIXTURE_TIME - Date.now());
  });
  after(() => simulator.close());

  const refused = async (path: string, body: unknown, code: number, message: RegExp) => {
    const answer = await kling.post(path, body);
    assert.deepEqual([answer.body.code, "data" in answer.body], [code, false], answer.text);
    assert.match(answer.body.message, message);
    return answer;
  };

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

  describe("credentials", () => {
    type Vector = { name: string; accessKey?: string; secretKey?: string; verifyAt?: number; token: string };
    const vectors = readFixture<{
      accept: Vector[];
      reject: (Vector & { expect: { code: number } })[];
    }>("jwt-vectors.json");
    const verdict = ({ accessKey, secretKey, verifyAt, token: text }: Vector) =>
      tokenFault(text, (key) => (key === accessKey ? secretKey : undefined), verifyAt ?? FIXTURE_TIME / 1000)
        ?.code;
    for (const vector of vectors.accept)
      it(`accepts ${vector.name}`, () => assert.equal(verdict(vector), undefined));
    for (const vector of vectors.reject)
      it(`refuses ${vector.name}`, () => assert.equal(verdict(vector), vector.expect.code));

    const tried = async (authorization: string, path = `${TEXT}/none`, method = "GET") => {
      const { status, body } = await kling.call(
        method,
        path,
        method === "GET" ? undefined : {},
        authorization,
      );
      return [status, body.code];
    };
    it("holds the window of a token against the simulated clock, and a skewed one", async () => {
      const { accessKey, secretKey } = simulator.ready.kling;
      const bearer = `Bearer ${token(accessKey, secretKey, FIXTURE_TIME / 1000)}`;
      assert.deepEqual(await tried(bearer), [400, 1201]);
      await kling.fault("skew", { params: { ms: -60_000 } });
      assert.deepEqual(await tried(bearer), [401, 1003]);
      await kling.fault("skew", { params: { ms: 1_900_000 } });
      assert.deepEqual(await tried(bearer), [401, 1004]);
      const lasting = token(accessKey, secretKey, FIXTURE_TIME / 1000, { exp: undefined });
      assert.deepEqual(await tried(`Bearer ${lasting}`), [401, 1000]);
      const other = token(accessKey, secretKey, FIXTURE_TIME / 1000, {}, "HS512");
      assert.deepEqual(await tried(`Bearer ${other}`), [401, 1002]);
    });
    it("takes the API key everywhere, and nothing else on the newer paths", async () => {
      const { apiKey, accessKey, secretKey } = simulator.ready.kling;
      assert.deepEqual(await tried(`Bearer ${apiKey}`), [400, 1201]);
      assert.deepEqual(await tried(`Bearer ${apiKey}`, "/tasks?task_ids=0"), [200, 0]);
      const bearer = `Bearer ${token(accessKey, secretKey, FIXTURE_TIME / 1000)}`;
      for (const [method, path] of [
        ["GET", "/tasks?task_ids=0"],
        ["POST", "/omni-video/kling-o1"],
        ["POST", "/account/billing/balance"],
      ] as const)
        assert.deepEqual(await tried(bearer, path, method), [401, 1002]);
    });
    it("tells an empty header from a wrong one", async () => {
      assert.deepEqual(await tried(""), [401, 1001]);
      assert.deepEqual(await tried("Basic x"), [401, 1002]);
      assert.deepEqual(await tried("Bearer other-key"), [401, 1002]);
    });
  });

  describe("refuses", () => {
    const shots = (...durations: string[]) => ({
      multi_shot: true,
      shot_type: "customize",
      prompt: undefined,
      multi_prompt: durations.map((duration, at) => ({ index: at + 1, prompt: "x", duration })),
    });
    const config = (more: Body) => ({
      model_name: "kling-v1-6",
      camera_control: { type: "simple", config: { zoom: 5, ...more } },
    });
    const V26 = { model_name: "kling-v2-6" };
    const OMNI3 = { model_name: "kling-v3-omni", aspect_ratio: "1:1" };
    const element = { element_id: 321922438904313 };
    const images = (count: number) => Array.from({ length: count }, () => ({ image_url: PNG }));
    const cases: [string, string, Body, RegExp][] = [
      ["no prompt", TEXT, { prompt: "" }, /prompt is required/],
      ["a prompt too long", TEXT, { prompt: "x".repeat(2501) }, /2500/],
      ["a duration that is no text", TEXT, { duration: 5 }, /duration must be a string/],
      ["a duration of another model", TEXT, { ...V26, duration: "7" }, /duration/],
      ["16 seconds", TEXT, { duration: "16" }, /duration/],
      ["4k of an older model", TEXT, { ...V26, mode: "4k" }, /mode/],
      [
        "a mode where there is none",
        TEXT,
        { model_name: "kling-v2-master", mode: "std" },
        /not supported with mode/,
      ],
      ["sound of an older model", TEXT, { model_name: "kling-v2-5-turbo", sound: "on" }, /sound/],
      ["sound in std on 2.6", TEXT, { ...V26, sound: "on", mode: "std" }, /sound in std mode/],
      ["cfg_scale on 2.x", TEXT, { ...V26, cfg_scale: 0.5 }, /cfg_scale/],
      ["cfg_scale above 1", TEXT, { cfg_scale: 1.1 }, /cfg_scale/],
      ["another ratio", TEXT, { aspect_ratio: "4:3" }, /aspect_ratio/],
      ["a model of image2video", TEXT, { model_name: "kling-v2-1" }, /model_name/],
      ["shots on 2.6", TEXT, { ...V26, ...shots("5") }, /multi shot/],
      ["shots without a type", TEXT, { multi_shot: true }, /shot_type is required/],
      ["shots that do not add up", TEXT, shots("3", "3"), /sum/],
      ["seven shots", TEXT, shots("1", "1", "1", "1", "1", "1", "1"), /multi_prompt/],
      ["a shot of no time", TEXT, shots("0", "5"), /at least 1/],
      ["voices without sound", TEXT, { voice_list: [{ voice_id: "829824295735410756" }] }, /sound on/],
      ["an unknown voice", TEXT, { sound: "on", voice_list: [{ voice_id: "1" }] }, /voice not found/],
      ["a camera on v3", TEXT, { camera_control: { type: "down_back" } }, /camera control/],
      ["two axes", TEXT, config({ pan: 1 }), /exactly one/],
      ["an axis beyond 10", TEXT, config({ zoom: 11 }), /zoom/],
      [
        "a config for a preset move",
        TEXT,
        { model_name: "kling-v1-6", camera_control: { type: "down_back", config: {} } },
        /only for type simple/,
      ],
      ["a callback that is no address", TEXT, { callback_url: "here" }, /callback_url/],
      ["a watermark that is no switch", TEXT, { watermark_info: { enabled: "no" } }, /enabled/],
      ["no picture", IMAGE, {}, /at least one of image/],
      ["a data URI", IMAGE, { image: `data:image/png;base64,${picture(400, 400)}` }, /not in a valid base64/],
      ["base64 cut short", IMAGE, { image: picture(400, 400).slice(0, -1) }, /not in a valid base64/],
      ["an end frame alone", IMAGE, { image_tail: PNG }, /image_tail only/],
      [
        "an end frame in std on 2.6",
        IMAGE,
        { ...V26, image: PNG, image_tail: PNG, mode: "std" },
        /image_tail in std mode/,
      ],
      [
        "an end frame with sound on 2.6",
        IMAGE,
        { ...V26, image: PNG, image_tail: PNG, mode: "pro", sound: "on" },
        /image_tail and sound/,
      ],
      [
        "masks and an end frame",
        IMAGE,
        { model_name: "kling-v1", image: PNG, image_tail: PNG, static_mask: PNG },
        /at the same time/,
      ],
      [
        "a path of one point",
        IMAGE,
        {
          model_name: "kling-v1",
          image: PNG,
          dynamic_masks: [{ mask: PNG, trajectories: [{ x: 1, y: 1 }] }],
        },
        /trajectories/,
      ],
      ["elements on 2.6", IMAGE, { ...V26, image: PNG, element_list: [element] }, /element_list/],
      [
        "elements and voices",
        IMAGE,
        {
          image: PNG,
          sound: "on",
          element_list: [element],
          voice_list: [{ voice_id: "829824295735410756" }],
        },
        /at the same time/,
      ],
      ["an element id as text", IMAGE, { image: PNG, element_list: [{ element_id: "160" }] }, /int64/],
      [
        "an element nobody has",
        IMAGE,
        { image: PNG, element_list: [{ element_id: 161 }] },
        /element not found/,
      ],
      [
        "the rounded id of an element",
        IMAGE,
        { image: PNG, element_list: [{ element_id: 829836802793406600 }] },
        /element not found/,
      ],
      ["a mention of nothing", IMAGE, { image: PNG, prompt: "<<<element_1>>>" }, /refers to/],
      [
        "an end frame before a first",
        OMNI,
        { ...OMNI3, image_list: [{ image_url: PNG, type: "end_frame" }] },
        /first_frame/,
      ],
      ["eight references", OMNI, { ...OMNI3, image_list: images(8) }, /image_list/],
      [
        "five references and a video",
        OMNI,
        { ...OMNI3, image_list: images(5), video_list: [{ video_url: MP4 }] },
        /cannot exceed 4/,
      ],
      ["the wrong list key", OMNI, { ...OMNI3, image_list: [{ image: PNG }] }, /image_url is required/],
      [
        "a video that is a file",
        OMNI,
        { ...OMNI3, video_list: [{ video_url: picture(300, 300) }] },
        /not a valid url/,
      ],
      ["two videos", OMNI, { ...OMNI3, video_list: [{ video_url: MP4 }, { video_url: MP4 }] }, /video_list/],
      [
        "sound with a video",
        OMNI,
        { ...OMNI3, sound: "on", video_list: [{ video_url: MP4 }] },
        /sound must be off/,
      ],
      ["no ratio", OMNI, { model_name: "kling-v3-omni" }, /aspect_ratio is required/],
      [
        "7 seconds of text on O1",
        OMNI,
        { model_name: "kling-video-o1", aspect_ratio: "1:1", duration: "7" },
        /duration/,
      ],
      ["4k on O1", OMNI, { model_name: "kling-video-o1", aspect_ratio: "1:1", mode: "4k" }, /mode/],
      [
        "no video",
        "/v1/videos/motion-control",
        { image_url: PNG, character_orientation: "image", mode: "std" },
        /video_url/,
      ],
      [
        "no mode",
        "/v1/videos/motion-control",
        { image_url: PNG, video_url: MP4, character_orientation: "image" },
        /mode/,
      ],
      ["a video nobody made", "/v1/videos/video-extend", { video_id: "1" }, /Video not found/],
      ["both sources", "/v1/videos/identify-face", { video_id: "1", video_url: MP4 }, /exactly one/],
      ["an unknown session", "/v1/videos/advanced-lip-sync", { session_id: "s-0" }, /Session not found/],
      [
        "one picture for two",
        "/v1/videos/effects",
        { effect_scene: "hug_pro", input: { image: PNG } },
        /input.images/,
      ],
      [
        "a scene that is gone",
        "/v1/videos/effects",
        { effect_scene: "hug", input: { image: PNG } },
        /effect_scene/,
      ],
      [
        "two sounds",
        "/v1/videos/avatar/image2video",
        { image: PNG, audio_id: "1", sound_file: MP3 },
        /exactly one/,
      ],
      [
        "five pictures",
        "/v1/videos/multi-image2video",
        { model_name: "kling-v1-6", image_list: new Array(5).fill({ image: PNG }) },
        /image_list/,
      ],
      [
        "a negative prompt with a picture",
        "/v1/images/generations",
        { image: PNG, negative_prompt: "x" },
        /negative_prompt/,
      ],
      ["ten pictures", "/v1/images/generations", { n: 10 }, /n must be/],
      ["4k", "/v1/images/generations", { resolution: "4k" }, /resolution/],
      ["elements as text", "/v1/images/generations", { element_list: "[]" }, /element_list/],
      [
        "a subject on v3",
        "/v1/images/generations",
        { image: PNG, image_reference: "subject" },
        /image_reference/,
      ],
      [
        "a series of O1",
        "/v1/images/omni-image",
        { model_name: "kling-image-o1", result_type: "series" },
        /series/,
      ],
      ["4k of O1", "/v1/images/omni-image", { model_name: "kling-image-o1", resolution: "4k" }, /resolution/],
      [
        "a series of one",
        "/v1/images/omni-image",
        { model_name: "kling-v3-omni", result_type: "series", series_amount: 1 },
        /series_amount/,
      ],
      [
        "no subject",
        "/v1/images/multi-image2image",
        { model_name: "kling-v2-1", subject_image_list: [] },
        /subject_image_list/,
      ],
      [
        "more than three times the area",
        "/v1/images/editing/expand",
        {
          image: PNG,
          up_expansion_ratio: 1,
          down_expansion_ratio: 1,
          left_expansion_ratio: 0.1,
          right_expansion_ratio: 0,
        },
        /3 times/,
      ],
      [
        "a side left out",
        "/v1/images/editing/expand",
        { image: PNG, up_expansion_ratio: 1 },
        /down_expansion_ratio is required/,
      ],
      [
        "no garment",
        "/v1/images/kolors-virtual-try-on",
        { model_name: undefined, human_image: PNG },
        /cloth_image/,
      ],
      [
        "a name too long",
        "/v1/general/advanced-custom-elements",
        { element_name: "x".repeat(21) },
        /element_name/,
      ],
      [
        "no picture but the front",
        "/v1/general/advanced-custom-elements",
        {
          element_name: "x",
          element_description: "y",
          reference_type: "image_refer",
          element_image_list: { frontal_image: PNG },
        },
        /refer_images/,
      ],
      [
        "an unknown tag",
        "/v1/general/advanced-custom-elements",
        {
          element_name: "x",
          element_description: "y",
          reference_type: "image_refer",
          tag_list: [{ tag_id: "o_1" }],
        },
        /tag_id/,
      ],
      ["a preset", "/v1/general/delete-elements", { element_id: "160" }, /only custom/],
      [
        "an id as number",
        "/v1/general/delete-advanced-elements",
        { element_id: 321922438904313 },
        /must be a string/,
      ],
      ["a duration as text", "/v1/audio/text-to-audio", { duration: "5" }, /duration must be a number/],
      ["2 seconds", "/v1/audio/text-to-audio", { duration: 2 }, /between 3 and 10/],
      ["neither source", "/v1/audio/video-to-audio", {}, /exactly one/],
      [
        "a fast voice",
        "/v1/audio/tts",
        { text: "x", voice_id: "oversea_male1", voice_language: "en", voice_speed: 3 },
        /voice_speed/,
      ],
      [
        "another language",
        "/v1/audio/tts",
        { text: "x", voice_id: "oversea_male1", voice_language: "fr" },
        /voice_language/,
      ],
    ];
    for (const [name, path, body, message] of cases)
      it(`${path}: ${name}`, async () => {
        const answer = await refused(path, { ...V3, ...body }, 1201, message);
        assert.equal(answer.status, 400);
        assert.deepEqual(await kling.charges(), []);
      });

    it("bodies, methods, paths and models of no kind", async () => {
      await refused(TEXT, "{", 1200, /Invalid request/);
      await refused("/v1/videos/nothing", {}, 1203, /does not exist/);
      assert.equal((await kling.call("PUT", TEXT, {})).body.code, 1202);
      await refused("/text-to-video/kling-9", { prompt: "x" }, 1203, /does not exist/);
    });
    it("kling-v1 once it is gone", async () => {
      await kling.create(TEXT, { prompt: "x" });
      await kling.advance(Date.UTC(2026, 8, 1) - FIXTURE_TIME);
      await refused(TEXT, { prompt: "x" }, 1203, /model/);
    });
  });

  describe("the newer paths", () => {
    const settings = (more: Body) => ({ prompt: "x", settings: more });
    const contents = (...items: Body[]) => ({
      contents: [{ type: "prompt", text: "x" }, ...items],
      settings: { aspect_ratio: "1:1" },
    });
    const first = { type: "first_frame", url: PNG };
    const cases: [string, string, Body, RegExp][] = [
      ["a duration as text", "/text-to-video/kling-3.0", settings({ duration: "5" }), /number/],
      ["4k on turbo", "/text-to-video/kling-3.0-turbo", settings({ resolution: "4k" }), /resolution/],
      ["silence on turbo", "/text-to-video/kling-3.0-turbo", settings({ audio: "off" }), /audio off/],
      ["sound in 720p on 2.6", "/text-to-video/kling-2.6", settings({ audio: "native" }), /native audio/],
      [
        "sound on 2.5",
        "/text-to-video/kling-2.5-turbo",
        settings({ audio: "native", resolution: "1080p" }),
        /native audio/,
      ],
      ["7 seconds on 2.6", "/text-to-video/kling-2.6", settings({ duration: 7 }), /duration/],
      [
        "shots that do not add up",
        "/text-to-video/kling-3.0",
        { prompt: "shot 1, 3, a; shot 2, 3, b;" },
        /sum/,
      ],
      ["no first frame", "/image-to-video/kling-3.0", contents(), /first_frame is required/],
      [
        "a last frame on turbo",
        "/image-to-video/kling-3.0-turbo",
        contents(first, { type: "last_frame", url: PNG }),
        /last_frame/,
      ],
      [
        "four elements",
        "/image-to-video/kling-3.0",
        contents(first, ...new Array(4).fill({ type: "element", element_id: "160" })),
        /4 elements/,
      ],
      [
        "the same name twice",
        "/omni-video/kling-3.0-omni",
        contents({ type: "refer_image", url: PNG, id: "a" }, { type: "refer_image", url: PNG, id: "a" }),
        /twice/,
      ],
      [
        "an element id as number",
        "/omni-video/kling-3.0-omni",
        contents({ type: "element", element_id: 160 }),
        /string/,
      ],
      [
        "a base video and a frame",
        "/omni-video/kling-o1",
        contents(first, { type: "base_video", url: MP4 }),
        /base_video/,
      ],
      [
        "no dance",
        "/motion-control/kling-3.0",
        { contents: [{ type: "image", url: PNG }], settings: { character_orientation: "image" } },
        /image and video/,
      ],
      [
        "the legacy end frame",
        "/image-to-video/kling-3.0",
        contents(first, { type: "end_frame", url: PNG }),
        /type/,
      ],
    ];
    for (const [name, path, body, message] of cases)
      it(`refuse ${name}`, async () => {
        await refused(path, body, 1201, message);
      });

    it("accept what each family is for, and charge it", async () => {
      await kling.create("/text-to-video/kling-3.0-turbo", settings({ duration: 3 }));
      await kling.create("/image-to-video/kling-2.6", {
        ...contents(first, { type: "voice", voice_id: "829824295735410756" }),
        settings: { resolution: "1080p", audio: "native" },
      });
      await kling.create("/omni-video/kling-o1", contents({ type: "base_video", url: MP4 }));
      await kling.create("/motion-control/kling-3.0", {
        contents: [
          { type: "image", url: PNG },
          { type: "video", url: MP4 },
        ],
        settings: { character_orientation: "video" },
      });
      assert.deepEqual(
        (await kling.charges()).map(({ operation, model, amount }) => [operation, model, amount]),
        [
          ["text-to-video", "kling-v3-turbo", 2.4],
          ["image-to-video", "kling-v2-6", 6],
          ["edit-video", "kling-video-o1", 4.5],
          ["motion-control", "kling-v3", 5.4],
        ],
      );
    });
    it("list tasks of both generations by time, filter and cursor", async () => {
      for (const n of [1, 2, 3]) await kling.create(TEXT, { ...V3, external_task_id: `own-${n}` });
      await kling.create("/v1/images/generations", { prompt: "x" });
      await kling.advance(60_000);
      const page = async (cursor: string) => {
        const times = { start_time: FIXTURE_TIME - 1000, end_time: String(FIXTURE_TIME + 120_000) };
        const filters = [{ key: "product_type", values: ["video"] }];
        return (await kling.post("/tasks", { ...times, limit: 2, cursor, filters })).body.data;
      };
      const one = await page("");
      const two = await page(String(one.next_cursor));
      assert.deepEqual([one.count, one.has_more, two.count, two.has_more], [2, true, 1, false]);
      const byOwn = (await kling.get("/tasks?external_task_ids=own-2,nobody")).body.data as unknown as Body[];
      assert.deepEqual(
        byOwn.map(({ status, external_id }) => [status, external_id]),
        [["succeeded", "own-2"]],
      );
    });
  });

  describe("tasks", () => {
    const status = async (path: string, id: string) =>
      (await kling.get(`${path}/${id}`)).body.data.task_status;

    it("go from submitted to processing to succeed by the simulated clock", async () => {
      const id = await kling.create(TEXT, V3);
      const seen = [await status(TEXT, id)];
      for (const ms of [TASK_MS / 2, TASK_MS]) {
        await kling.advance(ms);
        seen.push(await status(TEXT, id));
      }
      assert.deepEqual(seen, ["submitted", "processing", "succeed"]);
    });
    it("end by themselves within three seconds of real time", async () => {
      const id = await kling.create(TEXT, V3);
      const begun = performance.now();
      while ((await status(TEXT, id)) !== "succeed") assert.ok(performance.now() - begun < 3000);
    });
    it("are found on their own path alone, by either id; lip sync by its own only", async () => {
      const id = await kling.create(TEXT, { ...V3, external_task_id: "mine" });
      assert.equal((await kling.get(`${IMAGE}/${id}`)).body.code, 1201);
      assert.equal((await kling.get(`${TEXT}/mine`)).body.data.task_id, id);
      const sync = await kling.create("/v1/videos/advanced-lip-sync", {
        session_id: await session(kling),
        external_task_id: "sync",
        face_choose: [
          { face_id: "0", sound_file: MP3, sound_start_time: 0, sound_end_time: 2000, sound_insert_time: 0 },
        ],
      });
      assert.equal((await kling.get(`/v1/videos/advanced-lip-sync/${sync}`)).status, 200);
      assert.equal((await kling.get("/v1/videos/advanced-lip-sync/sync")).body.code, 1201);
    });
    it("fail without a charge, and free the caller's id only when refused", async () => {
      const failed = await kling.finish(IMAGE, { ...V3, image: picture(1000, 300) });
      assert.equal(failed.task_status_msg, "Image pixel is invalid");
      await refused(TEXT, { ...V3, prompt: "[error 1301]", external_task_id: "again" }, 1301, /security/);
      await kling.create(TEXT, { ...V3, external_task_id: "again" });
      await refused(
        "/v1/images/generations",
        { prompt: "x", external_task_id: "again" },
        1201,
        /already exists/,
      );
      assert.equal((await kling.charges()).length, 1);
    });
    it("count pictures as parallel tasks of their model", async () => {
      const ask = (n: number) => kling.post("/v1/images/generations", { prompt: "x", n });
      assert.equal((await ask(4)).status, 200);
      assert.equal((await ask(6)).body.code, 1303);
      assert.equal((await ask(5)).status, 200);
      assert.equal((await ask(1)).body.code, 1303);
      assert.equal((await kling.post("/v1/images/omni-image", { prompt: "x" })).status, 200);
      await kling.advance(TASK_MS);
      assert.equal((await ask(1)).status, 200);
    });
    it("are listed newest first, by pages", async () => {
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1) ids.unshift(await kling.create(TEXT, V3));
      const page = async (query: string) =>
        ((await kling.get(`${TEXT}?${query}`)).body.data as unknown as Body[]).map(({ task_id }) => task_id);
      assert.deepEqual(await page("pageNum=1&pageSize=2"), ids.slice(0, 2));
      assert.deepEqual(await page("pageNum=2&pageSize=2"), ids.slice(2));
      for (const query of ["pageSize=501", "pageNum=0", "pageNum=1001", "pageSize=x"])
        assert.equal((await kling.get(`${TEXT}?${query}`)).body.code, 1201);
      assert.equal((await kling.get("/v1/general/custom-voices?pageSize=1000")).status, 200);
    });
    it("never end, or say something else, when a fault says so", async () => {
      await kling.fault("neverEnds", { params: { on: "api" } });
      const stuck = await kling.create(TEXT, V3);
      await kling.fault("unknownStatus", { method: "POST" });
      const odd = await kling.create(TEXT, V3);
      const late = await kling.create(TEXT, V3);
      await kling.advance(TASK_MS / 2);
      assert.equal(await status(TEXT, odd), "reviewing");
      await kling.fault("neverEnds", { method: "GET", params: { on: "api" } });
      await status(TEXT, late);
      await kling.advance(24 * 3600 * 1000);
      const all = await Promise.all([stuck, odd, late].map((id) => status(TEXT, id)));
      assert.deepEqual(all, ["processing", "succeed", "processing"]);
    });
    it("meet the faults of the frame", async () => {
      await kling.fault("reset", { params: { billed: true } });
      await assert.rejects(kling.post(TEXT, { ...V3, external_task_id: "lost" }));
      assert.equal((await kling.get(`${TEXT}/lost`)).body.data.task_status, "submitted");
      assert.equal((await kling.charges()).length, 1);
      await kling.advance(TASK_MS);
      await kling.fault("noLink");
      assert.doesNotMatch((await kling.get(`${TEXT}/lost`)).text, /http/);
      await kling.fault("status", { params: { status: 504 } });
      assert.equal((await kling.post(TEXT, V3)).body.code, 5002);
    });
  });

  describe("results", () => {
    const download = async (url: unknown, init: RequestInit = {}) => {
      const answer = await fetch(String(url), init);
      return {
        type: answer.headers.get("content-type"),
        status: answer.status,
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
    };
    const items = (data: Body, list: string) => (data.task_result as Record<string, Body[]>)[list] ?? [];

    it("are MP4s of the asked shape, each with bytes of its own, for 30 days, without credentials", async () => {
      const sizes: number[] = [];
      for (const aspect_ratio of ["16:9", "9:16", "1:1"]) {
        const [video = {}] = items(await kling.finish(TEXT, { ...V3, aspect_ratio }), "videos");
        const { type, bytes } = await download(video.url);
        assert.deepEqual([type, bytes.toString("latin1", 4, 8)], ["video/mp4", "ftyp"]);
        assert.ok(bytes.includes("avc1") && bytes.includes("mp4a"));
        const track = bytes.indexOf("tkhd");
        sizes.push(bytes.readUInt16BE(track + 80), bytes.readUInt16BE(track + 84));
        assert.equal((await download(video.url, { headers: { Authorization: "Bearer x" } })).status, 403);
        await kling.advance(29 * 24 * 3600 * 1000);
        assert.equal((await download(video.url)).status, 200);
        await kling.advance(2 * 24 * 3600 * 1000);
        assert.equal((await download(video.url)).status, 403);
      }
      assert.deepEqual(sizes, [640, 360, 180, 320, 240, 240]);
    });
    it("are PNGs of the asked size, in a series under a name of their own", async () => {
      const ask = { prompt: "x", model_name: "kling-v3-omni", aspect_ratio: "3:2" };
      const single = items(await kling.finish("/v1/images/omni-image", { ...ask, n: 2 }), "images");
      assert.deepEqual(
        single.map(({ index }) => index),
        [0, 1],
      );
      const { width, height, type } = imageSize((await download(single[1]?.url)).bytes);
      assert.deepEqual([width, height, type], [1256, 840, "png"]);
      const series = await kling.finish("/v1/images/omni-image", {
        ...ask,
        result_type: "series",
        series_amount: "auto",
      });
      assert.deepEqual([items(series, "images").length, items(series, "series_images").length], [0, 3]);
      const [wide = {}] = items(
        await kling.finish("/v1/images/editing/expand", {
          image: picture(400, 300),
          up_expansion_ratio: 0,
          down_expansion_ratio: 0,
          left_expansion_ratio: 1,
          right_expansion_ratio: 0.5,
        }),
        "images",
      );
      const whole = imageSize((await download(wide.url)).bytes);
      assert.deepEqual([whole.width, whole.height], [1000, 300]);
    });
    it("are MP3 and WAV", async () => {
      const [sound = {}] = items(
        await kling.finish("/v1/audio/text-to-audio", { prompt: "rain", duration: 3.5 }),
        "audios",
      );
      const mp3 = await download(sound.url_mp3);
      const wav = await download(sound.url_wav);
      assert.deepEqual([mp3.type, mp3.bytes.toString("latin1", 0, 3)], ["audio/mpeg", "ID3"]);
      assert.deepEqual(
        [wav.type, wav.bytes.toString("latin1", 0, 4), wav.bytes.readUInt32LE(4)],
        ["audio/wav", "RIFF", wav.bytes.length - 8],
      );
      assert.equal(sound.duration_mp3, "3.5");
    });
    it("can be used again: extended, given a voice, edited by link, until 30 days are over", async () => {
      const id = await videoId(kling, "kling-v1-6");
      const longer = await kling.finish("/v1/videos/video-extend", { video_id: id });
      assert.equal(((longer.task_info as Body).parent_video as Body).id, id);
      const [video = {}] = items(longer, "videos");
      const edited = await kling.finish(OMNI, {
        ...V3,
        model_name: "kling-v3-omni",
        video_list: [{ video_url: video.url }],
      });
      assert.equal(edited.task_status, "succeed");
      const heard = await kling.finish("/v1/audio/video-to-audio", { video_id: id });
      const [audio = {}] = items(heard, "audios");
      const avatar = await kling.finish("/v1/videos/avatar/image2video", { image: PNG, audio_id: audio.id });
      assert.equal(avatar.task_status, "succeed");
      await refused(
        "/v1/videos/video-extend",
        { video_id: await videoId(kling, "kling-v3") },
        1201,
        /video extend/,
      );
      await kling.advance(31 * 24 * 3600 * 1000);
      await refused("/v1/videos/video-extend", { video_id: id }, 1201, /Video not found/);
    });
    it("of others are not fetched: the task fails", async () => {
      const failed = await kling.finish(IMAGE, { ...V3, image: "https://nowhere.test/a.png" });
      assert.match(String(failed.task_status_msg), /download/);
    });
  });

  it("keeps elements: made, used by exact id, listed, deleted under either path", async () => {
    const { path, body } = readFixture("40-element-create-image.json").request;
    const id = await kling.create(path, body);
    await kling.advance(TASK_MS);
    const [, digits = ""] = /"element_id":(\d+)/.exec((await kling.get(`${path}/${id}`)).text) ?? [];
    assert.ok(BigInt(digits) > 2n ** 53n);
    const using = (text: string) =>
      `{"model_name":"kling-v3","image":"${PNG}","element_list":[{"element_id":${text}}]}`;
    assert.equal((await kling.post(IMAGE, using(digits))).status, 200);
    assert.match(
      await (await fetch(`${simulator.ready.control.baseUrl}/requests`)).text(),
      new RegExp(`"element_id":${digits}`),
    );
    assert.equal(
      (await kling.post("/v1/general/delete-advanced-elements", { element_id: digits })).status,
      200,
    );
    assert.equal((await kling.post(IMAGE, using(digits))).body.code, 1201);
    assert.match((await kling.get(path)).text, /"status":"deleted"/);
    assert.deepEqual(
      (await kling.charges()).map(({ operation }) => operation),
      ["image-to-video"],
    );
  });
  it("keeps voices: made from a speaking video, used, deleted", async () => {
    const speaking = { ...V3, sound: "on", duration: "10" };
    const [video = {}] =
      ((await kling.finish(TEXT, speaking)).task_result as Record<string, Body[]>).videos ?? [];
    const made = await kling.finish("/v1/general/custom-voices", { voice_name: "me", video_id: video.id });
    const [voice = {}] = (made.task_result as Record<string, Body[]>).voices ?? [];
    const using = {
      ...V3,
      sound: "on",
      prompt: "<<<voice_1>>> speaks",
      voice_list: [{ voice_id: voice.voice_id }],
    };
    await kling.create(TEXT, using);
    await kling.post("/v1/general/delete-voices", { voice_id: voice.voice_id });
    await refused(TEXT, using, 1201, /voice not found/);
  });
  it("charges each accepted call once, in the vendor's units", async () => {
    await kling.create(TEXT, { ...V3, mode: "pro", sound: "on", duration: "10" });
    await kling.create("/v1/images/generations", { prompt: "x", n: 3 });
    await kling.create("/v1/images/kolors-virtual-try-on", { human_image: PNG, cloth_image: PNG });
    await kling.post("/v1/videos/identify-face", { video_url: MP4 });
    await kling.post("/v1/audio/tts", { text: "x", voice_id: "oversea_male1", voice_language: "en" });
    assert.deepEqual(
      (await kling.charges()).map(({ vendor, operation, model, amount, unit }) => [
        vendor,
        operation,
        model,
        amount,
        unit,
      ]),
      [
        ["kling", "text-to-video", "kling-v3", 12, "video unit"],
        ["kling", "text-to-image", "kling-v3", 24, "image unit"],
        ["kling", "try-on", "kolors-virtual-try-on-v1", 0.07, "USD"],
        ["kling", "identify-face", "identify-face", 0.05, "video unit"],
        ["kling", "speech", "tts", 0.05, "video unit"],
      ],
    );
  });
  it("takes a video apart only after something in it was marked", async () => {
    const path = "/v1/videos/multi-elements";
    const { session_id } = (await kling.post(`${path}/init-selection`, { video_url: MP4 })).body.data;
    const removal = { session_id, edit_mode: "removal", prompt: "x", duration: "5" };
    await refused(path, removal, 1201, /selection/);
    const points = [{ x: 0.5, y: 0.5 }];
    await refused(
      `${path}/add-selection`,
      { session_id, frame_index: 0, points: [{ x: 2, y: 0 }] },
      1201,
      /x must be/,
    );
    assert.equal(
      (await kling.post(`${path}/add-selection`, { session_id, frame_index: 0, points })).status,
      200,
    );
    assert.equal((await kling.post(`${path}/preview-selection`, { session_id })).status, 200);
    const done = await kling.finish(path, removal);
    assert.equal(((done.task_result as Record<string, Body[]>).videos ?? [])[0]?.session_id, session_id);
    await kling.post(`${path}/clear-selection`, { session_id });
    await refused(path, removal, 1201, /selection/);
  });
  it("tells the costs once a second", async () => {
    const ask = () => kling.get("/account/costs?start_time=1726124664368&end_time=1767366400000");
    assert.equal((await ask()).status, 200);
    assert.equal((await ask()).body.code, 1302);
    await kling.advance(1000);
    assert.equal((await ask()).status, 200);
    assert.equal((await kling.get("/account/costs")).body.code, 1201);
    assert.deepEqual(await kling.charges(), []);
  });
});

/** A PNG as raw base64. */
function picture(width: number, height: number): string {
  return encodePicture({ width, height, format: "png", seed: "input", index: 0 }).toString("base64");
}

async function session(kling: Kling): Promise<string> {
  return String((await kling.post("/v1/videos/identify-face", { video_url: MP4 })).body.data.session_id);
}

async function videoId(kling: Kling, model_name: string): Promise<string> {
  const { task_result } = await kling.finish(TEXT, { ...V3, model_name });
  return String((task_result as { videos: Body[] }).videos[0]?.id);
}

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
