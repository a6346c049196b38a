import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { decode } from "fast-png";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import {
  audio,
  filledTask,
  image,
  mp3Uri,
  mp4Uri,
  type TaskAnswer,
  text,
  video,
  videoClient,
  wavUri,
} from "./ark-video-client.ts";
import { type Body, dataUri, FIXTURES, readFixture } from "./simulator-client.ts";

const V25 = "doubao-seedance-2-5-260628";
const V20 = "doubao-seedance-2-0-260128";
const FAST = "doubao-seedance-2-0-fast-260128";
const MINI = "doubao-seedance-2-0-mini-260615";
const PRO = "doubao-seedance-1-0-pro-250528";
const PRO_FAST = "doubao-seedance-1-0-pro-fast-251015";
const SECOND = 1000;
/** So long that only the simulated clock ends a task. */
const TASK_MS = 60 * SECOND;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const PNG = "https://cdn.example/a.png";
const MP4 = "https://cdn.example/a.mp4";
const MP3 = "https://cdn.example/a.mp3";

type Client = ReturnType<typeof videoClient>;

const boat = { model: V20, content: [text("a boat")], resolution: "720p", ratio: "16:9", duration: 5 };
const saying = (words: string, more: Body = {}) => ({ ...boat, content: [text(words)], ...more });

/** What is done before a fixture's request. It gives the ids that stand for the fixture's, in their order. */
type Played = { before?: (client: Client) => Promise<string[]>; marker?: string };
const PLAIN: Played = {};
const having =
  (ms: number, ...bodies: Body[]): NonNullable<Played["before"]> =>
  async (client) => {
    const ids: string[] = [];
    for (const body of bodies) ids.push(await client.made(body));
    await client.advance(ms);
    return ids;
  };
const withFrame = { ...boat, return_last_frame: true };
const constraint = {
  model: V25,
  content: [text("edit: a white van"), video(MP4)],
  ratio: "16:9",
  duration: 5,
};

/** How each exchange is brought about. */
const PLAYED: Record<string, Played> = {
  "error-account-overdue.json": { marker: "[error AccountOverdueError]" },
  "error-quota-exceeded-queue.json": {
    before: having(0, ...new Array<Body>(50).fill(saying("[queued 1h]"))),
  },
  "error-video-duration.json": PLAIN,
  "error-video-flex-unsupported.json": PLAIN,
  "error-video-mixed-modes.json": PLAIN,
  "error-video-real-person.json": {
    marker: "[error InputImageSensitiveContentDetected.PrivacyInformation]",
  },
  "error-video-task-not-found.json": PLAIN,
  "video-create-draft.json": PLAIN,
  "video-create-edit-2-5.json": PLAIN,
  "video-create-first-frame-base64.json": PLAIN,
  "video-create-first-last-frame.json": PLAIN,
  "video-create-flex-frames.json": PLAIN,
  "video-create-inline-flags.json": PLAIN,
  "video-create-multimodal-reference.json": PLAIN,
  "video-create-text.json": PLAIN,
  "video-delete-queued.json": { before: having(0, saying("[queued 1h]")) },
  "video-delete-running.json": { before: having(TASK_MS / 2, boat) },
  "video-get-expired.json": {
    before: having(DAY, {
      model: PRO,
      content: [text("[queued 40h]")],
      service_tier: "flex",
      execution_expires_after: 86_400,
    }),
  },
  "video-get-failed-task-constraint.json": { before: having(TASK_MS, constraint) },
  "video-get-failed.json": {
    before: having(
      TASK_MS,
      saying("[fail OutputAudioSensitiveContentDetected]", { model: "dreamina-seedance-2-0-260128" }),
    ),
  },
  "video-get-running.json": { before: having(TASK_MS / 2, boat) },
  "video-get-succeeded.json": { before: having(TASK_MS, withFrame) },
  "video-list.json": {
    before: having(TASK_MS, boat, saying("[slow 1h]"), saying("another model", { model: MINI })),
  },
};

const ID = /cgt-\d{14}-[a-z0-9]{5}/g;

