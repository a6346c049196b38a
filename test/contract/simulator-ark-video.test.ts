import assert from "node:assert/strict";
import { image, text, video } from "./ark-video-client.ts";
import type { Body } from "./control.ts";
import {
  boat,
  DAY,
  FAST,
  MINI,
  MP4,
  PNG,
  PRO,
  PRO_FAST,
  plain,
  SECOND,
  saying,
  TASK_MS,
  useArkVideo,
  V20,
  V25,
  withFrame,
} from "./simulator-ark-video-client.ts";

describe("simulator: Ark video tasks", function () {
  this.timeout(60_000);
  const { ark, code, finished } = useArkVideo();

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
