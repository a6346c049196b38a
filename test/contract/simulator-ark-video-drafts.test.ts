import assert from "node:assert/strict";
import { image, text, video } from "./ark-video-client.ts";
import type { Body } from "./control.ts";
import { boat, DAY, MP4, PNG, plain, TASK_MS, useArkVideo, V20, V25 } from "./simulator-ark-video-client.ts";

describe("simulator: Ark's video tasks of Seedance 2.5", function () {
  this.timeout(60_000);
  const { ark, finished } = useArkVideo();

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
});
