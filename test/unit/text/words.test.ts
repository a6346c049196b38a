import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { optionFields } from "../../../src/model/options.ts";
import { type ProblemCode, problemCodes } from "../../../src/model/problems.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import { errorReasons, type FailureRecord } from "../../../src/vendors/errors.ts";
import { errorRules as klingErrorRules, taskRules } from "../../../src/vendors/kling/error-rules.ts";
import { errorRules } from "../../../src/vendors/seedream/error-rules.ts";
import { chinese, lookedUp, withoutEditor } from "./editor.ts";

withoutEditor();
const { optionText, optionTextKeys, optionValueText, optionLabel } = await import(
  "../../../src/text/options.ts"
);
const { problemText } = await import("../../../src/text/problems.ts");
const { failureText } = await import("../../../src/text/errors.ts");
const { inputErrorText } = await import("../../../src/text/inputs.ts");
const { warningText } = await import("../../../src/text/warnings.ts");

const vendors = await Promise.all(vendorEntries.map((entry) => entry.load()));
const fields = vendors
  .flatMap(({ models, library }) => [
    ...models.flatMap(({ operations }) => Object.values(operations)),
    ...(library?.shelves ?? []).flatMap(({ forms }) => forms.map(({ profile }) => profile)),
  ])
  .flatMap(({ options }) => optionFields(options));
const bundle = chinese();

/** Names that are the same in every language. */
const properNames = /^(\d(\.\d)?K|\d+p|\d+:\d+|\d{5}|PNG|JPEG|SVG|\d+ × \d+)$/;

function assertChinese(texts: readonly string[]): void {
  for (const text of texts) {
    assert.ok(bundle[text], `no Chinese for: ${text}`);
    const holes = (words: string) =>
      [...words.matchAll(/\{\w+\}/g)]
        .map(([hole]) => hole)
        .sort()
        .join();
    assert.equal(holes(bundle[text] ?? ""), holes(text), text);
  }
}

describe("words for options", () => {
  it("every option of every model has a label and a description, in both languages", () => {
    for (const { text, key } of fields) {
      assert.notEqual(optionText(text).label, text, `${text} has no words`);
      assert.ok(optionText(text).description, text);
      assert.notEqual(optionLabel(key), key, `problems cannot name ${key}`);
      assertChinese(lookedUp(() => void optionText(text)));
    }
  });

  it("every value of every choice has a name", () => {
    for (const field of fields) {
      const values = field.kind === "choice" ? field.values : field.kind === "size" ? field.size.presets : [];
      for (const value of values) {
        const name = optionValueText(field, value);
        // A language is its own name in English.
        if (field.text === "speechLanguage") continue;
        assert.ok(name !== value || properNames.test(name), `${field.text}: ${value}`);
      }
    }
  });

  it("no words are left over", () => {
    const used = new Set(fields.map(({ text }) => text));
    assert.deepEqual(
      optionTextKeys().filter((key) => !used.has(key)),
      [],
    );
  });

  it("sizes, counts and switches read well", () => {
    const field = (kind: string, more = {}) =>
      ({ key: "x", text: "x", kind, ...more }) as (typeof fields)[number];
    assert.equal(optionValueText(field("size"), "2048x1152"), "2048 × 1152");
    assert.equal(optionValueText(field("integer", { unit: "images" }), 1), "1 image");
    assert.equal(optionValueText(field("integer", { unit: "images" }), 4), "4 images");
    assert.equal(optionValueText(field("boolean"), true), "On");
  });
});

describe("words for problems", () => {
  const args = {
    option: "size",
    limit: 3,
    actual: 5,
    unit: "px",
    values: "A, B",
    name: "a.png",
    role: "reference",
  };

  for (const code of Object.keys(problemCodes) as ProblemCode[]) {
    it(`${code} says what it is about, in both languages`, () => {
      const more = { expected: "number", references: 13, count: 4 };
      const given = { ...args, ...more };
      const text = problemText({ code, args: given });
      assert.notEqual(text, code);
      assert.doesNotMatch(text, /\{\w+\}|undefined/);
      assertChinese(lookedUp(() => void problemText({ code, args: given })));
      const named: Record<string, RegExp> = { limit: /3/, name: /a\.png/, references: /13/ };
      for (const argument of problemCodes[code])
        if (named[argument]) assert.match(text, named[argument], argument);
    });
  }

  it("measures are in units people read", () => {
    const text = (code: ProblemCode, limit: number, actual: number, unit: string) =>
      problemText({ code, args: { ...args, limit, actual, unit } });
    assert.match(
      text("inputMaxBytes", 30 * 2 ** 20, 31.5 * 2 ** 20, "B"),
      /a\.png has 31\.5 MB; at most 30 MB/,
    );
    assert.match(
      text("sizeMinPixels", 3_686_400, 1_048_576, "px2"),
      /3,686,400 pixels; this size has 1,048,576/,
    );
    assert.match(text("inputMinRatio", 1 / 16, 1 / 20, "ratio"), /at least 1:16, it has 1:20/);
    const type = problemText({
      code: "inputType",
      args: { name: "a", actual: "image/svg+xml", values: "image/png, image/jpeg" },
    });
    assert.match(type, /a is SVG; this model takes PNG, JPEG/);
  });
});

