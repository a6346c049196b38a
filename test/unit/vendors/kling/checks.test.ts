import assert from "node:assert/strict";
import { checkRequest } from "../../../../src/model/check.ts";
import type { OperationId } from "../../../../src/model/operations.ts";
import type { OptionValues } from "../../../../src/model/options.ts";
import type { ProblemCode } from "../../../../src/model/problems.ts";
import { kling } from "../../../../src/vendors/kling/index.ts";
import type { Given } from "../../../contract/asks.ts";
import { checkedOf, profileOf } from "../../../contract/kling-samples.ts";

const video: Given = ["video", "https://example.com/in.mp4"];
const reference: Given = ["reference", "png"];
const first: Given = ["firstFrame", "png"];
const many = (count: number) => Array.from({ length: count }, () => reference);

type Row = [ProblemCode, string, OperationId, OptionValues, readonly Given[], string?];

/** What each rule stops, in the smallest request that breaks it and no other. */
const rows: readonly Row[] = [
  ["promptTooLong", "kling-v3", "text-to-video", {}, [], "x".repeat(2501)],
  ["shotsFormat", "kling-v3", "text-to-video", { shots: "written" }, [], "a wide shot"],
  ["shotsLength", "kling-v3", "text-to-video", { shots: "written" }, [], "shot 1, 3, a; shot 2, 3, b;"],
  [
    "shotsTooMany",
    "kling-v3",
    "text-to-video",
    { shots: "written", duration: 7 },
    [],
    [1, 2, 3, 4, 5, 6, 7].map((shot) => `shot ${shot}, 1, a;`).join(" "),
  ],
  ["shotTooLong", "kling-v3", "text-to-video", { shots: "written" }, [], `shot 1, 5, ${"x".repeat(513)};`],
  ["soundNeedsPro", "kling-v2-6", "text-to-video", { sound: true }, []],
  ["voicesNeedSound", "kling-v3", "text-to-video", { voices: "1" }, []],
  ["tooManyVoices", "kling-v3", "text-to-video", { voices: "1, 2, 3", sound: true }, []],
  ["voicesOrElements", "kling-v3", "image-to-video", { voices: "1", elements: "2", sound: true }, [first]],
  ["tooManyElements", "kling-v3", "image-to-video", { elements: "1, 2, 3, 4" }, [first]],
  ["cameraStill", "kling-v1-6", "text-to-video", { camera: "pan", cameraAmount: 0 }, []],
  ["trajectoryFormat", "kling-v1", "image-to-video", { trajectories: "1,1" }, [first, ["mask", "png"]]],
  ["masksAndPaths", "kling-v1", "image-to-video", { trajectories: "1,1 2,2" }, [first]],
  ["masksOrCamera", "kling-v1", "image-to-video", { camera: "zoom" }, [first, ["mask", "png"]]],
  ["referencesNeeded", "kling-v3-omni", "references-to-video", {}, []],
  ["tooManyReferences", "kling-v3-omni", "references-to-video", {}, [video, ...many(5)]],
  ["soundWithVideo", "kling-v3-omni", "references-to-video", { sound: true }, [video]],
  ["shotsWithVideo", "kling-v3-omni", "references-to-video", { shots: "written" }, [video], "shot 1, 5, a;"],
  ["elementNeedsVideo", "kling-v3", "motion-control", { elements: "1" }, [["person", "png"], video]],
  ["effectGone", "kling-effects", "effects", { effectName: "hug" }, [reference], ""],
  ["effectNeedsTwo", "kling-effects", "effects", { effectName: "hug_pro" }, [reference], ""],
  ["effectForm", "kling-effects", "effects", { effectName: "Big Hug" }, [reference], ""],
  ["soundEndNeeded", "kling-lip-sync", "lip-sync", {}, [video, ["audio", "https://example.com/a.mp3"]], ""],
  ["soundEndsEarlier", "kling-lip-sync", "lip-sync", { soundTo: 4 }, [video, ["audio", "mp3"]], ""],
  ["soundTooShort", "kling-lip-sync", "lip-sync", { soundFrom: 2 }, [video, ["audio", "mp3"]], ""],
  ["seriesOrCount", "kling-v3-omni", "text-to-image", { series: "3", count: 2 }, []],
  ["tooManySubjects", "kling-v2-1", "images-to-image", {}, many(5)],
  ["noSubject", "kling-v2-1", "images-to-image", { lastPictures: "sceneAndStyle" }, many(2)],
  ["expandTooFar", "kling-expand", "outpaint", { expandUp: 2 }, [["source", "png"]]],
  [
    "expandNothing",
    "kling-expand",
    "outpaint",
    { expandUp: 0, expandDown: 0, expandLeft: 0, expandRight: 0 },
    [["source", "png"]],
  ],
];

describe("Kling's rules", () => {
  for (const [code, model, operation, options, inputs, prompt = "A boat"] of rows) {
    it(`${code}: ${operation} of ${model}`, () => {
      const ask = { model, operation, options, inputs, prompt };
      const found = checkRequest(profileOf(ask), checkedOf(ask)).map((problem) => problem.code);
      assert.deepEqual(found, [code]);
    });
  }

  it("a local video is refused before it is sent: only links are taken", () => {
    const ask = { model: "kling-v3-omni", operation: "edit-video", prompt: "x", inputs: [video] } as const;
    const local = { role: "video", name: "in.mp4", type: "video/mp4", bytes: 10 } as const;
    const checked = { ...checkedOf(ask), inputs: [local], links: [] };
    assert.deepEqual(
      checkRequest(profileOf(ask), checked).map(({ code }) => code),
      ["inputNeedsLink"],
    );
  });

  it("every video and no picture has to be a link", () => {
    const slots = kling.models.flatMap(({ operations }) =>
      Object.values(operations).flatMap(({ inputs }) => inputs),
    );
    for (const { kind, takes } of slots) assert.equal(takes, kind === "video" ? "link" : "either");
  });
});
