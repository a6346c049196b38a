import { existsSync, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { App } from "./app.ts";
import { commands, views } from "./contributions.ts";
import { hasMirrored } from "./jobs/mirrorKeys.ts";
import type { JobNode } from "./ui/jobNodes.ts";
import { LastEditor } from "./ui/lastEditor.ts";
import { followPossible } from "./ui/possible.ts";

let app: Promise<App> | undefined;

/**
 * Registers ids and nothing else: the app is loaded by the first command, a look at the jobs view, a restored webview, or an open
 * job on disk, be it another window's: this one may have to finish it.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const lastEditor = new LastEditor();
  context.subscriptions.push(followPossible(context), lastEditor);
  const load = (): Promise<App> => {
    app ??= import("./app.ts")
      .then(({ createApp }) => createApp(context, { view, changed }, lastEditor))
      .catch((error: unknown) => {
        // A disk that could not be read may be readable when the user asks again.
        app = undefined;
        throw error;
      });
    return app;
  };
  const changed = new vscode.EventEmitter<JobNode | undefined>();
  const view = vscode.window.createTreeView<JobNode>(views.jobs, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => (await load()).jobsTree.getChildren(node),
      getTreeItem: async (node) => (await load()).jobsTree.getTreeItem(node),
    },
  });
  context.subscriptions.push(view, changed);
  for (const id of Object.values(commands)) {
    context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)),
    );
  }
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(views.review, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restoreReview(panel, state),
    }),
    vscode.window.registerWebviewPanelSerializer(views.studio, {
      deserializeWebviewPanel: async (panel) => (await load()).restoreStudio(panel),
    }),
    vscode.window.registerWebviewViewProvider(views.studioView, {
      resolveWebviewView: async (view) => (await load()).resolveStudio(view),
    }),
  );
  if (await hasOpenJobs(context)) await load();
  else await whenAJobComes(context, load);
}

/** Lets go of the jobs, so that another window can take them over at once. */
export async function deactivate(): Promise<void> {
  await (await app)?.dispose();
}

/**
 * Another window starts a job: this one takes it over if the other goes away, and has to be awake for that. The folder of jobs is made
 * with the first one, so until then its parent is watched.
 */
async function whenAJobComes(context: vscode.ExtensionContext, load: () => Promise<App>): Promise<void> {
  const parent = context.globalStorageUri.fsPath;
  try {
    await mkdir(parent, { recursive: true });
    const watched = existsSync(join(parent, "jobs")) ? join(parent, "jobs") : parent;
    const watcher = watch(watched, { persistent: false }, (_event, name) => {
      if (watched === parent && name !== "jobs") return;
      watcher.close();
      void load();
    });
    watcher.on("error", () => watcher.close());
    context.subscriptions.push({ dispose: () => watcher.close() });
  } catch {
    // What cannot be watched is still looked at when the window is opened anew.
  }
}

/** A look at one folder: a job that is still open has a folder of its own there. One that was lost with its disk has left a copy. */
async function hasOpenJobs(context: vscode.ExtensionContext): Promise<boolean> {
  if (hasMirrored(context.globalState)) return true;
  const root = vscode.Uri.joinPath(context.globalStorageUri, "jobs");
  return vscode.workspace.fs.readDirectory(root).then(
    (entries) => entries.some(([name]) => !name.startsWith(".")),
    () => false,
  );
}
