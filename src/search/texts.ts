import * as vscode from "vscode";
import { picturesIn } from "../placement/pictures.ts";
import { maxRecipeBytes, readRecipe, recipeSuffix } from "../placement/recipe.ts";
import { pictureFile } from "../ui/pictureFiles.ts";
import type { KnownText, TextSource } from "./searchIndex.ts";

/** Documents that are looked through for pictures, by their ending. */
const languages: Readonly<Record<string, string>> = {
  md: "markdown",
  mdx: "mdx",
  html: "html",
  htm: "html",
  vue: "vue",
  svelte: "svelte",
  jsx: "javascriptreact",
  tsx: "typescriptreact",
};

const maxFiles = 5000;
/** Larger documents are not written by hand. Bytes. */
const maxDocumentBytes = 2 ** 20;
/** Longest text that is kept, in characters. */
const maxText = 2000;

const collectors: Record<TextSource, (folder: vscode.Uri) => Promise<KnownText[]>> = {
  altTexts: altTextsIn,
  recipes: recipePromptsIn,
};

/** The texts of some sources in a workspace folder, each once. */
export async function collectTexts(folder: vscode.Uri, sources: readonly TextSource[]): Promise<KnownText[]> {
  const all = (await Promise.all(sources.map((source) => collectors[source](folder)))).flat();
  return [...new Map(all.map((known) => [JSON.stringify(known), known])).values()];
}

async function altTextsIn(folder: vscode.Uri): Promise<KnownText[]> {
  const found: KnownText[] = [];
  for (const uri of await filesIn(folder, `**/*.{${Object.keys(languages).join(",")}}`)) {
    const text = await textOf(uri, maxDocumentBytes);
    const languageId = languages[uri.path.slice(uri.path.lastIndexOf(".") + 1).toLowerCase()] ?? "";
    for (const { alt, target } of picturesIn(text, languageId)) {
      const words = alt.trim().slice(0, maxText);
      const file = words === "" ? undefined : await pictureFile({ uri }, target);
      if (file) found.push({ uri: file.toString(), text: words, source: "altTexts" });
    }
  }
  return found;
}

async function recipePromptsIn(folder: vscode.Uri): Promise<KnownText[]> {
  const found: KnownText[] = [];
  for (const uri of await filesIn(folder, `**/*${recipeSuffix}`)) {
    const prompt = readRecipe(await textOf(uri, maxRecipeBytes))
      ?.prompt.trim()
      .slice(0, maxText);
    if (!prompt) continue;
    const asset = uri.with({ path: uri.path.slice(0, -recipeSuffix.length) });
    found.push({ uri: asset.toString(), text: prompt, source: "recipes" });
  }
  return found;
}

async function filesIn(folder: vscode.Uri, glob: string): Promise<vscode.Uri[]> {
  const pattern = new vscode.RelativePattern(folder, glob);
  return vscode.workspace.findFiles(pattern, "**/node_modules/**", maxFiles);
}

async function textOf(uri: vscode.Uri, maxBytes: number): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > maxBytes ? "" : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return "";
  }
}
