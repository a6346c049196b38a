import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { nameOf, openInput } from "../inputs.ts";
import { openDocument } from "../placement/documents.ts";
import { type Picture, pictureAt, picturesIn } from "../placement/pictures.ts";
import { unlinked } from "../text/unlinked.ts";
import { describePicture, languageFor } from "../ui/altText.ts";
import { chosenFiles, readFiles } from "../ui/media.ts";
import { askText, back, pickOne } from "../ui/multiStep.ts";
import { type PictureUse, pictureFile, usesOf } from "../ui/pictureFiles.ts";
import type { InputFile } from "../vendors/contract.ts";

/** Most of a document that tells its language, in characters around the picture. */
const around = 400;

/**
 * Has a picture described and writes the text into the markup once the user confirms it: the picture under the cursor, or the file
 * the command was called on. Where no open document shows the file, the text is copied instead.
 */
export async function writeAltText(services: Services, args: readonly unknown[]): Promise<void> {
  const underCursor = args[0] instanceof vscode.Uri ? undefined : await atCursor();
  const subject = underCursor ?? (await chosen(args));
  if (!subject) return;
  const { picture, uses } = subject;
  const [use] = uses;
  const nearby = use
    ? use.document
        .getText()
        .slice(Math.max(0, use.picture.start - around))
        .slice(0, 2 * around)
    : "";
  const text = await describePicture(services, picture, languageFor(nearby));
  if (text) await confirm(picture.name, text, uses);
}

interface Subject {
  picture: InputFile;
  uses: PictureUse[];
}

/** The picture whose markup holds the cursor. */
async function atCursor(): Promise<Subject | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const offset = document.offsetAt(selection.active);
  const found = pictureAt(document.getText(), offset, document.languageId);
  if (!found) return undefined;
  const uses = [{ document, picture: found }];
  if (/^https:\/\//i.test(found.target)) {
    const name =
      found.target
        .replace(/[?#].*$/, "")
        .split("/")
        .at(-1) ?? "";
    return { picture: { role: "source", name, type: "", bytes: 0, url: found.target }, uses };
  }
  const file = await pictureFile(document, found.target);
  const picture = file && (await pictureOf(file));
  return picture && { picture, uses };
}

/** The picture the command was called on, or one the user picks. */
async function chosen(args: readonly unknown[]): Promise<Subject | undefined> {
  const wanted = { kinds: ["image"], min: 1, many: false, title: l10n.t("Choose an image") } as const;
  const [file] = (await chosenFiles(args, wanted)) ?? [];
  const picture = file && (await pictureOf(file));
  return picture && { picture, uses: await usesOf(file) };
}

async function pictureOf(file: vscode.Uri): Promise<InputFile | undefined> {
  const [input] = (await readFiles([file])) ?? [];
  return input && openInput({ role: "source", name: input.name, source: input.source }, undefined);
}

/** Shows the text to be corrected, and writes it where the user says. */
async function confirm(name: string, proposed: string, uses: readonly PictureUse[]): Promise<void> {
  const [only] = uses;
  const text = await askText(
    { title: l10n.t("Easel: Alt Text of {0}", name) },
    {
      value: proposed,
      required: l10n.t("Write what the picture shows, or press Escape."),
      prompt:
        only === undefined
          ? l10n.t("Enter copies it: no open document shows this picture.")
          : uses.length === 1
            ? l10n.t("Enter writes it into {0}.", placeOf(only))
            : l10n.t("{0} open places show this picture; the next step asks which.", uses.length),
    },
  );
  if (typeof text !== "string") return;
  const use = uses.length > 1 ? await pickUse(uses) : only;
  if (use) return write(use, text);
  if (uses.length > 0) return;
  await vscode.env.clipboard.writeText(text);
  vscode.window.showInformationMessage(l10n.t("The alt text is copied."));
}

async function pickUse(uses: readonly PictureUse[]): Promise<PictureUse | undefined> {
  const picked = await pickOne<PictureUse>(
    { title: l10n.t("Easel: Write Alt Text") },
    {
      items: uses.map((use) => ({
        label: placeOf(use),
        description: lineOf(use).text.trim(),
        value: use,
      })),
      placeholder: l10n.t("Where should it go?"),
    },
  );
  return picked === back ? undefined : picked;
}

function lineOf({ document, picture }: PictureUse): vscode.TextLine {
  return document.lineAt(document.positionAt(picture.start));
}

function placeOf(use: PictureUse): string {
  return l10n.t("{0}, line {1}", nameOf(use.document.uri), lineOf(use).lineNumber + 1);
}

/** Writes the alt text where the picture is now; copies it if the picture is no longer there. */
async function write({ document: { uri }, picture }: PictureUse, text: string): Promise<void> {
  const document = await openDocument(uri);
  const now = document && again(picture, picturesIn(document.getText(), document.languageId));
  const edit = new vscode.WorkspaceEdit();
  if (document && now) {
    const range = new vscode.Range(document.positionAt(now.altStart), document.positionAt(now.altEnd));
    edit.replace(document.uri, range, now.withAlt(text));
    if (await vscode.workspace.applyEdit(edit)) {
      await vscode.window.showTextDocument(document, { selection: range, preserveFocus: false });
      return;
    }
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.showWarningMessage(
    l10n.t("{0} has changed, so nothing was written there. The alt text is copied.", unlinked(nameOf(uri))),
  );
}

/** The picture as it stands now: the nearest that shows the same file. */
function again(picture: Picture, pictures: readonly Picture[]): Picture | undefined {
  const distance = ({ start }: Picture) => Math.abs(start - picture.start);
  return pictures
    .filter(({ target }) => target === picture.target)
    .sort((a, b) => distance(a) - distance(b))[0];
}
