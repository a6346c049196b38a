import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { parseSync, Visitor, type VisitorObject } from "oxc-parser";
import { sourceFiles } from "../lib/files.ts";
import { root } from "../lib/paths.ts";

/** A file of the repository: its path from the root, with slashes, and its text. */
export interface Source {
  path: string;
  text: string;
}

/** Reads the TypeScript files in and below some folders. */
export async function readSources(...folders: readonly string[]): Promise<Source[]> {
  const paths = await sourceFiles(folders.map((folder) => `${folder}/**/*.ts`));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })));
}

/** Walks a file's syntax tree; throws on a file that is not valid TypeScript. */
export function visit({ path, text }: Source, visitor: VisitorObject): void {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  new Visitor(visitor).visit(program);
}

/** The line of an offset, from 1. */
export function lineAt({ text }: Source, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Something a file imports: a package, or a file by its path from the root. */
export interface Import {
  /** `node:fs` and `vscode` are packages too. */
  package?: string;
  file?: string;
  typeOnly: boolean;
  line: number;
}

/** The package a module name belongs to: `@scope/name/deep` is in `@scope/name`. */
function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** All that a file imports: statically, dynamically, by export from, as a type. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const add = (module: unknown, typeOnly: boolean, start: number) => {
    const line = lineAt(source, start);
    if (typeof module !== "string") found.push({ package: "(computed)", typeOnly, line });
    else if (module.startsWith("."))
      found.push({ file: posix.join(posix.dirname(source.path), module), typeOnly, line });
    else found.push({ package: packageOf(module), typeOnly, line });
  };
  visit(source, {
    ImportDeclaration: (node) => {
      const named = node.specifiers.length > 0;
      const types = node.specifiers.every(
        (each) => each.type === "ImportSpecifier" && each.importKind === "type",
      );
      add(node.source.value, node.importKind === "type" || (named && types), node.start);
    },
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === "type", node.start),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source.value, node.exportKind === "type", node.start);
    },
    ImportExpression: (node) =>
      add(node.source.type === "Literal" ? node.source.value : undefined, false, node.start),
    TSImportType: (node) => add(node.source.value, true, node.start),
  });
  return found;
}
