import { type Import, importsOf, lineAt, readSources, type Source, visit } from "./source.ts";

/** Who may import what. Paths are prefixes from the repository's root. */
interface Rule {
  /** The files it holds for. */
  in: readonly string[];
  /** Files it does not hold for after all. */
  except?: readonly string[];
  /** Packages that are out of bounds. */
  noPackages?: readonly string[];
  /** The only packages allowed. */
  onlyPackages?: readonly string[];
  /** Files that are out of bounds. */
  noFiles?: readonly string[];
  /** The only files allowed. */
  onlyFiles?: readonly string[];
  /** Files allowed as types only. */
  typesOf?: readonly string[];
  /** Global functions that are out of bounds. */
  noCalls?: readonly string[];
  why: string;
}

const core = ["src/model/", "src/vendors/", "src/net/", "src/jobs/", "src/assets/"];

/** The rules of the house, each with the sentence it is broken with. */
export const rules: readonly Rule[] = [
  {
    in: core,
    noPackages: ["vscode"],
    why: "the core runs in plain Node: take what you need from the editor as an argument",
  },
  { in: core, onlyFiles: core, why: "the core knows nothing of the editor's side" },
  { in: ["src/model/"], onlyFiles: ["src/model/"], onlyPackages: ["zod"], why: "the model is pure" },
  {
    in: ["src/vendors/"],
    noPackages: ["node:http", "node:https", "node:net", "node:tls"],
    noCalls: ["fetch"],
    why: "a vendor reaches the network through its context only, which journals what costs money",
  },
  {
    in: ["src/"],
    except: ["src/net/"],
    noPackages: ["undici"],
    why: "undici is loaded by net, on first use",
  },
  {
    in: ["src/webview/"],
    onlyFiles: [
      "src/webview/",
      "src/studio/protocol.ts",
      "src/studio/studioProtocol.ts",
      "src/studio/studioViews.ts",
      "src/studio/studioStrings.ts",
    ],
    typesOf: ["src/model/"],
    onlyPackages: ["lit", "@vscode-elements/elements", "@vscode/codicons"],
    why: "a webview has the model's types, the protocol and its own files, nothing else",
  },
  {
    in: ["src/"],
    except: ["src/webview/"],
    noFiles: ["src/webview/", "test/", "scripts/"],
    why: "the extension does not import webviews, tests or scripts",
  },
  {
    in: ["test/simulator/"],
    noFiles: ["src/"],
    why: "the simulator's prices, limits and checks are its own",
  },
];

const under = (path: string, prefixes: readonly string[] = []) =>
  prefixes.some((each) => path.startsWith(each));

function breaks(rule: Rule, { package: name, file, typeOnly }: Import): boolean {
  if (name !== undefined) {
    return (
      rule.noPackages?.includes(name) === true ||
      (rule.onlyPackages !== undefined && !rule.onlyPackages.includes(name))
    );
  }
  if (file === undefined) return false;
  if (typeOnly && under(file, rule.typesOf)) return false;
  return under(file, rule.noFiles) || (rule.onlyFiles !== undefined && !under(file, rule.onlyFiles));
}

/** Every breach in a file, as lines `path:line: what (why)`. */
export function breaches(source: Source): string[] {
  const applying = rules.filter((rule) => under(source.path, rule.in) && !under(source.path, rule.except));
  if (applying.length === 0) return [];
  const found = importsOf(source).flatMap((each) =>
    applying
      .filter((rule) => breaks(rule, each))
      .map((rule) => `${source.path}:${each.line}: imports ${each.package ?? each.file} (${rule.why})`),
  );
  const calls = applying.filter((rule) => rule.noCalls);
  if (calls.length > 0) {
    visit(source, {
      CallExpression: ({ callee, start }) => {
        if (callee.type !== "Identifier") return;
        for (const rule of calls) {
          if (rule.noCalls?.includes(callee.name))
            found.push(`${source.path}:${lineAt(source, start)}: calls ${callee.name} (${rule.why})`);
        }
      },
    });
  }
  return found;
}

/** Checks the whole repository. */
export async function checkImports(): Promise<string[]> {
  return (await readSources("src", "test/simulator")).flatMap(breaches);
}
