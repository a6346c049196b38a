import assert from "node:assert/strict";
import type { Json } from "../../../../src/model/json.ts";
import type { CancelResult } from "../../../../src/vendors/contract.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { cancelVideo, eraseVideo } from "../../../../src/vendors/seedream/video/cancel.ts";
import { findVideo } from "../../../../src/vendors/seedream/video/find.ts";
import { videoStatus } from "../../../../src/vendors/seedream/video/status.ts";
import { eventsOf, type TestContext, testContext, testNow } from "../../../contract/context.ts";
import type { Ask } from "../../../contract/manifest.ts";
import { type ReplayServer, type Reply, startReplay } from "../../../contract/replay.ts";
import { requestOf, sampleVideo } from "../../../contract/samples.ts";
import { captured } from "./capture.ts";

const clip: Ask = { model: "seedance-2-0", operation: "text-to-video" };
const operation: Json = { task: "cgt-1", model: "seedance-2-0", resolution: "720p" };
const date = new Date(testNow).toUTCString();
const answer = (body: unknown): Reply => ({ status: 200, headers: { date, "x-request-id": "r1" }, body });
const refusal = (status: number, code: string): Reply => ({
  status,
  body: { error: { code, message: "m" } },
});
const cut: Reply = (response) => response.socket?.destroy();

