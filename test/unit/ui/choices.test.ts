import assert from "node:assert/strict";
import type { Memento } from "vscode";
import { z } from "zod";
import type { RequestDraft } from "../../../src/ui/requestDraft.ts";
import { withoutEditor } from "../text/editor.ts";

withoutEditor();
const { Choices } = await import("../../../src/ui/choices.ts");

describe("choices", () => {
  const options = z.object({
    size: z.string().meta({ text: "size", size: { presets: ["2K"], sizes: [] } }),
    style: z.enum(["a", "b"]).meta({ text: "style" }),
    negative: z.string().meta({ text: "negative" }),
    seed: z.int().meta({ text: "seed" }),
  });
  const offer = {
    entry: { id: "kling" },
    model: { id: "m" },
    operation: "text-to-image",
    profile: { options },
  } as unknown as RequestDraft["offer"];

  it("are remembered without the prompt, free text or the seed, and nothing besides them (P-01, P-15)", async () => {
    const kept = new Map<string, unknown>();
    const memento = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as Memento;
    const choices = new Choices(memento);
    await choices.remember({
      offer,
      prompt: "canary",
      inputs: [],
      options: { size: "2K", style: "b", negative: "canary", seed: 7 },
    });
    assert.deepEqual(choices.options(offer), { size: "2K", style: "b" });
    const offers = { "text-to-image": "kling/m" };
    assert.deepEqual(
      [...kept],
      [["choices", { offers, options: { "text-to-image kling/m": { size: "2K", style: "b" } } }]],
    );
  });
});
