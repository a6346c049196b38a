import assert from "node:assert/strict";
import type { Body } from "./control.ts";
import { FIXTURE_TIME } from "./kling-client.ts";
import { MP4, PNG, TEXT, useKling, V3 } from "./simulator-kling-client.ts";

describe("simulator: Kling", () => {
  const { kling, refused } = useKling();

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
});
