import assert from "node:assert/strict";
import type { CheckedRequest, InputFacts } from "../../../../src/model/catalog.ts";
import { checkRequest } from "../../../../src/model/check.ts";
import { type OptionValues, optionDefaults, optionFields } from "../../../../src/model/options.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { framePixels } from "../../../../src/vendors/seedream/video/frames.ts";
import type { VideoOperation } from "../../../../src/vendors/seedream/video/operations.ts";
import { videoProfiles } from "../../../../src/vendors/seedream/video/profiles.ts";

const picture = (more: Partial<InputFacts> = {}): InputFacts => ({
  role: "reference",
  name: "a.png",
  type: "image/png",
  bytes: 1000,
  width: 1024,
  height: 1024,
  ...more,
});
const sound = (seconds: number): InputFacts => ({
  role: "audio",
  name: "a.wav",
  type: "audio/wav",
  bytes: 1000,
  seconds,
});

function profileOf(model: string, operation: VideoOperation) {
  const profile = seedream.models.find(({ id }) => id === model)?.operations[operation];
  assert.ok(profile, `${model} ${operation}`);
  return profile;
}

function codes(
  model: string,
  operation: VideoOperation,
  options: OptionValues = {},
  files: Partial<Pick<CheckedRequest, "inputs" | "links">> = {},
): string[] {
  const profile = profileOf(model, operation);
  const all = { ...optionDefaults(profile.options), ...options };
  return checkRequest(profile, { prompt: "x", options: all, inputs: [], ...files }).map(({ code }) => code);
}

