import assert from "node:assert/strict";
import type { Memento } from "vscode";
import type { ChosenInput } from "../../src/inputs.ts";
import { Compose } from "../../src/studio/compose.ts";
import { composeView } from "../../src/studio/composeView.ts";
import { Choices } from "../../src/ui/choices.ts";

describe("the Studio's draft", () => {
  let compose: Compose;
  let keys: string[];
  const me = {};

  beforeEach(async () => {
    keys = [];
    const kept = new Map<string, unknown>();
    const memento = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as Memento;
    compose = new Compose({
      choices: new Choices(memento),
      usable: async () => new Set(keys),
      now: () => Date.UTC(2026, 10, 22),
    });
    await compose.load();
  });
  afterEach(() => compose.dispose());

  const view = () =>
    composeView(compose, { viewer: me, address: String, place: undefined, improve: { enabled: false } });
  let count = 0;
  const picture = (name: string): { input: ChosenInput } => ({
    input: {
      kind: "image",
      name,
      source: { kind: "file", uri: `file:///site/${name}`, sha256: String(++count), bytes: 1000 },
      facts: { type: "image/png", bytes: 1000, width: 1024, height: 1024 },
    },
  });
  const chosenModels = () => view().chosen.map((id) => id.split("/")[0]);

  it("begins with what needs no key, and can be sent once there is a prompt", () => {
    assert.deepEqual([view().operation, chosenModels()], ["text-to-image", ["placeholder"]]);
    compose.setPrompt("A fox", me);
    assert.equal(view().ready, true);
    assert.equal(view().prompt.own, true);
    compose.setPrompt("A fox", {});
    assert.equal(view().prompt.own, false, "what another view wrote is to be taken over");
  });

  it("prefers a vendor whose key is there, once it is", async () => {
    keys = ["seedream"];
    await compose.reload();
    compose.setOperation("image-to-image");
    assert.deepEqual(chosenModels(), ["seedream"]);
    assert.equal(view().offers[0]?.usable, true);
    assert.equal(view().operations.find(({ id }) => id === "effects")?.can, false);
  });

  it("several models have their own options; a shared one follows where it is taken", () => {
    const seedream = view().offers.filter(({ id }) => id.startsWith("seedream/"));
    const both = ["placeholder/placeholder", seedream[0]?.id ?? ""];
    compose.setOffers(both);
    assert.deepEqual(view().chosen, both);
    const [first] = view().forms;
    const size = first?.options.find(({ key }) => key === "size");
    assert.ok(first && size?.control.kind === "size");
    const wanted = size.control.choices.at(-1)?.value ?? "";
    compose.setOption(first.offer, "size", wanted);
    const values = view().forms.map(({ options }) => options.find(({ key }) => key === "size"));
    assert.equal(values[0]?.value, wanted);
    assert.equal(values[0]?.changed, true);
    assert.equal(values[1]?.problem, undefined, "a value that the other does not take stays away from it");
    compose.setOption(first.offer, "size", undefined);
    assert.equal(view().forms[0]?.options.find(({ key }) => key === "size")?.changed, false);
  });

  it("a picture that has no place leads to an operation that takes it", () => {
    compose.setPrompt("Paint it blue", me);
    assert.equal(compose.add([picture("a.png")]), "image-to-image");
    assert.deepEqual(
      view().slots.flatMap(({ inputs }) => inputs.map(({ name }) => name)),
      ["a.png"],
    );
    assert.equal(view().prompt.text, "Paint it blue");
  });

  it("pictures are put in order, moved to another place, and taken out", async () => {
    keys = ["seedream"];
    await compose.reload();
    compose.setOperation("images-to-image");
    compose.add([picture("a.png"), picture("b.png"), picture("c.png")]);
    const names = () => view().slots.flatMap(({ inputs }) => inputs.map(({ name }) => name));
    const idOf = (name: string) => compose.draft.inputs.find(({ input }) => input.name === name)?.id ?? "";
    const role = view().slots[0]?.role ?? "reference";
    compose.move(idOf("c.png"), role, 0);
    assert.deepEqual(names(), ["c.png", "a.png", "b.png"]);
    compose.move(idOf("c.png"), role, 2);
    assert.deepEqual(names(), ["a.png", "b.png", "c.png"]);
    compose.remove(idOf("b.png"));
    assert.deepEqual(names(), ["a.png", "c.png"]);
  });

  it("a frame for a place that the operation has not finds one that has", async () => {
    keys = ["seedream"];
    await compose.reload();
    const frame: { input: ChosenInput } = { input: { ...picture("frame.png").input, role: "firstFrame" } };
    assert.equal(compose.makeRoom(frame.input), true);
    compose.add([frame]);
    assert.deepEqual([view().operation, chosenModels()], ["image-to-video", ["seedream"]]);
    assert.deepEqual(
      view()
        .slots.find(({ role }) => role === "firstFrame")
        ?.inputs.map(({ name }) => name),
      ["frame.png"],
    );
  });

  it("nothing written is lost: a draft that gives way goes to the history, and comes back whole", () => {
    compose.setPrompt("The first one", me);
    compose.add([picture("a.png")]);
    compose.replace({ prompt: "Another" });
    const [aside] = view().history;
    assert.deepEqual([aside?.kind, aside?.prompt, view().prompt.text], ["aside", "The first one", "Another"]);
    compose.restore(aside?.id ?? "");
    assert.equal(view().prompt.text, "The first one");
    assert.equal(compose.draft.inputs.length, 1);
    assert.deepEqual(
      view().history.map(({ prompt }) => prompt),
      ["Another"],
    );
    const sent = compose.draft;
    compose.replace({ prompt: "Begun while it was sent" });
    compose.sent(sent);
    assert.deepEqual(
      [view().prompt.text, view().history[0]?.prompt],
      ["Begun while it was sent", "The first one"],
    );
    assert.deepEqual(
      view().history.map(({ kind }) => kind),
      ["sent", "aside"],
    );
    compose.clear();
    assert.equal(view().prompt.text, "");
  });
});
