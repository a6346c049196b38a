import assert from "node:assert/strict";
import fc from "fast-check";
import { assignInputs, type GivenInput, misfit } from "../../../src/model/assign.ts";
import type { InputSlot } from "../../../src/model/catalog.ts";
import { inputRoles } from "../../../src/model/request.ts";

type Given = GivenInput & { name: string };
const file = (name: string, kind: InputSlot["kind"], role?: Given["role"]): Given => ({
  name,
  kind,
  source: { kind: "file" },
  ...(role ? { role } : {}),
});
const slot = (
  role: InputSlot["role"],
  kind: InputSlot["kind"],
  min: number,
  max: number,
  takes: InputSlot["takes"] = "either",
): InputSlot => ({ role, kind, min, max, takes, limits: { types: [], maxBytes: 1 } });

const firstFrame = [slot("firstFrame", "image", 1, 1)];
const frames = [slot("firstFrame", "image", 1, 1), slot("lastFrame", "image", 1, 1)];
const references = [
  slot("reference", "image", 0, 9),
  slot("video", "video", 0, 3, "link"),
  slot("audio", "audio", 0, 3),
];
const [one, two, three] = [file("1", "image"), file("2", "image"), file("3", "image")];

function rolesOf(slots: readonly InputSlot[], given: readonly Given[]) {
  const { used, left } = assignInputs(slots, given);
  return [used.map(({ name, role }) => `${name} ${role}`), left.map(({ name }) => name)];
}

describe("inputs in slots", () => {
  it("go by kind and order: two pictures are first and last frame", () => {
    assert.deepEqual(rolesOf(frames, [one, two]), [["1 firstFrame", "2 lastFrame"], []]);
  });

  it("a picture is a mask only if that was said", () => {
    const slots = [...firstFrame, slot("mask", "image", 0, 1)];
    assert.deepEqual(rolesOf(slots, [one, two]), [["1 firstFrame"], ["2"]]);
    assert.deepEqual(rolesOf(slots, [one, file("2", "image", "mask")]), [["1 firstFrame", "2 mask"], []]);
  });

  it("what a required slot needs goes there before an optional one takes it", () => {
    const slots = [slot("reference", "image", 0, 4), slot("person", "image", 1, 1)];
    assert.deepEqual(rolesOf(slots, [one, two]), [["2 reference", "1 person"], []]);
  });

  it("a role that was asked for is kept while there is room for it", () => {
    const given = [file("a", "image", "lastFrame"), file("b", "image", "lastFrame"), file("c", "image")];
    assert.deepEqual(rolesOf(frames, given), [["b firstFrame", "a lastFrame"], ["c"]]);
  });

  it("a role of another kind of media is not", () => {
    assert.deepEqual(rolesOf(references, [file("a", "image", "video")]), [["a reference"], []]);
  });

  it("a slot for sounds can take a video for its sound, but no picture", () => {
    const sound: InputSlot = { ...slot("audio", "audio", 1, 1), also: ["video"] };
    assert.deepEqual(rolesOf([sound], [file("clip", "video")]), [["clip audio"], []]);
    assert.deepEqual(rolesOf([sound], [one]), [[], ["1"]]);
    assert.deepEqual(misfit([sound], [file("clip", "video")]), [0, 0, 0]);
    assert.deepEqual(misfit([sound], []), [0, 1, 0]);
  });

  it("another model keeps what it has a place for, and says what it has not", () => {
    const given = [file("a", "image", "firstFrame"), file("v", "video", "video"), file("b", "image")];
    assert.deepEqual(rolesOf(firstFrame, given), [["a firstFrame"], ["v", "b"]]);
    assert.deepEqual(rolesOf(references, given), [["a reference", "b reference", "v video"], []]);
  });

  it("every input is used once or left once, and no slot holds more than it may", () => {
    const kinds = fc.constantFrom<InputSlot["kind"][]>("image", "video", "audio");
    const slots = fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...inputRoles), kinds, fc.nat(2), fc.nat(3))
        .map(([role, kind, min, more]) => slot(role, kind, min, min + more)),
      { selector: ({ role }) => role },
    );
    const given = fc
      .array(fc.tuple(kinds, fc.option(fc.constantFrom(...inputRoles), { nil: undefined })))
      .map((list) => list.map(([kind, role], index) => file(String(index), kind, role)));
    fc.assert(
      fc.property(slots, given, (places, items) => {
        const { used, left } = assignInputs(places, items);
        const names = [...used, ...left].map(({ name }) => name).sort();
        assert.deepEqual(names, items.map(({ name }) => name).sort());
        for (const { role, max, kind } of places) {
          const there = used.filter((input) => input.role === role);
          assert.ok(there.length <= max && there.every((input) => input.kind === kind));
          const room = there.length < max;
          const fits = (input: Given) => input.kind === kind && (role !== "mask" || input.role === "mask");
          assert.ok(!(room && left.some(fits)), "left although there is room");
        }
      }),
    );
  });

  it("which operation suits a selection: one picture, two, more, or with a clip", () => {
    const best = (given: readonly Given[]) => {
      const ranked = { firstFrame, frames, references };
      const rank = (slots: readonly InputSlot[]) => misfit(slots, given).join();
      return Object.entries(ranked).sort(([, a], [, b]) => rank(a).localeCompare(rank(b)))[0]?.[0];
    };
    assert.equal(best([one]), "firstFrame");
    assert.equal(best([one, two]), "frames");
    assert.equal(best([one, two, three]), "references");
    assert.equal(best([one, file("clip", "video")]), "references");
  });

  it("a local video in a slot that takes only links is in the way", () => {
    assert.deepEqual(misfit(references, [file("clip", "video")]), [0, 0, 1]);
    assert.deepEqual(misfit(references, [{ ...file("clip", "video"), source: { kind: "link" } }]), [0, 0, 0]);
  });
});
