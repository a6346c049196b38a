import * as vscode from "vscode";
import { probeBytes } from "../assets/probe.ts";
import { views } from "../contributions.ts";
import { maskStrings, webviewFaults } from "../text/review.ts";
import { tabIcon, webviewHtml, webviewRoot } from "./html.ts";
import { HostIpc, RequestError } from "./ipc.ts";
import type { MaskProtocol } from "./protocol.ts";
import { maskSchemas } from "./protocolSchema.ts";

/** What the mask painter is opened with: a picture's address and its size in pixels. */
export interface MaskPaint {
  extensionUri: vscode.Uri;
  image: vscode.Uri;
  width: number;
  height: number;
  onFault(error: unknown): void;
}

/**
 * Lets the user paint over a part of a picture, in a panel of its own. Gives a PNG of the picture's size, white where it was painted
 * and black elsewhere; undefined if the user cancelled or closed the panel.
 */
export function paintMask(paint: MaskPaint): Promise<Uint8Array | undefined> {
  const strings = maskStrings();
  const panel = vscode.window.createWebviewPanel(views.mask, strings.title, vscode.ViewColumn.Active, {
    enableScripts: true,
    // The picture's own folder and no other: a webview cannot be given a single file.
    localResourceRoots: [webviewRoot(paint.extensionUri), vscode.Uri.joinPath(paint.image, "..")],
  });
  panel.iconPath = tabIcon(paint.extensionUri);
  return new Promise((resolve) => {
    const finish = (mask?: Uint8Array) => {
      resolve(mask);
      panel.dispose();
    };
    const ipc: HostIpc<MaskProtocol> = new HostIpc<MaskProtocol>(
      panel.webview,
      maskSchemas,
      {
        commands: {
          ready: () =>
            ipc.notify("show", {
              src: panel.webview.asWebviewUri(paint.image).toString(),
              width: paint.width,
              height: paint.height,
              strings,
            }),
          cancel: () => finish(),
        },
        requests: {
          use: async ({ bytes }) => {
            const mask = new Uint8Array(bytes);
            if (!isMask(mask, paint)) throw new RequestError("invalid", strings.wrong);
            finish(mask);
            return {};
          },
        },
      },
      webviewFaults(paint.onFault),
    );
    panel.onDidDispose(() => {
      ipc.dispose();
      resolve(undefined);
    });
    panel.webview.html = webviewHtml(panel.webview, paint.extensionUri, "mask", strings.title);
  });
}

/** A whole PNG of the picture's size; nothing else is taken from the webview. */
function isMask(bytes: Uint8Array, { width, height }: Pick<MaskPaint, "width" | "height">): boolean {
  try {
    const found = probeBytes(bytes);
    return found.type === "image/png" && found.whole && found.width === width && found.height === height;
  } catch {
    return false;
  }
}
