import assert from "node:assert/strict";
import { audio, image, mp3Uri, mp4Uri, text, video, wavUri } from "./ark-video-client.ts";
import type { Body } from "./control.ts";
import {
  boat,
  FAST,
  MINI,
  MP3,
  MP4,
  PNG,
  PRO,
  PRO_FAST,
  plain,
  TASK_MS,
  useArkVideo,
  V25,
} from "./simulator-ark-video-client.ts";
import { dataUri } from "./simulator-client.ts";

describe("simulator: what Ark's video tasks take", function () {
  this.timeout(60_000);
  const { ark, code } = useArkVideo();

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
});
