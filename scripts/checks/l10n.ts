import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../lib/paths.ts";
import { lineAt, readSources, type Source, visit } from "./source.ts";

/** Texts by key. */
export type Bundle = Readonly<Record<string, string>>;

/** A key of the l10n bundle and where it is used. */
interface Use {
  key: string;
  at: string;
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join(" ");

/** The keys of `l10n.t(…)` in a file; a first argument that no tool could read is an error. */
export function usesOf(source: Source): { uses: Use[]; errors: string[] } {
  const uses: Use[] = [];
  const errors: string[] = [];
  visit(source, {
    CallExpression: ({ callee, arguments: [first], start }) => {
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
      const { object } = callee;
      const name =
        object.type === "Identifier"
          ? object.name
          : object.type === "MemberExpression" && object.property.type === "Identifier"
            ? object.property.name
            : "";
      if (name !== "l10n" || callee.property.name !== "t") return;
      const at = `${source.path}:${lineAt(source, start)}`;
      if (first?.type === "Literal" && typeof first.value === "string") uses.push({ key: first.value, at });
      else errors.push(`${at}: the text of l10n.t must be a plain string`);
    },
  });
  return { uses, errors };
}

/** What keeps a translated bundle from being complete and exact. */
export function compareBundle(uses: readonly Use[], bundle: Bundle): string[] {
  const used = new Set(uses.map(({ key }) => key));
  return [
    ...uses.filter(({ key }) => !(key in bundle)).map(({ key, at }) => `${at}: no translation of "${key}"`),
    ...Object.keys(bundle)
      .filter((key) => !used.has(key))
      .map((key) => `the bundle has "${key}", which nobody uses`),
    ...Object.entries(bundle)
      .filter(([key, text]) => placeholders(key) !== placeholders(text))
      .map(([key]) => `the translation of "${key}" has other placeholders`),
  ];
}

/** What is wrong between the keys a manifest uses and its texts in both languages. */
export function compareManifest(manifest: string, english: Bundle, chinese: Bundle): string[] {
  const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ""));
  const keys = [...new Set([...used, ...Object.keys(english), ...Object.keys(chinese)])].sort();
  return keys.flatMap((key) => [
    ...(used.has(key) ? [] : [`package.json does not use ${key}`]),
    ...(key in english ? [] : [`package.nls.json has no ${key}`]),
    ...(key in chinese ? [] : [`package.nls.zh-cn.json has no ${key}`]),
    ...(placeholders(english[key] ?? "") === placeholders(chinese[key] ?? "") ||
    !(key in english && key in chinese)
      ? []
      : [`${key} has other placeholders in Chinese`]),
  ]);
}

const read = (path: string) => readFile(join(root, path), "utf8");

/** Checks that every text a person sees is there in English and in Chinese, and none besides. */
export async function checkL10n(): Promise<string[]> {
  const found = (await readSources("src")).map(usesOf);
  return [
    ...found.flatMap(({ errors }) => errors),
    ...compareBundle(
      found.flatMap(({ uses }) => uses),
      JSON.parse(await read("l10n/bundle.l10n.zh-cn.json")),
    ),
    ...compareManifest(
      await read("package.json"),
      JSON.parse(await read("package.nls.json")),
      JSON.parse(await read("package.nls.zh-cn.json")),
    ),
  ];
}