describe("Seedance tasks", () => {
  let server: ReplayServer;
  let context: TestContext;

  before(async () => {
    server = await startReplay("/api/v3");
  });
  beforeEach(() => {
    // A network of its own, so that no test waits for another's limits; waits between tries pass at once.
    context = testContext(server.baseUrl, { apiKey: "key" });
    server.replies.length = 0;
    server.received.length = 0;
  });
  afterEach(() => context.net.close());
  after(() => server.close());

  const calls = () => server.received.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);

  describe("made", () => {
    const made = async (reply: Reply, ask = clip) => {
      server.replies.push(reply);
      return eventsOf(seedream.start(requestOf(ask, "x"), context));
    };

    it("are kept with what their look and their bill need, under a step of their own", async () => {
      const edit: Ask = {
        model: "seedance-2-5",
        operation: "edit-video",
        inputs: [sampleVideo],
        options: { draft: true, sound: false },
      };
      const told = await made(answer({ id: "cgt-9" }), edit);
      assert.deepEqual(told, [
        { type: "warning", code: "draftResolution" },
        {
          type: "accepted",
          operation: {
            task: "cgt-9",
            step: "draft",
            model: "seedance-2-5",
            resolution: "480p",
            sound: false,
            video: true,
            flex: false,
          },
        },
      ]);
      assert.deepEqual(context.steps, ["draft"]);
      assert.equal(seedream.taskId?.(told[1]?.operation as Json), "cgt-9");
    });

    it("from a draft are a billable step of their own that tells nothing again", async () => {
      const final = { ...clip, model: "seedance-2-5", options: { draftTask: "cgt-8", lastFrame: true } };
      const told = await made(answer({ id: "cgt-9" }), final);
      assert.deepEqual(context.steps, ["final"]);
      assert.partialDeepStrictEqual(told, [{ operation: { step: "final", resolution: "1080p" } }]);
      assert.deepEqual(server.received[0]?.body, {
        model: "doubao-seedance-2-5-260628",
        resolution: "1080p",
        watermark: false,
        return_last_frame: true,
        content: [{ type: "draft_task", draft_task: { id: "cgt-8" } }],
      });
    });

    for (const [name, reply] of [
      ["no id", answer({})],
      ["a page", answer("<html>")],
      ["nothing", answer("")],
      ["a failure of the service", refusal(500, "InternalServiceError")],
      ["a broken connection", cut],
    ] as const) {
      it(`but answered with ${name} may exist`, async () => {
        const [event, ...more] = await made(reply);
        assert.deepEqual(more, []);
        assert.partialDeepStrictEqual(event, { type: "thrown", error: { sent: "unknown" } });
        assert.equal(server.received.length, 1);
      });
    }

    it("not at all where the vendor refuses", async () => {
      const [event] = await made(refusal(429, "QuotaExceeded"));
      assert.partialDeepStrictEqual(event, { type: "thrown", error: { sent: "refused", reason: "balance" } });
    });
  });

  describe("asked for", () => {
    const warnings = async (ask: Ask, prompt: string) =>
      (await captured(requestOf(ask, prompt), server.baseUrl)).warnings;

    it("warn of options written into the prompt, which the vendor may follow", async () => {
      assert.deepEqual(await warnings(clip, "A cat --dur 3"), ["promptFlags"]);
      assert.deepEqual(await warnings(clip, "A cat --resolution 720p"), ["promptFlags"]);
      assert.deepEqual(await warnings(clip, "A cat -- during the day, well-dur 3 --verbose"), []);
    });

    it("warn 2.5 of words by which it takes references for an edit", async () => {
      const ask: Ask = { model: "seedance-2-5", operation: "references-to-video", inputs: ["png"] };
      assert.deepEqual(await warnings(ask, "Remove the hat"), ["promptReadsAsEdit"]);
      assert.deepEqual(await warnings(ask, "把帽子去掉"), ["promptReadsAsEdit"]);
      assert.deepEqual(await warnings(ask, "A removed, credited address"), []);
      assert.deepEqual(await warnings({ ...ask, model: "seedance-2-0" }, "Remove the hat"), []);
      const edit: Ask = { ...ask, operation: "edit-video", inputs: [sampleVideo] };
      assert.deepEqual(await warnings(edit, "Remove the hat"), []);
    });

    it("never with a video's bytes", async () => {
      const request = requestOf({ ...clip, operation: "edit-video", inputs: [sampleVideo] }, "x");
      const [linked] = request.inputs;
      assert.ok(linked);
      const { url: _url, ...file } = { ...linked, type: "video/mp4", async *open() {} };
      await assert.rejects(captured({ ...request, inputs: [file] }, server.baseUrl), { name: "VendorError" });
    });

    it("with the files of a kind in the order given, pictures first", async () => {
      const inputs = ["wav", "https://cdn.example/b.png", sampleVideo, "https://cdn.example/a.png"] as const;
      const ask: Ask = { ...clip, operation: "references-to-video", inputs };
      const { body } = await captured(requestOf(ask, ""), server.baseUrl);
      const content = body.content as { type: string; image_url?: { url: string } }[];
      assert.deepEqual(
        content.map((item) => item.image_url?.url ?? item.type),
        ["https://cdn.example/b.png", "https://cdn.example/a.png", "video_url", "audio_url"],
      );
    });

    it("with an id of the account's library as the vendor writes it", async () => {
      const ask: Ask = { ...clip, operation: "edit-video", inputs: [sampleVideo] };
      const video = (url: string) => ({ role: "video", name: "a", type: "", bytes: 0, url }) as const;
      for (const given of ["asset-1", "asset://asset-1"]) {
        const request = { ...requestOf(ask, ""), inputs: [video(given)] };
        const { body } = await captured(request, server.baseUrl);
        const item = { type: "video_url", video_url: { url: "asset://asset-1" }, role: "reference_video" };
        assert.deepEqual(body.content, [item]);
      }
    });

    it("with a sound under the vendor's name for its type", async () => {
      const ask: Ask = { ...clip, operation: "references-to-video", inputs: ["png", "mp3"] };
      const { body } = await captured(requestOf(ask, "x"), server.baseUrl);
      assert.match(JSON.stringify(body.content), /"url":"data:audio\/mp3;base64,/);
    });
  });

  describe("looked at", () => {
    const look = (reply: Reply, from: Json = operation) => {
      server.replies.push(reply);
      return eventsOf(videoStatus(from, context));
    };

    it("go on while they wait or run, and under a status that nobody knows", async () => {
      assert.deepEqual(await look(answer({ status: "queued" })), [{ type: "progress", phase: "queued" }]);
      for (const status of ["running", "reviewing"]) {
        assert.deepEqual(await look(answer({ status })), [{ type: "progress", phase: "running" }]);
      }
    });

    it("end unbilled where they were cancelled or waited too long", async () => {
      for (const [status, next] of [
        ["cancelled", "taskCancelled"],
        ["expired", "taskExpired"],
      ]) {
        const error = {
          reason: "unavailable",
          sent: "refused",
          retryable: false,
          code: status,
          requestId: "r1",
          next,
        };
        assert.deepEqual(await look(answer({ status })), [{ type: "failed", error }]);
      }
    });

    it("tell a failure wherever it is put, and never that it may be sent again by itself", async () => {
      const error = { code: "ServerOverloaded", message: "m" };
      for (const body of [{ error }, { failure_reason: error }]) {
        const [event] = await look(answer({ status: "failed", ...body }));
        const facts = { reason: "rateLimit", sent: "refused", retryable: false };
        assert.partialDeepStrictEqual(event, { type: "failed", error: facts });
      }
      const [plain] = await look(answer({ status: "failed", failure_reason: "out of luck" }));
      assert.partialDeepStrictEqual(plain, { error: { vendorMessage: "out of luck", sent: "refused" } });
      const [bare] = await look(answer({ status: "failed", error: null }));
      assert.partialDeepStrictEqual(bare, { type: "failed", error: { sent: "refused" } });
    });

    it("of a draft offer the final for seven days", async () => {
      const content = { video_url: "https://example.com/a.mp4" };
      const body = { status: "succeeded", created_at: 1000, updated_at: 1100, content };
      const [, output] = await look(answer(body), { ...(operation as object), step: "draft" } as Json);
      assert.deepEqual(output, {
        type: "output",
        index: 0,
        source: { kind: "link", url: content.video_url, expires: (1100 + 24 * 3600) * 1000 },
        facts: {
          requestId: "r1",
          followUp: {
            step: "final",
            options: { draft: false, draftTask: "cgt-1" },
            until: (1000 + 7 * 24 * 3600) * 1000,
          },
        },
      });
    });

    for (const [name, reply] of [
      ["a success without its link", answer({ status: "succeeded", content: {} })],
      ["no status", answer({})],
      ["a page", answer("<html>")],
      ["a list", answer([])],
    ] as const) {
      it(`say nothing of their end by ${name}`, async () => {
        const [event, ...more] = await look(reply);
        assert.deepEqual(more, []);
        assert.partialDeepStrictEqual(event, {
          type: "thrown",
          error: { reason: "protocol", sent: "unknown" },
        });
      });
    }

    it("may be billed whatever keeps the look from being answered", async () => {
      for (const reply of [refusal(401, "AuthenticationError"), refusal(403, "AccessDenied")]) {
        const [event] = await look(reply);
        assert.partialDeepStrictEqual(event, {
          type: "thrown",
          error: { reason: "credentials", sent: "unknown" },
        });
      }
    });

    it("are found by their id alone, and not by something else", async () => {
      const body = { status: "succeeded", content: { video_url: "https://example.com/a.mp4" } };
      const told = await look(answer(body), { task: "a/b" });
      assert.deepEqual(
        told.map(({ type }) => type),
        ["usage", "output", "done"],
      );
      assert.match(server.received[0]?.path ?? "", /\/tasks\/a%2Fb$/);
      assert.partialDeepStrictEqual(await look(answer({}), { id: "x" }), [{ error: { code: "handle" } }]);
      assert.equal(seedream.taskId?.("x"), undefined);
    });
  });

  describe("cancelled", () => {
    // What a first look finds; what the vendor says to the call; what a second look finds -> what is told, and what was called.
    const cases: [string, Reply | undefined, string | undefined, CancelResult["result"], number][] = [
      ["queued", { status: 200, body: {} }, undefined, "cancelled", 2],
      ["queued", { status: 204, body: "" }, undefined, "cancelled", 2],
      ["queued", refusal(409, "InvalidAction.RunningTaskDeletion"), "running", "tooLate", 3],
      ["queued", { status: 409, body: { code: "X", message: "m" } }, "running", "tooLate", 3],
      ["queued", refusal(500, "InternalServiceError"), "queued", "cannot", 3],
      ["queued", refusal(400, "InvalidAction"), "cancelled", "cancelled", 3],
      ["queued", cut, "cancelled", "cancelled", 3],
      ["queued", cut, "succeeded", "tooLate", 3],
      ["running", undefined, undefined, "tooLate", 1],
      ["succeeded", undefined, undefined, "tooLate", 1],
      ["failed", undefined, undefined, "tooLate", 1],
      ["expired", undefined, undefined, "tooLate", 1],
      ["cancelled", undefined, undefined, "cancelled", 1],
      ["reviewing", undefined, undefined, "cannot", 1],
    ];
    for (const [index, [first, reply, second, result, count]] of cases.entries()) {
      it(`${index}: ${first}${second ? `, then ${second}` : ""}: ${result} after ${count} calls`, async () => {
        server.replies.push(answer({ status: first }));
        if (reply) server.replies.push(reply);
        if (second) server.replies.push(answer({ status: second }));
        assert.deepEqual(await cancelVideo(operation, context), { result });
        assert.deepEqual(calls(), ["GET cgt-1", "DELETE cgt-1", "GET cgt-1"].slice(0, count));
        assert.deepEqual(context.steps, []);
      });
    }

    it("not where nobody can say how they stand", async () => {
      server.replies.push(refusal(404, "NotFound.Task"));
      await assert.rejects(cancelVideo(operation, context), { name: "VendorError", reason: "notFound" });
      assert.deepEqual(calls(), ["GET cgt-1"]);
    });
  });

  describe("deleted", () => {
    for (const status of ["succeeded", "failed", "expired", "cancelled"]) {
      it(`once they have ${status}`, async () => {
        server.replies.push(answer({ status }), { status: 200, body: {} });
        assert.equal(await eraseVideo(operation, context), "erased");
        assert.deepEqual(calls(), ["GET cgt-1", "DELETE cgt-1"]);
      });
    }
    for (const status of ["queued", "running", "reviewing", undefined]) {
      it(`not while they are ${status}`, async () => {
        server.replies.push(answer({ status }));
        assert.equal(await eraseVideo(operation, context), "running");
        assert.deepEqual(calls(), ["GET cgt-1"]);
      });
    }
    it("not twice, and not what is gone already", async () => {
      server.replies.push(refusal(404, "NotFound.Task"));
      assert.equal(await eraseVideo(operation, context), "gone");
      server.replies.push(answer({ status: "succeeded" }), refusal(500, "InternalServiceError"));
      assert.equal(await eraseVideo(operation, context), "refused");
      assert.deepEqual(calls(), ["GET cgt-1", "GET cgt-1", "DELETE cgt-1"]);
    });
  });

  describe("looked for", () => {
    const since = testNow;
    const at = (ms: number) => (since + ms) / 1000;
    const find = async (items: object[], ask = clip, more: { date?: string; model?: string } = {}) => {
      server.replies.push({
        status: 200,
        headers: { date: more.date ?? date },
        body: { total: items.length, items },
      });
      const request = requestOf(ask, "x");
      const found = await findVideo(
        more.model ? { ...request, modelOverride: more.model } : request,
        since,
        context,
      );
      return found.map((task) => seedream.taskId?.(task.operation));
    };
    const task = (id: string, more: object = {}) => ({ id, created_at: at(1000), status: "queued", ...more });

    it("are those of their model made in the call's time", async () => {
      const items = [
        task("in"),
        task("before", { created_at: at(-60_000) }),
        task("after", { created_at: at(3_600_000) }),
        { status: "queued" },
        "nonsense",
      ];
      assert.deepEqual(await find(items as object[]), ["in"]);
      const query = new URLSearchParams(server.received[0]?.path.split("?")[1]);
      assert.equal(query.get("filter.model"), "doubao-seedance-2-0-260128");
      await find([], clip, { model: "ep-1" });
      assert.match(server.received[1]?.path ?? "", /filter\.model=ep-1/);
    });

    it("are told apart by what they echo, where they do", async () => {
      const ask = { ...clip, options: { seed: 7, duration: -1, ratio: "adaptive" } };
      const items = [
        task("silent"),
        task("same", { seed: 7, resolution: "720p", ratio: "4:3", duration: 9 }),
        task("seed", { seed: 8 }),
        task("resolution", { resolution: "480p" }),
        task("draft", { draft: true }),
        task("no draft", { draft: false }),
      ];
      assert.deepEqual(await find(items, ask), ["silent", "same", "no draft"]);
      assert.deepEqual(await find([task("ratio", { ratio: "4:3" }), task("length", { duration: 9 })]), []);
      const final = { ...clip, model: "seedance-2-5", options: { draftTask: "cgt-8" } };
      const finals = [task("ours", { draft_task_id: "cgt-8" }), task("other", { draft_task_id: "cgt-7" })];
      assert.deepEqual(await find(finals, final), ["ours"]);
    });

    it("are in the vendor's time, which need not be ours", async () => {
      const hour = 3_600_000;
      const items = [task("theirs", { created_at: at(hour + 1000) }), task("ours")];
      const ahead = new Date(testNow + hour).toUTCString();
      assert.deepEqual(await find(items, clip, { date: ahead }), ["theirs"]);
    });

    it("are none for a picture, which is no task", async () => {
      const request = requestOf({ model: "seedream-4-5", operation: "text-to-image" }, "x");
      assert.deepEqual(await seedream.find?.(request, since, context), []);
      assert.deepEqual(calls(), []);
    });
  });
});
