import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { unlinked } from "../text/unlinked.ts";
import type { InputFile } from "../vendors/contract.ts";
import { answerOf, assisted } from "./assistant.ts";

/** Types that models which see are known to take. */
const types = new Set(["image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif"]);
/** Largest picture that goes into a question, in bytes. */
const maxBytes = 7 * 2 ** 20;

function instructionsFor(language: string): string {
  return [
    "You write alternative text for pictures on web pages, for people who cannot see them.",
    `Write in ${language}, in one sentence of at most 125 characters.`,
    "Say what the picture shows and what matters about it. If it holds words, quote the important ones.",
    "Do not begin with “image of” or the like. Answer with the text alone, without quotation marks.",
  ].join(" ");
}

/** The language to write in: Chinese beside Chinese words, else the editor's own unless the words around are none of it. */
export function languageFor(around: string): string {
  if (/\p{Script=Han}/u.test(around)) return "Simplified Chinese";
  const isChinese = vscode.env.language.startsWith("zh");
  return isChinese && !/\p{L}/u.test(around) ? "Simplified Chinese" : "English";
}

/** Has a picture described; the picture goes to the vendor, nothing else does. Undefined if nothing came of it. */
export async function describePicture(
  services: Pick<Services, "aside">,
  picture: InputFile,
  language: string,
): Promise<string | undefined> {
  const name = unlinked(picture.name);
  if (picture.url === undefined && !types.has(picture.type)) {
    vscode.window.showErrorMessage(
      l10n.t("{0} can not be described: only PNG, JPEG, WebP, GIF and BMP pictures can.", name),
    );
    return undefined;
  }
  if (picture.bytes > maxBytes) {
    vscode.window.showErrorMessage(
      l10n.t("{0} is too large to be described. At most 7 MB go; make a smaller copy first.", name),
    );
    return undefined;
  }
  const ask = { instructions: instructionsFor(language), text: "", pictures: [picture] };
  const text = await assisted(services, "chat", l10n.t("Easel: looking at {0}…", name), (vendor, context) =>
    answerOf(vendor, context, ask),
  );
  return text
    ?.replaceAll(/\s+/g, " ")
    .replace(/^["“”「]|["“”」]$/g, "")
    .trim();
}