describe("words for failures", () => {
  for (const reason of errorReasons) {
    for (const sent of ["no", "refused", "unknown"] as const) {
      it(`${reason}, ${sent}: what happened, what it means for the bill, what to do`, () => {
        const failure: FailureRecord = {
          reason,
          sent,
          status: 400,
          code: "X.Y",
          requestId: "02ab",
          field: "size",
        };
        const words = failureText(failure, { vendor: "Seedream" });
        assert.match(words.title, /Seedream/);
        assert.match(
          words.detail,
          { no: /nothing is billed/, refused: /nothing is billed/, unknown: /may have been .*billed/ }[sent],
        );
        assert.ok(words.next.length > 10);
        assert.deepEqual(
          words.facts.map(({ value }) => value),
          ["X.Y (HTTP 400)", "02ab"],
        );
        assertChinese(lookedUp(() => void failureText(failure, { vendor: "Seedream" })));
      });
    }
  }

  it("makes no link of the words of others, which in a notification could run a command", () => {
    const link = "[Fix it](command:workbench.action.quit)";
    const failure = { reason: "invalid", sent: "refused", vendorMessage: link, field: `${link}!` } as const;
    const { detail } = failureText(failure, { vendor: "V" });
    assert.match(detail, /Fix it/);
    assert.doesNotMatch(detail, /\]\(/);
    for (const code of ["unreadable", "tooLarge", "notMedia"] as const)
      assert.doesNotMatch(inputErrorText({ code, fileName: `${link}.png` } as never), /\]\(/);
  });

  it("a refusal by policy is no crash, costs nothing, and is not simply to be tried again", () => {
    const failure: FailureRecord = {
      reason: "policy",
      sent: "refused",
      vendorMessage: "may contain sensitive information",
    };
    const { title, detail, next } = failureText(failure, { vendor: "Seedream" });
    assert.match(title, /declined/);
    assert.match(detail, /Nothing is broken.*may contain sensitive information.*nothing is billed/);
    assert.match(next, /would be declined again/);
  });

  it("every next step that a part of Easel names has words of its own, in both languages", () => {
    const literal = /next: (?:[^"\n]*\? )?"(\w+)"(?: : "(\w+)")?/g;
    const src = new URL("../../../src/", import.meta.url);
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.ts$/.test(name),
    );
    const written = files.flatMap((name) =>
      [...readFileSync(new URL(name, src), "utf8").matchAll(literal)].flatMap(([, one, two]) => [one, two]),
    );
    const steps = new Set(
      [...written, ...[...errorRules, ...klingErrorRules, ...taskRules].map(({ next }) => next)].filter(
        (step) => step !== undefined,
      ),
    );
    assert.ok(steps.size > 20);
    const plain = failureText({ reason: "invalid", sent: "refused" }, { vendor: "V" }).next;
    for (const next of steps) {
      const failure: FailureRecord = { reason: "invalid", sent: "refused", next };
      assert.notEqual(failureText(failure, { vendor: "V" }).next, plain, `${next} has no words`);
      assertChinese(lookedUp(() => void failureText(failure, { vendor: "V" })));
    }
  });

  it("a failure that a newer Easel wrote is still told", () => {
    const { title } = failureText({ reason: "cosmicRay", sent: "unknown", next: "wait" }, { vendor: "V" });
    assert.match(title, /V/);
  });
});

describe("words for warnings", () => {
  it("name what was changed, in both languages; an unknown one is shown by its code", () => {
    const texts = lookedUp(() => {
      warningText({ code: "formatPngForTransparency" });
      warningText({ code: "soundCut" });
      warningText({ code: "labelNotWritten" });
      assert.match(warningText({ code: "faceMissing", args: { actual: 3, count: 1 } }), /only 1 .*face 3/);
      warningText({ code: "draftResolution" });
      warningText({ code: "promptReadsAsEdit" });
      assert.match(warningText({ code: "promptFlags", args: { flag: "--dur" } }), /“--dur”/);
      assert.match(warningText({ code: "optionDropped", args: { option: "webSearch" } }), /Web Search/);
    });
    assertChinese(texts);
    assert.equal(warningText({ code: "unheardOf" }), "unheardOf");
  });
});