describe("Seedance models", () => {
  it("do what the contract says each of them does", () => {
    const operations = (model: string) =>
      Object.keys(seedream.models.find(({ id }) => id === model)?.operations ?? {});
    const frames = ["text-to-video", "image-to-video", "frames-to-video"];
    const all = [...frames, "references-to-video", "edit-video", "extend-video"];
    assert.deepEqual(Object.fromEntries(videoProfiles.map(({ id }) => [id, operations(id)])), {
      "seedance-2-0-mini": all,
      "seedance-2-0": all,
      "seedance-2-0-fast": all,
      "seedance-2-5": all,
      "seedance-1-0-pro": frames,
      "seedance-1-0-pro-fast": frames.slice(0, 2),
      "seedance-1-5-pro": frames,
    });
  });

  for (const { id, seconds } of videoProfiles) {
    it(`${id}: takes ${seconds.min} to ${seconds.max} s${seconds.auto ? " or -1" : ""}, and nothing else`, () => {
      const of = (duration: number) => codes(id, "text-to-video", { duration });
      for (const duration of [seconds.min, seconds.max]) assert.deepEqual(of(duration), []);
      assert.deepEqual(of(-1), seconds.auto ? [] : ["optionTooSmall"]);
      for (const duration of [-2, 0, seconds.min - 1]) {
        assert.deepEqual(of(duration), ["optionTooSmall"], String(duration));
      }
      assert.deepEqual(of(seconds.max + 1), ["optionTooLarge"]);
    });
  }

  it("count frames as 25 + 4n from 29 to 289, or not at all", () => {
    const of = (frames: number) => codes("seedance-1-0-pro", "text-to-video", { frames });
    for (const frames of [0, 29, 33, 121, 289]) assert.deepEqual(of(frames), [], String(frames));
    assert.deepEqual(of(25), ["optionTooSmall"]);
    assert.deepEqual(of(30), ["optionStep"]);
    assert.deepEqual(of(293), ["optionTooLarge"]);
    assert.deepEqual(codes("seedance-2-0", "text-to-video", { frames: 29 }), ["optionUnknown"]);
  });

  it("have only the options they are granted", () => {
    const keys = (model: string, operation: VideoOperation) =>
      optionFields(profileOf(model, operation).options)
        .map(({ key }) => key)
        .join(" ");
    const rest = "seed lastFrame watermark";
    assert.equal(
      keys("seedance-2-0-mini", "text-to-video"),
      `resolution ratio duration sound ${rest} expiresAfter priority`,
    );
    const drafts = "format expiresAfter priority draft draftTask";
    assert.equal(
      keys("seedance-2-5", "references-to-video"),
      `resolution ratio duration sound ${rest} ${drafts}`,
    );
    assert.equal(keys("seedance-2-5", "frames-to-video"), `resolution duration sound ${rest} ${drafts}`);
    assert.equal(keys("seedance-2-5", "edit-video"), `resolution sound ${rest} ${drafts}`);
    assert.equal(keys("seedance-2-5", "extend-video"), `resolution duration sound ${rest} ${drafts}`);
    assert.equal(
      keys("seedance-1-0-pro-fast", "image-to-video"),
      "resolution ratio duration frames seed cameraFixed lastFrame watermark expiresAfter serviceTier",
    );
  });

  it("of 1.0 need a ratio where there is nothing to take it from", () => {
    const adaptive = { ratio: "adaptive" };
    assert.deepEqual(codes("seedance-1-0-pro", "text-to-video", adaptive), ["optionChoice"]);
    assert.deepEqual(codes("seedance-2-0", "text-to-video", adaptive), []);
  });

  it("take references in every combination but sounds alone, which 2.5 takes too", () => {
    const kinds = {
      image: { inputs: [picture()] },
      video: { links: ["video"] },
      audio: { inputs: [sound(3)] },
    } as const;
    for (let chosen = 1; chosen < 8; chosen++) {
      const files = {
        inputs: [...(chosen & 1 ? kinds.image.inputs : []), ...(chosen & 4 ? kinds.audio.inputs : [])],
        links: chosen & 2 ? kinds.video.links : [],
      };
      const alone = chosen === 4 ? ["audioAlone"] : [];
      assert.deepEqual(codes("seedance-2-0-mini", "references-to-video", {}, files), alone, String(chosen));
      assert.deepEqual(codes("seedance-2-5", "references-to-video", {}, files), [], String(chosen));
    }
    assert.deepEqual(codes("seedance-2-5", "references-to-video"), ["referencesMissing"]);
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, { links: ["reference"] }), []);
  });

  it("take so many of each and no more, and sounds only so long together", () => {
    const pictures = (count: number) => ({ inputs: Array.from({ length: count }, () => picture()) });
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, pictures(9)), []);
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, pictures(10)), ["inputTooMany"]);
    assert.deepEqual(codes("seedance-2-5", "references-to-video", {}, pictures(30)), []);
    const sounds = { inputs: [picture(), sound(9), sound(7)] };
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, sounds), ["audioTooLong"]);
    assert.deepEqual(codes("seedance-2-5", "references-to-video", {}, sounds), []);
    const long = { inputs: [picture(), sound(16)] };
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, long), [
      "inputMaxSeconds",
      "audioTooLong",
    ]);
  });

  it("take videos by their link only, and a clip to edit or extend always", () => {
    const file: InputFacts = { role: "video", name: "a.mp4", type: "video/mp4", bytes: 1000 };
    assert.deepEqual(codes("seedance-2-0", "edit-video", {}, { inputs: [file] }), ["inputNeedsLink"]);
    assert.deepEqual(codes("seedance-2-0", "edit-video", {}, { links: ["video"] }), []);
    for (const operation of ["edit-video", "extend-video"] as const) {
      assert.deepEqual(codes("seedance-2-5", operation, {}, { inputs: [picture()] }), ["inputTooFew"]);
    }
  });

  it("take pictures inside the vendor's ranges, without their ends", () => {
    const of = (more: Partial<InputFacts>) =>
      codes("seedance-2-0", "image-to-video", {}, { inputs: [picture({ role: "firstFrame", ...more })] });
    assert.deepEqual(of({ width: 301, height: 301 }), []);
    assert.deepEqual(of({ width: 300, height: 400 }), ["inputMinSide"]);
    assert.deepEqual(of({ width: 6000, height: 5999 }), ["inputMaxSide"]);
    assert.deepEqual(of({ width: 1000, height: 400 }), ["inputMaxRatio"]);
    assert.deepEqual(of({ width: 400, height: 1000 }), ["inputMinRatio"]);
    assert.deepEqual(of({ bytes: 30 * 1024 * 1024 }), ["inputMaxBytes"]);
    assert.deepEqual(of({ type: "image/heic" }), []);
    const old = { inputs: [picture({ role: "firstFrame", type: "image/heic" })] };
    assert.deepEqual(codes("seedance-1-0-pro", "image-to-video", {}, old), ["inputType"]);
  });

  it("take 64 MB at once, base64 included", () => {
    const files = (count: number) => ({
      inputs: Array.from({ length: count }, () => picture({ bytes: 29 * 1024 * 1024 })),
    });
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, files(1)), []);
    assert.deepEqual(codes("seedance-2-0", "references-to-video", {}, files(2)), ["bodyTooLarge"]);
  });

  it("can finish a draft whatever else is in the request", () => {
    const options = { draftTask: "cgt-1", duration: 2 };
    assert.deepEqual(codes("seedance-2-5", "text-to-video", options), []);
  });

  it("come in the sizes of each resolution, both ways up", () => {
    for (const { id, frames } of videoProfiles) {
      for (const [resolution, tier] of Object.entries(frames)) {
        for (const [ratio, [width, height]] of Object.entries(tier)) {
          const [across = 0, down = 1] = ratio.split(":").map(Number);
          const off = Math.abs(width / height / (across / down) - 1);
          assert.ok(off < 0.04, `${id} ${resolution}: ${width}x${height} is not ${ratio}`);
        }
        assert.equal(framePixels(frames, resolution, "9:16"), framePixels(frames, resolution, "16:9"));
      }
    }
  });
});