describe("simulator: Ark video tasks", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let ark: Client;
  before(async () => {
    simulator = await startSimulator({ taskMs: TASK_MS });
    ark = videoClient(simulator.ready);
  });
  beforeEach(() => ark.reset());
  after(() => simulator.close());

  const code = async (body: Body) => (await ark.create(body)).body.error?.code;
  const finished = async (body: Body) => {
    const id = await ark.made(body);
    await ark.advance(TASK_MS);
    return (await ark.get(id)).body;
  };

  describe("answers each fixture's request with the fixture's answer", () => {
    const files = readdirSync(FIXTURES).filter((file) =>
      readFixture(file).request.path.includes("/contents/generations/tasks"),
    );
    it("knows every fixture", () => assert.deepEqual(files.sort(), Object.keys(PLAYED).sort()));
    for (const [file, { before: prepare, marker = "" }] of Object.entries(PLAYED))
      it(file, async () => {
        const { request, response } = readFixture(file);
        const ids = (await prepare?.(ark)) ?? [];
        const wanted = [...new Set(JSON.stringify(request.path).match(ID))];
        const path = wanted.reduce((whole, id, at) => whole.replace(id, ids[at] ?? id), request.path);
        const body = request.body === null ? undefined : marked(filledTask(request.body), marker);
        const answer = await ark.call(request.method, path.replace("/api/v3", ""), {
          headers: { "Content-Type": "application/json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const actual = (await answer.json()) as Body;
        assert.equal(answer.status, response.status, JSON.stringify(actual));
        assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8");
        assert.match(answer.headers.get("x-request-id") ?? "", /^02\d{13}[0-9a-f]{38}$/);
        assert.deepEqual(alike(actual), alike(response.body));
      });
    it("video-callback.json is what a GET says", async () => {
      const told = readFixture("video-callback.json").request.body ?? {};
      const asked: Body = await finished(boat);
      const same = Object.fromEntries(Object.keys(told).map((field) => [field, asked[field]]));
      assert.deepEqual(alike(same), alike(told));
    });
  });

  describe("accepts", () => {
    const accepted: [string, Body][] = [
      ["4k on 2.0", { resolution: "4k" }],
      ["a BytePlus id", { model: "dreamina-seedance-2-5-260628" }],
      ["an endpoint id", { model: "ep-20260101000000-seedance20mini" }],
      ["draft false anywhere", { model: PRO, draft: false }],
      ["a lone first frame without a role", { content: [image(PNG)] }],
      ["a frame alone without a prompt", { content: [image(PNG, "first_frame")] }],
      ["the same picture first and last", { content: [image(PNG, "first_frame"), image(PNG, "last_frame")] }],
      ["a seed on 2.x", { seed: 2 ** 31 - 1 }],
      ["the model's own length", { duration: -1 }],
      ["nine references", { content: new Array(9).fill(image(PNG, "reference_image")) }],
      ["sound alone on 2.5", { ...plain(V25), content: [text("x"), audio(MP3)] }],
      ["sound 0.2 s too short", { content: [image(PNG, "reference_image"), audio(wavUri(1.8))] }],
      ["an MP3 of two seconds", { content: [image(PNG, "reference_image"), audio(mp3Uri)] }],
      ["an asset", { content: [video("asset://abc-1")] }],
      ["web search for text", { tools: [{ type: "web_search" }] }],
      ["frames on 1.0, whatever the duration", { model: PRO, frames: 29, duration: 5 }],
      ["flex on 1.0", { model: PRO, service_tier: "flex" }],
      ["priority on 2.x", { priority: 9 }],
      ["mov on 2.5", { ...plain(V25), output_format: "mov" }],
      ["a wrong frame rate and any unknown field", { framespersecond: 999, cinema: true }],
      ["flags that make no sense", { ...plain(PRO), content: [text("x --rt 5:7 --cf maybe --fps 12")] }],
    ];
    for (const [name, body] of accepted)
      it(name, async () => {
        const { status, body: answer } = await ark.create({ ...boat, ...body });
        assert.equal(status, 200, JSON.stringify(answer));
        assert.match(answer.id, /^cgt-\d{14}-[a-z0-9]{5}$/);
      });
    it("a POST to the address of a cancellation, as a new task", async () => {
      const { status } = await ark.call("POST", "/contents/generations/tasks/cgt-1/cancel", {
        body: JSON.stringify(boat),
        headers: { "Content-Type": "application/json" },
      });
      assert.equal(status, 200);
    });
  });

  describe("refuses", () => {
    const first = image(PNG, "first_frame");
    const last = image(PNG, "last_frame");
    const reference = image(PNG, "reference_image");
    const refused: [string, Body, string, RegExp][] = [
      ["no content", { content: undefined }, "content", /missing/],
      ["empty content", { content: [] }, "content", /missing/],
      ["content that is no list", { content: "a boat" }, "content", /array/],
      ["text without words", { content: [text(" ")] }, "content.text", /missing/],
      ["an unknown type", { content: [{ type: "mask_url" }] }, "content[0].type", /must be one of text/],
      [
        "a bare address",
        { content: [{ type: "image_url", image_url: PNG }] },
        "content[0].image_url",
        /object/,
      ],
      [
        "two images without roles",
        { content: [image(PNG), image(PNG)] },
        "content[0]",
        /role must be specified for image contents/,
      ],
      [
        "a video without a role",
        { content: [{ type: "video_url", video_url: { url: MP4 } }] },
        "content[0]",
        /role must be specified for video/,
      ],
      [
        "a role of another type",
        { content: [image(PNG, "reference_video")] },
        "content[0]",
        /invalid role specified for image content/,
      ],
      [
        "two first frames",
        { content: [first, first] },
        "content",
        /expected at most one first frame image content but got 2/,
      ],
      ["two last frames", { content: [first, last, last] }, "content", /at most one last frame/],
      ["a last frame alone", { content: [last] }, "content", /needs a first frame/],
      [
        "frames with references",
        { content: [first, video(MP4)] },
        "content",
        /cannot be mixed with reference media content/,
      ],
      [
        "a last frame on 1.0 pro fast",
        { ...plain(PRO_FAST), content: [first, last] },
        "content",
        /not valid for model doubao-seedance-1-0-pro-fast in flf2v/,
      ],
      [
        "references on 1.0",
        { ...plain(PRO), content: [reference] },
        "content",
        /not valid for model doubao-seedance-1-0-pro in r2v/,
      ],
      [
        "ten images on 2.0",
        { content: new Array(10).fill(reference) },
        "content",
        /at most 9 reference image/,
      ],
      [
        "four videos on 2.0",
        { content: new Array(4).fill(video(MP4)) },
        "content",
        /at most 3 reference video/,
      ],
      [
        "four sounds on 2.0",
        { content: [reference, ...new Array(4).fill(audio(MP3))] },
        "content",
        /at most 3 reference audio/,
      ],
      [
        "31 images on 2.5",
        { ...plain(V25), content: new Array(31).fill(reference) },
        "content",
        /at most 30 reference image/,
      ],
      ["sound alone on 2.0", { content: [text("x"), audio(MP3)] }, "content", /audio/],
      ["a video in base64", { content: [video(mp4Uri)] }, "content[0]", /base64 is not supported for video/],
      [
        "sound of another format",
        { content: [reference, audio("data:audio/ogg;base64,AAAA")] },
        "content[1]",
        /wav or mp3/,
      ],
      [
        "sound that is not what it says",
        { content: [reference, audio(wavUri(3).replace("wav", "mp3"))] },
        "content[1]",
        /wav or mp3/,
      ],
      ["sound above 15 MB", { content: [reference, audio(wavUri(1000))] }, "content[1]", /15 MB/],
      [
        "sound cut short",
        { content: [reference, audio(wavUri(3).slice(0, -28_000))] },
        "content[1]",
        /between 2/,
      ],
      [
        "a picture that is too wide",
        { content: [image(`${PNG}?width=2500&height=1000`)] },
        "content[0]",
        /ratio/,
      ],
      [
        "sound that is too short",
        { content: [reference, audio(wavUri(1.7))] },
        "content[1]",
        /between 2 and 15/,
      ],
      [
        "sound that is too long",
        { content: [reference, audio(wavUri(15.3))] },
        "content[1]",
        /between 2 and 15/,
      ],
      [
        "sounds too long together",
        { content: [reference, audio(`${MP3}?seconds=8`), audio(`${MP3}?seconds=8`)] },
        "content",
        /total duration of audio/,
      ],
      [
        "a video that is too long",
        { content: [video(`${MP4}?seconds=16`)] },
        "content[0]",
        /between 2 and 15/,
      ],
      [
        "a video above 30 s on 2.5",
        { ...plain(V25), content: [video(`${MP4}?seconds=30.3`)] },
        "content[0]",
        /between 2 and 30/,
      ],
      [
        "videos too long together",
        { content: [video(`${MP4}?seconds=9`), video(`${MP4}?seconds=9`)] },
        "content",
        /total duration of video/,
      ],
      [
        "a video that is too small",
        { content: [video(`${MP4}?width=640&height=480`)] },
        "content[0]",
        /407696/,
      ],
      ["a video that is too slow", { content: [video(`${MP4}?fps=12`)] }, "content[0]", /frame rate/],
      [
        "a video of another kind",
        { content: [video("https://cdn.example/a.webm")] },
        "content[0]",
        /resource download failed/,
      ],
      [
        "an address out of reach",
        { content: [image("https://example.com/a.png", "first_frame")] },
        "content[0]",
        /resource download failed/,
      ],
      [
        "a picture that is too narrow",
        { content: [image(dataUri({ width: 400, height: 1000 }))] },
        "content[0]",
        /ratio/,
      ],
      [
        "a picture of 300 pixels",
        { content: [image(dataUri({ width: 300, height: 400 }))] },
        "content[0]",
        /300/,
      ],
      [
        "1080p on fast",
        { model: FAST, resolution: "1080p" },
        "resolution",
        /not valid for model doubao-seedance-2-0-fast in t2v/,
      ],
      ["4k on 2.5", { model: V25, resolution: "4k" }, "resolution", /not valid/],
      ["another ratio", { ratio: "3:2" }, "ratio", /not valid/],
      ["adaptive for text on 1.0", { model: PRO, ratio: "adaptive" }, "ratio", /in t2v/],
      ["3 s on 2.5", { model: V25, duration: 3 }, "duration", /doubao-seedance-2-5 in t2v/],
      ["31 s on 2.5", { model: V25, duration: 31 }, "duration", /not valid/],
      ["16 s on 2.0", { duration: 16 }, "duration", /not valid/],
      ["13 s on 1.0", { model: PRO, duration: 13 }, "duration", /not valid/],
      ["-1 on 1.0", { model: PRO, duration: -1 }, "duration", /not valid/],
      ["half a second", { duration: 5.5, content: [image(PNG)] }, "duration", /in i2v/],
      ["a duration of text", { duration: "5" }, "duration", /integer/],
      ["--dur 3 on 2.0", { content: [text("x --dur 3")], duration: undefined }, "duration", /not valid/],
      [
        "frames on 2.x",
        { frames: 121 },
        "frames",
        /not supported for model doubao-seedance-2-0 in t2v, must be empty/,
      ],
      ["frames that are not 25 + 4n", { model: PRO, frames: 120 }, "frames", /not valid/],
      ["25 frames", { model: PRO, frames: 25 }, "frames", /not valid/],
      ["293 frames", { model: PRO, frames: 293 }, "frames", /not valid/],
      ["sound on 1.0", { model: PRO, generate_audio: false }, "generate_audio", /must be empty/],
      ["sound of text", { generate_audio: "yes" }, "generate_audio", /boolean/],
      ["a seed out of range", { seed: 2 ** 31 }, "seed", /integer/],
      ["a fixed camera on 2.x", { camera_fixed: false }, "camera_fixed", /must be empty/],
      ["a watermark of text", { watermark: "no" }, "watermark", /boolean/],
      ["a last frame of text", { return_last_frame: 1 }, "return_last_frame", /boolean/],
      ["an unknown tier", { service_tier: "fast" }, "service_tier", /default, flex/],
      ["too short a wait", { execution_expires_after: 3599 }, "execution_expires_after", /3600/],
      ["too long a wait", { execution_expires_after: 259_201 }, "execution_expires_after", /259200/],
      [
        "drafts on mini",
        { model: MINI, draft: true, resolution: "480p" },
        "draft",
        /draft is not supported for model doubao-seedance-2-0-mini in t2v/,
      ],
      ["a draft at 720p", { model: V25, draft: true }, "resolution", /480p/],
      ["a callback that is no address", { callback_url: "here" }, "callback_url", /URL/],
      ["priority 10", { priority: 10 }, "priority", /between 0 and 9/],
      ["priority on 1.0", { model: PRO, priority: 0 }, "priority", /must be empty/],
      ["mov on 2.0", { output_format: "mov" }, "output_format", /must be empty/],
      ["webm on 2.5", { model: V25, output_format: "webm" }, "output_format", /mp4, mov/],
      [
        "edit_video",
        { ...plain(V25), content: [text("edit"), video(MP4)], omni_reference_task_type: "edit_video" },
        "omni_reference_task_type",
        /auto, reference, edit, extend/,
      ],
      [
        "a task type on 2.0",
        { omni_reference_task_type: "auto" },
        "omni_reference_task_type",
        /must be empty/,
      ],
      ["a long identifier", { safety_identifier: "x".repeat(65) }, "safety_identifier", /64/],
      ["another tool", { tools: [{ type: "calculator" }] }, "tools", /web_search/],
      [
        "web search with a picture",
        { content: [image(PNG)], tools: [{ type: "web_search" }] },
        "tools",
        /in i2v/,
      ],
      ["an image model", { model: "doubao-seedream-4-5-251128" }, "model", /does not support this api/],
      [
        "a draft among others",
        { ...plain(V25), content: [text("x"), { type: "draft_task", draft_task: { id: "cgt-1" } }] },
        "content",
        /only content/,
      ],
      [
        "a draft that never was",
        {
          model: V25,
          content: [{ type: "draft_task", draft_task: { id: "cgt-1" } }],
          resolution: undefined,
          ratio: undefined,
          duration: undefined,
        },
        "content[0].draft_task",
        /not found/,
      ],
    ];
    for (const [name, body, param, message] of refused)
      it(name, async () => {
        const { status, body: answer } = await ark.create({ ...boat, ...body });
        assert.equal(status, 400, JSON.stringify(answer));
        assert.equal(answer.error?.param, param, answer.error?.message);
        assert.match(answer.error?.message ?? "", message);
        assert.match(answer.error?.message ?? "", / Request id: 02\d{13}[0-9a-f]{38}$/);
        await ark.advance(TASK_MS);
        assert.deepEqual(await ark.charges(), []);
      });

    for (const model of [
      "doubao-seedance-1-5-pro-251215",
      "doubao-seedance-1-0-lite-t2v-250428",
      "doubao-seedance-2-0",
    ])
      it(`${model}, which is not served`, async () =>
        assert.equal(await code({ ...boat, model }), "InvalidEndpointOrModel.NotFound"));

    it("a key that is not known, before anything else", async () => {
      const headers = { Authorization: "Bearer nobody" };
      for (const method of ["POST", "GET"])
        assert.equal((await ark.call(method, "/contents/generations/tasks", { headers })).status, 401);
    });
    it("a picture that cannot be decoded", async () =>
      assert.equal(
        await code({ ...boat, content: [image(dataUri().slice(0, 200))] }),
        "InvalidImageURL.InvalidFormat",
      ));
  });

  describe("2.5 constraints", () => {
    const edit = { ...plain(V25), content: [text("replace the car"), video(MP4)] };
    const frames = [image(PNG, "first_frame"), image(PNG, "last_frame")];
    const constrained: [string, Body, "now" | "later" | "never", string?][] = [
      ["an explicit edit in 16:9", { ...edit, omni_reference_task_type: "edit", ratio: "16:9" }, "now"],
      ["an explicit edit of 5 s", { ...edit, omni_reference_task_type: "edit", duration: 5 }, "now"],
      [
        "an explicit edit of a short video",
        { ...edit, content: [text("edit"), video(`${MP4}?seconds=3`)], omni_reference_task_type: "edit" },
        "now",
      ],
      [
        "an explicit extension without a video",
        {
          ...edit,
          content: [text("extend"), image(PNG, "reference_image")],
          omni_reference_task_type: "extend",
        },
        "now",
      ],
      [
        "an explicit type for text",
        { ...plain(V25), content: [text("edit")], omni_reference_task_type: "edit" },
        "now",
      ],
      ["an edit by its words in 16:9", { ...edit, ratio: "16:9" }, "later"],
      [
        "a generation whose words ask for an edit",
        { ...edit, content: [text("add a hat"), image(PNG, "reference_image")] },
        "later",
      ],
      ["frames in 16:9", { ...plain(V25), content: frames, ratio: "16:9" }, "later"],
      ["a first frame in 16:9", { ...plain(V25), content: [image(PNG)], ratio: "16:9" }, "later"],
      [
        "an explicit edit whose words ask for none",
        { ...edit, content: [text("a car"), video(MP4)], omni_reference_task_type: "edit" },
        "later",
        "InvalidParameter.TaskTypeMismatch",
      ],
      [
        "a proper edit",
        { ...edit, omni_reference_task_type: "edit", ratio: "adaptive", duration: -1 },
        "never",
      ],
      ["an edit of one's own length and shape", edit, "never"],
      ["an extension of 5 s", { ...edit, content: [text("extend it"), video(MP4)], duration: 5 }, "never"],
      [
        "a generation of 5 s in 16:9",
        { ...edit, content: [text("a car"), video(MP4)], ratio: "16:9", duration: 5 },
        "never",
      ],
      ["text in 16:9", { ...plain(V25), content: [text("edit")], ratio: "16:9" }, "never"],
    ];
    for (const [name, body, when, wanted = "InvalidParameter.TaskTypeConstraint"] of constrained)
      it(`${name}: refused ${when}`, async () => {
        const { status, body: answer } = await ark.create(body);
        assert.equal(status, when === "now" ? 400 : 200, JSON.stringify(answer));
        if (when === "now") assert.equal(answer.error?.code, wanted);
        if (when === "now") return;
        await ark.advance(TASK_MS);
        const { body: task } = await ark.get(answer.id);
        assert.equal(task.status, when === "later" ? "failed" : "succeeded");
        assert.equal(task.error?.code, when === "later" ? wanted : undefined);
        assert.equal((await ark.charges()).length, when === "later" ? 0 : 1);
      });
  });

  describe("tasks", () => {
    it("are queued, run and succeed within three seconds of real time", async () => {
      const own = await startSimulator();
      try {
        const client = videoClient(own.ready);
        const id = await client.made(boat);
        const seen: string[] = [];
        const start = performance.now();
        while (seen.at(-1) !== "succeeded" && performance.now() - start < 3000) {
          const { status } = (await client.get(id)).body;
          if (seen.at(-1) !== status) seen.push(status);
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
        // A busy machine may see less than all of them.
        const order = ["queued", "running", "succeeded"];
        assert.deepEqual(
          seen,
          order.filter((status) => seen.includes(status)),
        );
        assert.equal(seen.at(-1), "succeeded");
      } finally {
        await own.close();
      }
    });

    it("follow the simulated clock", async () => {
      const id = await ark.made(saying("[queued 1h] [slow 5h]"));
      const seen: unknown[] = [];
      for (const ms of [0, HOUR, HOUR, 4 * HOUR]) {
        await ark.advance(ms);
        const { status, created_at, updated_at } = (await ark.get(id)).body;
        seen.push([status, Math.round((Number(updated_at) - Number(created_at)) / 3600)]);
      }
      assert.deepEqual(seen, [
        ["queued", 0],
        ["running", 1],
        ["running", 1],
        ["succeeded", 6],
      ]);
    });

    it("of one model run ten at a time", async () => {
      const busy = saying("[slow 1h]");
      for (let count = 0; count < 10; count += 1) await ark.made(busy);
      const waiting = await ark.made(boat);
      const other = await ark.made({ ...boat, model: MINI });
      await ark.advance(TASK_MS);
      assert.equal((await ark.get(waiting)).body.status, "queued");
      assert.equal((await ark.get(other)).body.status, "succeeded");
      await ark.advance(HOUR);
      assert.equal((await ark.get(waiting)).body.status, "succeeded");
    });

    it("bring a real MP4 and the last frame, on links of their own", async () => {
      const { content } = await finished(withFrame);
      const clip = await fetch(content.video_url);
      assert.equal(clip.headers.get("content-type"), "video/mp4");
      const bytes = Buffer.from(await clip.arrayBuffer());
      assert.equal(bytes.toString("latin1", 4, 8), "ftyp");
      assert.ok(bytes.includes("moov") && bytes.includes("mdat"));
      const frame = decode(Buffer.from(await (await fetch(content.last_frame_url ?? "")).arrayBuffer()));
      assert.deepEqual([frame.width, frame.height], [1280, 720]);
      const key = { Authorization: `Bearer ${simulator.ready.seedream.apiKey}` };
      assert.equal((await fetch(content.video_url, { headers: key })).status, 403);
    });

    it("bring a MOV when asked", async () => {
      const { content } = await finished({ ...boat, model: V25, output_format: "mov" });
      const clip = await fetch(content.video_url);
      assert.equal(clip.headers.get("content-type"), "video/quicktime");
      assert.equal(Buffer.from(await clip.arrayBuffer()).toString("latin1", 4, 12), "ftypqt  ");
    });

    it("keep their links for a day from the end, and their records for seven", async () => {
      const id = await ark.made(boat);
      await ark.advance(TASK_MS);
      const { video_url } = (await ark.get(id)).body.content;
      await ark.advance(DAY - 2 * TASK_MS);
      assert.equal((await fetch(video_url)).status, 200);
      await ark.advance(2 * TASK_MS);
      assert.equal((await fetch(video_url)).status, 403);
      assert.equal((await ark.get(id)).body.content.video_url, video_url);
      await ark.advance(6 * DAY - 2 * TASK_MS);
      assert.equal((await ark.get(id)).status, 200);
      await ark.advance(2 * TASK_MS);
      assert.equal((await ark.get(id)).status, 404);
      assert.equal((await ark.list()).body.total, 0);
    });

    it("give a link that is dead already to whom asks for the first time after a day", async () => {
      const id = await ark.made(boat);
      await ark.advance(DAY + 2 * TASK_MS);
      assert.equal((await fetch((await ark.get(id)).body.content.video_url)).status, 403);
    });

    it("expire when they did not end in time", async () => {
      const id = await ark.made(saying("[slow 10h]", { execution_expires_after: 3600 }));
      await ark.advance(HOUR - 5 * SECOND);
      assert.equal((await ark.get(id)).body.status, "running");
      await ark.advance(5 * SECOND);
      assert.equal((await ark.get(id)).body.status, "expired");
      await ark.advance(DAY);
      assert.deepEqual(await ark.charges(), []);
    });

    it("never end, or have a status that no document names, when a fault says so", async () => {
      await ark.fault("neverEnds", { params: { on: "api" } });
      await ark.fault("unknownStatus", { method: "POST" });
      const [stuck, odd] = [await ark.made(boat), await ark.made(boat)];
      await ark.advance(TASK_MS / 2);
      assert.equal((await ark.get(odd)).body.status, "reviewing");
      await ark.advance(DAY);
      assert.equal((await ark.get(stuck)).body.status, "running");
      assert.equal((await ark.get(odd)).body.status, "succeeded");
    });

    it("say what they were made of", async () => {
      const sizes: [Body, Body][] = [
        [{}, { resolution: "720p", ratio: "16:9", duration: 5 }],
        [{ ratio: "adaptive", content: [text("a boat, 9:16")] }, { ratio: "9:16" }],
        [{ ratio: "adaptive", content: [image(dataUri({ width: 1000, height: 800 }))] }, { ratio: "5:4" }],
        [{ duration: -1, content: [text("[seconds 9]")] }, { duration: 9 }],
        [
          { ...plain(V25), content: [text("edit"), video(`${MP4}?seconds=7.5`)] },
          { duration: 7, ratio: "16:9" },
        ],
        [
          { model: PRO, frames: 133 },
          { frames: 133, duration: undefined },
        ],
        [{ ...plain(PRO) }, { resolution: "1080p", ratio: "16:9" }],
        [
          { ...plain(PRO), content: [text("x --rs 480p --dur 3 --seed 11")] },
          { resolution: "480p", duration: 3, seed: 11 },
        ],
        [{ model: V25, output_format: "mov" }, { output_format: "mov" }],
        [
          { seed: 7, priority: 3, safety_identifier: "abc" },
          { seed: 7, priority: 3, safety_identifier: "abc" },
        ],
        [{ generate_audio: false }, { generate_audio: false, draft: false }],
        [{ model: "ep-20260101000000-seedance20mini" }, { model: MINI }],
      ];
      for (const [asked, wanted] of sizes) {
        const task: Body = await finished({ ...boat, ...asked });
        const told = Object.fromEntries(Object.keys(wanted).map((field) => [field, task[field]]));
        assert.deepEqual(told, wanted, JSON.stringify(asked));
      }
    });
  });

  describe("charges", () => {
    const tokens: [string, Body, number, string][] = [
      ["720p 16:9, 4 s", { duration: 4 }, 87_300, "text-to-video"],
      ["720p 16:9, 5 s", { content: [image(PNG)] }, 108_900, "image-to-video"],
      ["frames", { model: PRO, frames: 121, resolution: "480p" }, 49_005, "text-to-video"],
      [
        "input video",
        { content: [text("x"), video(`${MP4}?seconds=15`)], duration: 15 },
        648_900,
        "references-to-video",
      ],
      [
        "first and last",
        { content: [image(PNG, "first_frame"), image(PNG, "last_frame")] },
        108_900,
        "frames-to-video",
      ],
      [
        "an edit",
        { ...plain(V25), content: [text("edit"), video(`${MP4}?seconds=30`)] },
        1_296_900,
        "edit-video",
      ],
      [
        "an extension",
        { ...plain(V25), content: [text("extend"), video(MP4)], duration: 5 },
        216_900,
        "extend-video",
      ],
    ];
    for (const [name, body, amount, operation] of tokens)
      it(`${name}: ${amount} tokens once it has succeeded`, async () => {
        const id = await ark.made({ ...boat, ...body });
        assert.deepEqual(await ark.charges(), []);
        await ark.advance(TASK_MS);
        const model = (body.model as string | undefined) ?? V20;
        const [row = {}, another] = await ark.charges();
        assert.deepEqual(
          { ...row, at: 0 },
          { at: 0, vendor: "seedream", id, operation, model, amount, unit: "token" },
        );
        assert.equal(another, undefined);
        assert.equal((await ark.get(id)).body.usage.completion_tokens, amount);
        assert.equal((await ark.charges()).length, 1);
      });

    it("when the task ended, not when somebody looked", async () => {
      await ark.made(boat);
      await ark.advance(DAY);
      const [{ at } = {}] = await ark.charges();
      const [{ at: created } = {}] = await ark.requests();
      assert.ok(Math.abs(Number(at) - Number(created) - TASK_MS) < SECOND);
    });

    it("a task whose record was deleted, and none that failed or was cancelled", async () => {
      const [done, , cancelled] = [
        await ark.made(boat),
        await ark.made(saying("[fail]")),
        await ark.made(saying("[queued 1h]")),
      ];
      await ark.remove(cancelled);
      await ark.advance(TASK_MS);
      assert.equal((await ark.remove(done)).status, 200);
      await ark.advance(DAY);
      assert.deepEqual(
        (await ark.charges()).map(({ id }) => id),
        [done],
      );
    });

    it("what a client never heard of, and nothing where a fault says unbilled", async () => {
      await ark.fault("resetBody");
      await assert.rejects(ark.create(boat));
      await ark.fault("resetBody", { params: { billed: false } });
      await assert.rejects(ark.create(boat));
      await ark.advance(TASK_MS);
      assert.equal((await ark.charges()).length, 1);
      assert.equal((await ark.list()).body.total, 2);
    });
  });

  describe("drafts", () => {
    const draft = {
      model: V25,
      content: [text("a fox")],
      draft: true,
      resolution: "480p",
      ratio: "9:16",
      duration: 6,
      seed: 5,
      return_last_frame: true,
      priority: 3,
    };
    const final = (id: string, more: Body = {}) => ({
      model: V25,
      content: [{ type: "draft_task", draft_task: { id } }],
      resolution: "1080p",
      ...more,
    });

    it("are made final at 1080p, with what they said, and both are charged", async () => {
      const sample = await finished(draft);
      assert.equal(sample.draft, true);
      const whole: Body = await finished(final(sample.id, { watermark: true, resolution: undefined }));
      const { draft: again, draft_task_id, resolution, ratio, duration, seed, priority, content } = whole;
      assert.deepEqual(
        { again, draft_task_id, resolution, ratio, duration, seed, priority },
        {
          again: false,
          draft_task_id: sample.id,
          resolution: "1080p",
          ratio: "9:16",
          duration: 6,
          seed: 5,
          priority: 0,
        },
      );
      assert.deepEqual(Object.keys(content as Body), ["video_url"]);
      assert.deepEqual(
        (await ark.charges()).map(({ amount }) => amount),
        [58_045, 293_625],
      );
    });

    const refused: [string, Body, string][] = [
      ["a ratio", { ratio: "9:16" }, "ratio"],
      ["a seed", { seed: 5 }, "seed"],
      ["a duration", { duration: 6 }, "duration"],
      ["720p", { resolution: "720p" }, "resolution"],
      ["another model", { model: V20 }, "content[0].draft_task"],
    ];
    for (const [name, more, param] of refused)
      it(`are not made final with ${name}`, async () => {
        const { id } = await finished(draft);
        assert.equal((await ark.create(final(id, more))).body.error?.param, param);
      });

    it("are not made final before they are done, after seven days, or from a whole video", async () => {
      const running = await ark.made(draft);
      assert.match((await ark.create(final(running))).body.error?.message ?? "", /succeeded/);
      const { id: whole } = await finished({ ...boat, model: V25 });
      assert.match((await ark.create(final(whole))).body.error?.message ?? "", /is not a draft/);
      await ark.advance(7 * DAY);
      assert.match((await ark.create(final(running))).body.error?.message ?? "", /expired/);
    });
  });

  describe("DELETE", () => {
    it("cancels what waits, once; the record goes after a day", async () => {
      const id = await ark.made(saying("[queued 1h]"));
      assert.equal((await ark.remove(id)).status, 200);
      assert.equal((await ark.get(id)).body.status, "cancelled");
      assert.equal((await ark.remove(id)).status, 409);
      await ark.advance(DAY);
      assert.equal((await ark.get(id)).status, 404);
    });

    it("leaves what runs, which goes on", async () => {
      const ids = [await ark.made(boat), await ark.made(saying("[flat]"))];
      await ark.advance(TASK_MS / 2);
      const [nested, flat] = [await ark.remove(ids[0] ?? ""), await ark.remove(ids[1] ?? "")];
      assert.deepEqual([nested.status, flat.status], [409, 409]);
      assert.equal(flat.body.code, nested.body.error?.code);
      await ark.advance(TASK_MS);
      assert.equal((await ark.get(ids[0] ?? "")).body.status, "succeeded");
    });

    for (const [name, body] of [
      ["succeeded", boat],
      ["failed", saying("[fail]")],
      ["expired", saying("[queued 9h]", { execution_expires_after: 3600 })],
    ] as const)
      it(`forgets what has ${name}, for good`, async () => {
        const id = await ark.made(body);
        await ark.advance(HOUR);
        assert.equal((await ark.get(id)).body.status, name);
        assert.equal((await ark.remove(id)).status, 200);
        assert.equal((await ark.get(id)).status, 404);
        assert.equal((await ark.remove(id)).body.error?.code, "NotFound.Task");
      });
  });

  describe("the list", () => {
    const ids = ({ body }: { body: TaskAnswer }) => body.items.map(({ id }) => id);

    it("has the newest first, in pages, by filters", async () => {
      const first = await ark.made(boat);
      await ark.advance(SECOND);
      const second = await ark.made({ model: PRO, content: [text("x")], service_tier: "flex" });
      const third = await ark.made(saying("[queued 1h]", { model: "ep-20260101000000-seedance20" }));
      await ark.advance(TASK_MS);
      assert.deepEqual(ids(await ark.list()), [third, second, first]);
      const page = await ark.list("?page_num=2&page_size=2");
      assert.deepEqual([ids(page), page.body.total], [[first], 3]);
      for (const [query, wanted] of [
        ["filter.status=queued", [third]],
        ["filter.status=succeeded", [second, first]],
        [`filter.model=${V20}`, [first]],
        ["filter.model=ep-20260101000000-seedance20", [third]],
        ["filter.service_tier=flex", [second]],
        [`filter.task_ids=${first}&filter.task_ids=${third}`, [third, first]],
        [`filter.task_ids=${first},${third}`, []],
      ] as const)
        assert.deepEqual(ids(await ark.list(`?${query}`)), wanted, query);
    });

    for (const query of [
      "page_num=0",
      "page_size=501",
      "page_size=x",
      "filter.status=done",
      "filter.service_tier=fast",
    ])
      it(`refuses ${query}`, async () => {
        const { status, body } = await ark.list(`?${query}`);
        assert.deepEqual([status, body.error?.param], [400, query.replace(/=.*/, "")]);
      });

    it("says less when told", async () => {
      await ark.made(saying("[thin] [fail]"));
      await ark.advance(TASK_MS);
      const [item] = (await ark.list()).body.items;
      assert.deepEqual(Object.keys(item ?? {}).sort(), [
        "created_at",
        "failure_reason",
        "id",
        "model",
        "service_tier",
        "status",
        "updated_at",
      ]);
    });
  });

  describe("limits", () => {
    const calls = async (count: number, call: () => Promise<{ status: number }>) => {
      const statuses: number[] = [];
      for (let made = 0; made < count; made += 1) statuses.push((await call()).status);
      return statuses;
    };
    const path = "/contents/generations/tasks";

    it("let one list a second through", async () => {
      const list = () => ark.call("GET", path);
      assert.deepEqual(await calls(2, list), [200, 429]);
      await ark.advance(SECOND);
      assert.deepEqual(await calls(1, list), [200]);
    });

    it("let twenty GETs and twenty DELETEs a second through", async () => {
      for (const method of ["GET", "DELETE"]) {
        const answers = await Promise.all([...new Array(21)].map(() => ark.call(method, `${path}/cgt-1`)));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [...new Array(20).fill(404), 429]);
      }
    });

    it("let fifteen 4k tasks a minute through, one at a time", async () => {
      const large = { ...boat, resolution: "4k" };
      assert.deepEqual([...new Set(await calls(15, () => ark.create(large)))], [200]);
      assert.equal(await code(large), "ModelAccountRpmRateLimitExceeded");
      await ark.advance(TASK_MS + TASK_MS / 2);
      const running = (await ark.list("?filter.status=running")).body.total;
      assert.ok(running <= 1, `${running} run`);
      await ark.advance(60 * SECOND);
      assert.equal(await code(large), undefined);
    });
  });

  it("plays documented errors by marker, in their place", async () => {
    for (const [words, more, wanted] of [
      ["[error ModelNotOpen]", { duration: 99 }, "ModelNotOpen"],
      [
        "[error InputVideoSensitiveContentDetected.PolicyViolation]",
        {},
        "InputVideoSensitiveContentDetected.PolicyViolation",
      ],
      ["[error ServerOverloaded]", { duration: 99 }, "InvalidParameter"],
      ["[error ServerOverloaded]", {}, "ServerOverloaded"],
      ["[error InternalServiceError]", {}, "InternalServiceError"],
    ] as const)
      assert.equal(await code(saying(words, more)), wanted, words);
    const { headers } = await ark.create(saying("[error RequestBurstTooFast retry-after=7]"));
    assert.equal(headers.get("retry-after"), "7");
  });

  it("takes its own results in again", async () => {
    const { content } = await finished({ ...withFrame, duration: 8 });
    const again = {
      ...boat,
      content: [text("x"), video(content.video_url), image(content.last_frame_url ?? "", "reference_image")],
    };
    const task = await finished(again);
    assert.equal(task.usage.completion_tokens, ((8 + 5) * 24 + 1) * 900);
  });

  it("forgets its tasks at a reset, and charges them no more", async () => {
    const id = await ark.made(boat);
    await ark.reset();
    await ark.advance(TASK_MS);
    assert.equal((await ark.get(id)).status, 404);
    assert.deepEqual(await ark.charges(), []);
  });

  it("lists its video models", async () => {
    const { data } = (await (await ark.call("GET", "/models")).json()) as { data: { id: string }[] };
    for (const model of [V25, V20, FAST, MINI, PRO, PRO_FAST])
      assert.ok(
        data.some(({ id }) => id === model),
        model,
      );
  });
});

/** A model and nothing that it may not take. */
function plain(model: string): Body {
  return { model, resolution: undefined, ratio: undefined, duration: undefined };
}

function marked(body: Body, marker: string): Body {
  const [first, ...rest] = body.content as { text: string }[];
  return marker === ""
    ? body
    : { ...body, content: [{ ...first, text: `${first?.text} ${marker}` }, ...rest] };
}

/** What varies from call to call, made alike: ids, addresses, times, seeds. */
function alike(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (/^(created_at|seed|video_url|last_frame_url|id)$/.test(key)) return key;
    if (key === "updated_at") return typeof inner;
    return typeof inner === "string"
      ? inner.replace(/\b02\d{13}[0-9a-f]{38}\b/g, "<id>").replace(/cgt-\d{14}-\w+/g, "<task>")
      : inner;
  });
}
