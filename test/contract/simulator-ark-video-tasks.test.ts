import assert from "node:assert/strict";
import { decode } from "fast-png";
import { startSimulator } from "../simulator/start.ts";
import { image, type TaskAnswer, text, video, videoClient } from "./ark-video-client.ts";
import type { Body } from "./control.ts";
import {
  boat,
  DAY,
  HOUR,
  MINI,
  MP4,
  PRO,
  plain,
  SECOND,
  saying,
  TASK_MS,
  useArkVideo,
  V20,
  V25,
  withFrame,
} from "./simulator-ark-video-client.ts";
import { dataUri } from "./simulator-client.ts";

describe("simulator: Ark's video tasks under way", function () {
  this.timeout(60_000);
  const { ready, ark, code, finished } = useArkVideo();

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
      const key = { Authorization: `Bearer ${ready.seedream.apiKey}` };
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
});
