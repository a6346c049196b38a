import * as vscode from "vscode";
import type { App } from "./app.ts";
import { commands, views } from "./contributions.ts";
import { hasMirrored } from "./jobs/mirrorKeys.ts";
import type { JobNode } from "./ui/jobNodes.ts";
import { showPossible } from "./ui/possible.ts";

let app: Promise<App> | undefined;

/**
 * Registers ids and nothing else: the app is loaded by the first command, a look at the jobs view, a restored webview, or an open
 * job on disk, be it another window's: this one may have to finish it.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  showPossible(context.globalState);
  const load = (): Promise<App> => {
    app ??= import("./app.ts").then(({ createApp }) => createApp(context, { view, changed }));
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
  );
  if (await hasOpenJobs(context)) await load();
  else context.subscriptions.push(whenAJobComes(context, load));
}

/** Lets go of the jobs, so that another window can take them over at once. */
export async function deactivate(): Promise<void> {
  await (await app)?.dispose();
}

/** Another window starts a job: this one takes it over if the other goes away, and has to be awake for that. */
function whenAJobComes(context: vscode.ExtensionContext, load: () => Promise<App>): vscode.Disposable {
  const jobs = new vscode.RelativePattern(vscode.Uri.joinPath(context.globalStorageUri, "jobs"), "*");
  const watcher = vscode.workspace.createFileSystemWatcher(jobs, false, true, true);
  watcher.onDidCreate(() => {
    watcher.dispose();
    void load();
  });
  return watcher;
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
