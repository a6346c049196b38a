import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { type Greeting, greetingId } from "./protocol.ts";

/** Folder of the built webviews: the only place scripts, styles and fonts come from. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/** The easel that stands in the tab of every panel, for light and dark themes. */
export function tabIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const media = (name: string) => vscode.Uri.joinPath(extensionUri, "media", name);
  return { light: media("easel.svg"), dark: media("easel-dark.svg") };
}

/** What a page has from the start, besides its script and style. */
export interface PageStart {
  greeting?: Greeting;
  /** Addresses of pictures to load beside the script. */
  pictures?: readonly string[];
}

/**
 * The page of one webview: its script and style, and nothing else may run or load. Pictures and media come only from the
 * panel's `localResourceRoots`.
 */
export function webviewHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: "review" | "regions" | "mask" | "studio",
  title: string,
  { greeting, pictures = [] }: PageStart = {},
): string {
  const nonce = randomBytes(18).toString("base64");
  const address = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extensionUri), file)).toString();
  const source = webview.cspSource;
  const policy = [
    "default-src 'none'",
    `img-src ${source}`,
    `media-src ${source}`,
    `style-src ${source}`,
    `font-src ${source}`,
    `script-src 'nonce-${nonce}'`,
    // A sound is read as bytes to draw its waveform.
    ...(name === "studio" ? [`connect-src ${source}`] : []),
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${address("codicon.css")}">
<link rel="stylesheet" href="${address(`${name}.css`)}">
${pictures.map((src) => `<link rel="preload" as="image" href="${escapeHtml(src)}">`).join("\n")}
</head>
<body>
<easel-${name}></easel-${name}>
${greeting ? `<script type="application/json" id="${greetingId}">${jsonInHtml(greeting)}</script>` : ""}
<script type="module" nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}

/** Data that no text in it can end. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
