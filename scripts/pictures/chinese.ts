import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../lib/paths.ts";
import own from "./words.zh-cn.json" with { type: "json" };

/** A single word in small letters is a code, such as `video` or `off`, except where only words stand. */
const code = /^[a-z][A-Za-z-]*$/;
const spoken: ReadonlySet<string> = new Set(["cost", "label", "notes", "standard", "text", "unit"]);

const states: Record<string, string> = { waiting: "待处理", placed: "已放置", saved: "已保存" };

/**
 * Puts what the tests' examples say into Chinese: in the words that ship where Easel itself would say it, in words of the pictures'
 * own for prompts, names and the like. Gives a function that changes every text in a message; others stay.
 */
export async function chineseExamples(): Promise<(message: unknown) => unknown> {
  const shipped: Record<string, string> = JSON.parse(
    await readFile(join(root, "l10n/bundle.l10n.zh-cn.json"), "utf8"),
  );
  const words: ReadonlyMap<string, string> = new Map(Object.entries({ ...own, ...shipped }));
  const translated = (text: string): string => {
    const [about, vendor, state, minutes] = text.split(/, | min ago$/);
    if (minutes !== undefined && text.endsWith(" min ago"))
      return [words.get(about ?? ""), vendor, states[state ?? ""], `${minutes} 分钟前`].join(" · ");
    const [, name = text, number = ""] = /^(.+?)( \d+)?$/su.exec(text) ?? [];
    return words.get(text) ?? (words.has(name) ? `${words.get(name)}${number}` : text);
  };
  const changed = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return code.test(value) && !spoken.has(key) ? value : translated(value);
    if (Array.isArray(value)) return value.map((each) => changed(each, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, name)]));
  };
  return changed;
}
