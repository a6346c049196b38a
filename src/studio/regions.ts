import * as vscode from "vscode";
import { views } from "../contributions.ts";
import type { PictureRegion } from "../model/regions.ts";
import { regionStrings, webviewFaults } from "../text/review.ts";
import { tabIcon, webviewHtml, webviewRoot } from "./html.ts";
import { HostIpc } from "./ipc.ts";
import type { RegionsProtocol } from "./protocol.ts";
import { regionsSchemas } from "./protocolSchema.ts";

/** What the region picker is opened with: a picture's address and its size in pixels, and how many marks it takes. */
export interface RegionPick {
  extensionUri: vscode.Uri;
  image: vscode.Uri;
  width: number;
  height: number;
  max: number;
  onFault(error: unknown): void;
}

/**
 * Lets the user choose points and boxes on a picture, in a panel of its own. Gives them in the order set, in whole pixels inside
 * the picture; undefined if the user cancelled or closed the panel.
 */
export function pickRegions(pick: RegionPick): Promise<PictureRegion[] | undefined> {
  const strings = regionStrings();
  const panel = vscode.window.createWebviewPanel(views.regions, strings.title, vscode.ViewColumn.Active, {
    enableScripts: true,
    // The picture's own folder and no other: a webview cannot be given a single file.
    localResourceRoots: [webviewRoot(pick.extensionUri), vscode.Uri.joinPath(pick.image, "..")],
  });
  panel.iconPath = tabIcon(pick.extensionUri);
  return new Promise((resolve) => {
    const finish = (regions?: PictureRegion[]) => {
      resolve(regions);
      panel.dispose();
    };
    const ipc: HostIpc<RegionsProtocol> = new HostIpc<RegionsProtocol>(
      panel.webview,
      regionsSchemas,
      {
        commands: {
          ready: () =>
            ipc.notify("show", {
              src: panel.webview.asWebviewUri(pick.image).toString(),
              width: pick.width,
              height: pick.height,
              max: pick.max,
              strings,
            }),
          use: ({ regions }) => finish(regions.slice(0, pick.max).map((each) => inside(each, pick))),
          cancel: () => finish(),
        },
        requests: {},
      },
      webviewFaults(pick.onFault),
    );
    panel.onDidDispose(() => {
      ipc.dispose();
      resolve(undefined);
    });
    panel.webview.html = webviewHtml(panel.webview, pick.extensionUri, "regions", strings.title);
  });
}

/** The region with every coordinate inside the picture. */
function inside(region: PictureRegion, { width, height }: { width: number; height: number }): PictureRegion {
  const x = (value: number) => Math.min(value, width - 1);
  const y = (value: number) => Math.min(value, height - 1);
  return region.kind === "point"
    ? { kind: "point", x: x(region.x), y: y(region.y) }
    : {
        kind: "box",
        left: x(region.left),
        top: y(region.top),
        right: x(region.right),
        bottom: y(region.bottom),
      };
}
