import assert from "node:assert/strict";
import { compareBundle, compareManifest, usesOf } from "../../../scripts/checks/l10n.ts";

const uses = (text: string) => usesOf({ path: "src/text/a.ts", text });

describe("check of texts", () => {
  it("finds plain strings under both names, and no others", () => {
    const found = uses('l10n.t("One");\nvscode.l10n.t("{0} two", 2); other.t("Three"); // l10n.t("Four")');
    assert.deepEqual(
      found.uses.map(({ key, at }) => `${at} ${key}`),
      ["src/text/a.ts:1 One", "src/text/a.ts:2 {0} two"],
    );
  });

  it("refuses a text that no tool could read", () => {
    for (const text of ["l10n.t(words)", "l10n.t(`a`)", 'l10n.t("a" + b)', 'l10n.t({ message: "a" })']) {
      assert.equal(uses(text).errors.length, 1, text);
    }
  });

  it("reports what is missing, unused, or has other placeholders", () => {
    const used = uses('l10n.t("{0} of {1}"); l10n.t("Gone")').uses;
    assert.deepEqual(compareBundle(used, { "{0} of {1}": "{1} 中的 {0}", Gone: "没了" }), []);
    assert.equal(compareBundle(used, { "{0} of {1}": "{0}", Gone: "没了" }).length, 1);
    assert.equal(compareBundle(used, { Gone: "没了" }).length, 1);
    assert.equal(compareBundle(used.slice(1), { Gone: "没了", Old: "旧" }).length, 1);
  });

  it("holds the manifest against both languages", () => {
    const manifest = '{"title":"%a%","other":"%b%"}';
    assert.deepEqual(compareManifest(manifest, { a: "A", b: "B" }, { a: "甲", b: "乙" }), []);
    assert.deepEqual(compareManifest(manifest, { a: "A", b: "B", c: "C" }, { a: "甲", c: "丙" }), [
      "package.nls.zh-cn.json has no b",
      "package.json does not use c",
    ]);
  });
});
