import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { root } from "../lib/paths.ts";
import { buildExtension } from "../lib/vsix.ts";

/** What ships beside the bundles' own code: copied by esbuild.mjs, or inside a package under a licence of its own. */
const copied = ["@vscode/codicons"];
const inside = [
  {
    name: "llhttp",
    version: "as built into undici",
    licence: "MIT",
    text: `This software is licensed under the MIT License.

Copyright Fedor Indutny, 2018.

Permission is hereby granted, free of charge, to any person obtaining a
copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included
in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS
OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE
USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  },
];

/** Licences that code shipped under Apache-2.0 may bring along. */
const accepted = new Set(["MIT", "BSD-3-Clause", "BSD-2-Clause", "ISC", "Apache-2.0", "0BSD", "CC-BY-4.0"]);

/** Where the notices are, from the root. */
export const noticesFile = "THIRD-PARTY-NOTICES";
const listFile = "docs/dependencies.md";

/** The packages that outputs hold code of, with their bytes in them. */
export function bundledPackages(outputs: Metafile["outputs"]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      if (name && bytesInOutput > 0) found.set(name, (found.get(name) ?? 0) + bytesInOutput);
    }
  }
  return found;
}

/** Rows of the list that are missing, too many, or whose size (kB, first of its cells) is off by more than a fifth. */
export function compareList(list: string, bundled: ReadonlyMap<string, number>): string[] {
  const rows = new Map(
    [...list.matchAll(/^\| `([^`]+)` \| (\d+) kB \| .+ \| .+ \|$/gm)].map(([, name = "", size]) => [
      name,
      Number(size),
    ]),
  );
  const isOff = (listed: number, bytes: number) =>
    Math.abs(listed - bytes / 1000) > Math.max(2, bytes / 5000);
  return [
    ...[...bundled].flatMap(([name, bytes]) => {
      const listed = rows.get(name);
      const is = `${name} has ${Math.round(bytes / 1000)} kB in the bundles`;
      if (listed === undefined) return [`${is}, and no row in ${listFile}`];
      return isOff(listed, bytes) ? [`${is}, not ${listed} kB as ${listFile} says`] : [];
    }),
    ...[...rows.keys()]
      .filter((name) => !bundled.has(name) && !copied.includes(name))
      .map((name) => `${listFile} lists ${name}, which is not in the bundles`),
  ];
}

async function bundled(): Promise<Map<string, number>> {
  await buildExtension();
  const { outputs }: Metafile = JSON.parse(await readFile(join(root, "dist", "metafile.json"), "utf8"));
  return bundledPackages(outputs);
}

interface Notice {
  name: string;
  version: string;
  licence: string;
  text: string;
}

async function noticeOf(name: string): Promise<Notice> {
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} comes without the text of its licence`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return { name, version, licence: license, text: texts.map((text) => text.trim()).join("\n\n") };
}

/** The notices of all that ships: names, versions, licences and their texts; and what is wrong with them. */
export async function notices(): Promise<{ text: string; errors: string[] }> {
  const names = [...new Set([...(await bundled()).keys(), ...copied])].sort();
  const all: Notice[] = [...(await Promise.all(names.map(noticeOf))), ...inside];
  const line = "-".repeat(80);
  const sections = all.map(({ name, version, licence, text }) =>
    [line, `${name} ${version} (${licence})`, line, "", text.replaceAll("\r\n", "\n"), ""].join("\n"),
  );
  return {
    text: [
      "Easel is licensed under Apache-2.0. Its package holds parts of the following.",
      "",
      ...sections,
    ].join("\n"),
    errors: all
      .filter(({ licence }) => !accepted.has(licence))
      .map(({ name, licence }) => `${name} is licensed under ${licence}, which nobody has looked at yet`),
  };
}

/** Checks that the notices are those of what ships, and that the list of dependencies is true. */
export async function checkDependencies(): Promise<string[]> {
  const { text, errors } = await notices();
  const kept = await readFile(join(root, noticesFile), "utf8").catch(() => "");
  const list = await readFile(join(root, listFile), "utf8").catch(() => "");
  return [
    ...errors,
    ...(kept === text ? [] : [`${noticesFile} is not that of what ships: run node scripts/notices.ts`]),
    ...compareList(list, await bundled()),
  ];
}
