import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { ResolvedAnchor } from "./anchor.ts";
import { openDocument } from "./documents.ts";
import { workspaceFolderOf } from "./folder.ts";
import { linkTo } from "./link.ts";
import { markup } from "./markup/index.ts";
import type { PlacedKind } from "./markup/types.ts";
import { siteAt, siteText } from "./site/index.ts";

/** The change of a document that goes with a placed file. */
export interface PlannedText {
  uri: vscode.Uri;
  range: vscode.Range;
  newText: string;
  /** Stands for the whole text the change was worked out for. */
  fingerprint: string;
  /** For showing: without the line breaks around it. */
  line: string;
  /** What it takes the place of, if that is more than white space. */
  replaces: string;
  where: { file: string; line: number };
}

/** Stands for a document's text as it is now; a version number would not survive closing and opening again. */
export function fingerprintOf(document: vscode.TextDocument): string {
  return createHash("sha256").update(document.getText()).digest("base64url");
}

/** Works out the text for a file that will lie at `target.file`, at a place in a document; `poster` is the picture of a video. */
export function planText(
  { document, range }: ResolvedAnchor,
  asset: { kind: PlacedKind; width?: number; height?: number },
  target: { file: vscode.Uri; poster?: vscode.Uri | undefined },
  alt: string,
  query: { scope?: vscode.Uri | undefined },
): PlannedText {
  const { kind, width, height } = asset;
  const root = workspaceFolderOf({ document, name: "", ...(query.scope && { scope: query.scope }) });
  const site = siteAt({
    text: document.getText(),
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    languageId: document.languageId,
    kind,
  });
  const link = linkTo(document.uri, target.file, root?.uri);
  const poster = target.poster && linkTo(document.uri, target.poster, root?.uri);
  const media = {
    kind,
    link,
    alt,
    ...(width && { width }),
    ...(height && { height }),
    ...(poster && { poster }),
  };
  const text = siteText(site, markup(site.languageId, media, site.form));
  const newText = document.eol === vscode.EndOfLine.CRLF ? text.replaceAll("\n", "\r\n") : text;
  const changed = new vscode.Range(document.positionAt(site.start), document.positionAt(site.end));
  const leading = /^\n*/.exec(site.before)?.[0].length ?? 0;
  return {
    uri: document.uri,
    range: changed,
    newText,
    fingerprint: fingerprintOf(document),
    line: text.replace(/^\n+|\n+$/g, ""),
    replaces: document.getText(changed).trim(),
    where: { file: vscode.workspace.asRelativePath(document.uri), line: changed.start.line + leading + 1 },
  };
}

/** Writes a planned text as one edit; not into a document that has changed since it was planned. */
export async function applyText({
  uri,
  range,
  newText,
  fingerprint,
}: PlannedText): Promise<"written" | "changed" | "refused"> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, newText);
  // Last, so that as little as possible happens between looking at the text and changing it.
  const document = await openDocument(uri);
  if (!document || fingerprintOf(document) !== fingerprint) return "changed";
  return (await vscode.workspace.applyEdit(edit)) ? "written" : "refused";
}
