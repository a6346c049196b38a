import assert from "node:assert/strict";
import { Session } from "node:inspector";
import * as vscode from "vscode";
import { commands } from "../../src/contributions.ts";

/** Every script of the packaged extension that this process has loaded so far, by its path under `dist`. */
function loadedScripts(): string[] {
  const session = new Session();
  session.connect();
  const scripts: string[] = [];
  session.on("Debugger.scriptParsed", ({ params }) => {
    const [, path] = /\/dist\/((?:chunks\/)?[^/]+\.js)$/.exec(params.url) ?? [];
    if (path) scripts.push(path);
  });
  session.post("Debugger.enable");
  session.disconnect();
  return scripts;
}

describe("activation", () => {
  const extension = vscode.extensions.getExtension("easel.easel");

  after(() => vscode.commands.executeCommand("workbench.action.closePanel"));

  it("loads the entry and nothing heavy: no app, no schemas, no transport (P-20)", async () => {
    assert.ok(extension, "easel.easel is not known to the editor");
    await extension.activate();
    const scripts = loadedScripts();
    assert.ok(scripts.includes("extension.js"), scripts.join(", "));
    const heavy = scripts.filter((script) => /(app|transport|seedream|placeholder)-/.test(script));
    assert.deepEqual(heavy, []);
  });

  it("registers every command", async () => {
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commands)) assert.ok(registered.includes(id), id);
  });

  it("the first command loads the app, and still neither transport nor a vendor (P-20)", async () => {
    await vscode.commands.executeCommand(commands.showLog);
    const scripts = loadedScripts();
    assert.ok(
      scripts.some((script) => script.startsWith("chunks/app-")),
      scripts.join(", "),
    );
    const heavy = scripts.filter((script) => /(transport|seedream|placeholder)-/.test(script));
    assert.deepEqual(heavy, []);
  });
});
