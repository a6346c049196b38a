// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor's own variables look like this.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { AnchorRecord } from "../../src/model/job.ts";
import { AnchorTracker } from "../../src/placement/anchor.ts";
import { applyPlan } from "../../src/placement/apply.ts";
import { type Plan, type PlanInput, plan } from "../../src/placement/plan.ts";
import { isProblem } from "../../src/placement/problems.ts";
import { PlacementWatcher } from "../../src/placement/undo.ts";
import { MemoryFiles } from "./memoryFiles.ts";

const { workspace, window, commands, Uri } = vscode;

/** Resolves once `probe` holds. Looks again and again: what it waits for happens on disk and in other processes. */
async function until(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await probe())) {
    if (Date.now() > end) assert.fail(`never came: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const there = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe("placement", () => {
  let staging: string;
  let root: string;
  let anchors: AnchorTracker;
  let told: [string, AnchorRecord][];
  let count = 0;

  before(async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder);
    root = join(folder, "placement tests");
    await mkdir(root);
  });
  beforeEach(async () => {
    staging = await mkdtemp(join(tmpdir(), "easel-staging-"));
    told = [];
    anchors = new AnchorTracker({ onDidChange: (id, record) => told.push([id, record]) });
  });
  afterEach(async () => {
    anchors.dispose();
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await commands.executeCommand("workbench.action.closeAllEditors");
    await rm(staging, { recursive: true, force: true });
  });
  after(() => rm(root, { recursive: true, force: true }));

  /** A staged picture with bytes of its own. */
  async function staged(content = `picture ${++count}`): Promise<PlanInput["assets"][0]> {
    const path = join(staging, `${++count}.png`);
    await writeFile(path, content);
    return { stagedUri: Uri.file(path), kind: "image", extension: "png", width: 64, height: 32 };
  }

  /** An editor on a new document, with the caret at `|`. */
  async function editorOn(path: string, marked: string): Promise<vscode.TextEditor> {
    const full = join(root, path);
    await mkdir(join(full, ".."), { recursive: true });
    await writeFile(full, marked.replace("|", ""));
    // Through a command: a document that an extension opens stays open for minutes after its editor has closed.
    await commands.executeCommand("vscode.open", Uri.file(full));
    const editor = window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, full);
    const { document } = editor;
    const caret = document.positionAt(marked.indexOf("|"));
    editor.selection = new vscode.Selection(caret, caret);
    return editor;
  }

  async function planned(input: Partial<PlanInput> & Pick<PlanInput, "assets">): Promise<Plan> {
    const made = await plan({ fileName: "fox", alt: "A fox", mode: "insert", ...input }, anchors);
    assert.ok(!isProblem(made), JSON.stringify(made));
    return made;
  }

  /** Line of a job's place, from 0, while its document is open. */
  async function lineOf(jobId: string): Promise<number> {
    const place = await anchors.resolve(jobId);
    assert.ok(!isProblem(place), JSON.stringify(place));
    return place.range.start.line;
  }

  async function problem(input: Partial<PlanInput> & Pick<PlanInput, "assets">): Promise<string> {
    const made = await plan({ fileName: "fox", alt: "A fox", mode: "insert", ...input }, anchors);
    assert.ok(isProblem(made), "there was nothing wrong");
    return made.code;
  }

  async function applied(made: Plan) {
    const result = await applyPlan(made);
    assert.ok(result.applied, JSON.stringify(result));
    return result;
  }

  /** The folder that a test's files go to, away from those of other tests. */
  const into = (name: string) => Uri.file(join(root, name));

  it("one edit moves the file and inserts the text; one undo takes both back; redo; the folder made for it goes", async function () {
    // The first edit of a window also waits for the editor's own extensions to start.
    this.timeout(60_000);
    const editor = await editorOn("one.md", "# T\n\n|\n");
    const asset = await staged();
    const made = await planned({
      assets: [asset],
      anchor: anchors.remember(editor).record,
      folder: into("one/deep"),
    });
    assert.equal(made.preview.line, "![A fox](one/deep/fox.png)");
    assert.equal(made.preview.where?.line, 3);
    assert.equal(await there(join(root, "one")), false, "a plan changes nothing");

    const events: string[] = [];
    const watcher = new PlacementWatcher({
      undone: (key) => events.push(`undone ${key}`),
      redone: (key) => events.push(`redone ${key}`),
    });
    try {
      const { landed, createdFolders } = await applied(made);
      const [target] = landed;
      assert.ok(target);
      watcher.watch("a", { staged: asset.stagedUri, target: target.uri, createdFolders });
      assert.equal(editor.document.getText(), "# T\n\n![A fox](one/deep/fox.png)\n");
      assert.equal(await there(asset.stagedUri.fsPath), false);
      const bytes = await readFile(target.uri.fsPath);

      await commands.executeCommand("undo");
      await until("undone", () => events.length > 0);
      assert.equal(editor.document.getText(), "# T\n\n\n");
      assert.deepEqual(await readFile(asset.stagedUri.fsPath), bytes);
      assert.equal(await there(join(root, "one")), false, "empty folders that were made for it are gone");

      await commands.executeCommand("redo");
      await until("redone", () => events.length > 1);
      assert.equal(editor.document.getText(), "# T\n\n![A fox](one/deep/fox.png)\n");
      assert.deepEqual(await readFile(target.uri.fsPath), bytes);

      await commands.executeCommand("undo");
      await until("undone again", () => events.length > 2);
      await watcher.check();
      assert.deepEqual(events, ["undone a", "redone a", "undone a"]);
    } finally {
      watcher.dispose();
    }
  });

  it("200 MB are moved, not read into memory", async function () {
    this.timeout(60_000);
    const editor = await editorOn("big.md", "|");
    const path = join(staging, "big.mp4");
    const file = await open(path, "w");
    const block = createHash("sha256").update("seed").digest().subarray(0, 32);
    const chunk = Buffer.alloc(1024 * 1024, block);
    for (let i = 0; i < 200; i++) await file.write(chunk);
    await file.close();
    const assets: PlanInput["assets"] = [{ stagedUri: Uri.file(path), kind: "video", extension: "mp4" }];
    const made = await planned({ assets, anchor: anchors.remember(editor).record, folder: into("big") });
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const { landed } = await applied(made);
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    assert.ok(grown <= 32, `memory grew by ${grown.toFixed(1)} MiB`);
    const target = landed[0]?.uri.fsPath ?? "";
    assert.equal((await stat(target)).size, 200 * 1024 * 1024);
    await commands.executeCommand("undo");
    await until("the file is back", () => there(path));
    const digest = createHash("sha256");
    for await (const part of createReadStream(path)) digest.update(part);
    const wanted = createHash("sha256");
    for (let i = 0; i < 200; i++) wanted.update(chunk);
    assert.equal(digest.digest("hex"), wanted.digest("hex"));
  });

  it("two at once never take one name, nor one that differs only in case", async () => {
    const [a, b, c] = [await staged("a"), await staged("b"), await staged("c")];
    const folder = into("names");
    const save = (asset: PlanInput["assets"][0], fileName: string) =>
      planned({ assets: [asset], folder, fileName, mode: "save" });
    const [first, second] = await Promise.all([save(a, "fox"), save(b, "fox")]);
    const results = await Promise.all([applyPlan(first), applyPlan(second)]);
    assert.deepEqual(results.map((one) => one.applied).sort(), [false, true]);
    const late = results[0]?.applied ? second : first;
    assert.equal(results.flatMap((one) => (one.applied ? [] : [one.code])).join(), "nameTaken");
    const again = await planned(late.input);
    assert.equal(again.preview.fileName, "fox-2.png");
    await applied(again);
    assert.equal((await save(c, "FOX")).preview.fileName, "FOX-3.png");
    const contents = await Promise.all(
      (await readdir(folder.fsPath)).map((name) => readFile(join(folder.fsPath, name), "utf8")),
    );
    assert.deepEqual(contents.sort(), ["a", "b"]);
  });

  it("a file that came between preview and confirmation is not overwritten, and the result stays", async () => {
    const asset = await staged();
    const folder = into("between");
    const made = await planned({ assets: [asset], folder, mode: "save" });
    await mkdir(folder.fsPath);
    await writeFile(join(folder.fsPath, "Fox.PNG"), "theirs");
    const result = await applyPlan(made);
    assert.equal(!result.applied && result.code, "nameTaken");
    assert.equal(await there(asset.stagedUri.fsPath), true);
    assert.equal(await readFile(join(folder.fsPath, "Fox.PNG"), "utf8"), "theirs");
  });

  it("nothing lands that was not shown: a document that changed since refuses", async () => {
    const editor = await editorOn("changed.md", "a\n|\n");
    const asset = await staged();
    const anchor = anchors.remember(editor);
    anchor.bind("job");
    const made = await planned({ assets: [asset], anchor: "job", folder: into("changed") });
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "typed\n"));
    const result = await applyPlan(made);
    assert.equal(!result.applied && result.code, "changed");
    assert.equal(await there(asset.stagedUri.fsPath), true);
    const again = await planned(made.input);
    assert.notEqual(again.revision, made.revision);
    assert.equal(again.preview.where?.line, 3);
    await applied(again);
    assert.equal(editor.document.getText(), "typed\na\n![A fox](changed/fox.png)\n");
  });

  it("the place follows ten lines typed above it, and closing, editing outside and opening again", async () => {
    const editor = await editorOn("follow.md", "# A\n\ntext\n\n|\n\n# B\n");
    anchors.remember(editor).bind("job");
    for (let i = 0; i < 10; i++) {
      await editor.edit((edit) => edit.insert(new vscode.Position(i, 0), `line ${i}\n`));
    }
    await editor.document.save();
    const path = editor.document.uri.fsPath;
    assert.equal(await lineOf("job"), 14);

    await commands.executeCommand("workbench.action.closeAllEditors");
    await until("the document is closed", () => editor.document.isClosed);
    await writeFile(path, `before\n${await readFile(path, "utf8")}`);
    const made = await planned({ assets: [await staged()], anchor: "job", folder: into("follow") });
    assert.equal(made.preview.where?.line, 16);
    await applied(made);
    const document = await workspace.openTextDocument(path);
    assert.match(document.getText(), /text\n\n!\[A fox\]\(follow\/fox\.png\)\n\n# B\n$/);

    const [, kept] = told.at(-1) ?? [];
    assert.ok(kept, "the place was told, so that it survives a restart");
    await window.showTextDocument(document);
    await commands.executeCommand("undo");
    await until("undone", () => document.getText().includes("text\n\n\n\n# B"));
    const restarted = new AnchorTracker({ onDidChange: () => {} });
    try {
      restarted.restore("job", kept);
      const found = await restarted.resolve("job");
      assert.ok(!isProblem(found));
      assert.equal(found.range.start.line, 15);
    } finally {
      restarted.dispose();
    }
  });

  it("the place follows its document to another name", async () => {
    const editor = await editorOn("old.md", "a\n|\n");
    anchors.remember(editor).bind("job");
    const to = Uri.file(join(root, "moved", "new.md"));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(editor.document.uri, to);
    await workspace.applyEdit(edit);
    const made = await planned({ assets: [await staged()], anchor: "job", folder: into("pics") });
    assert.equal(made.preview.line, "![A fox](../pics/fox.png)");
    assert.equal(made.text?.uri.toString(), to.toString());
  });

  for (const [folder, name] of [
    ["deep/er", "plain"],
    ["my pics", "a fox"],
    ["狐狸", "été"],
    ["100% #1", "50% off #2 (new) & more"],
  ] as const) {
    it(`a link to ${folder}/${name}.png leads to the file`, async () => {
      const editor = await editorOn("docs/links.md", "|");
      const made = await planned({
        assets: [await staged()],
        anchor: anchors.remember(editor).record,
        folder: into(folder),
        fileName: name,
      });
      const { landed } = await applied(made);
      const link = /\]\((.*)\)$/.exec(editor.document.getText())?.[1] ?? "";
      const resolved = new URL(link, `file://${encodeURI(editor.document.uri.path)}`);
      assert.equal(decodeURIComponent(resolved.pathname), landed[0]?.uri.path);
      assert.equal(resolved.hash + resolved.search, "");
      assert.equal(await there(landed[0]?.uri.fsPath ?? ""), true);
    });
  }

  it("by default a file goes to the output folder, and Markdown follows the editor's own setting", async () => {
    const editor = await editorOn("posts/Hello World.md", "|");
    const anchor = anchors.remember(editor).record;
    const assets: PlanInput["assets"] = [await staged()];
    assert.equal((await planned({ assets, anchor })).folder.fsPath, join(root, "..", "assets"));

    const markdown = workspace.getConfiguration("markdown");
    const set = (value: Record<string, string> | undefined) =>
      markdown.update("copyFiles.destination", value, vscode.ConfigurationTarget.Workspace);
    try {
      await set({ "/nowhere/**/*.md": "no/", "**/posts/*.md": "images/${documentBaseName/\\s/-/}/" });
      const made = await planned({ assets, anchor });
      assert.equal(made.preview.line, "![A fox](images/Hello-World/fox.png)");
      await set({ "*.md": "../../../../elsewhere/" });
      assert.equal(await problem({ assets, anchor }), "folderSetting");
    } finally {
      await set(undefined);
    }
    const easel = workspace.getConfiguration("easel");
    try {
      await easel.update("output.folder", "../out", vscode.ConfigurationTarget.Workspace);
      assert.equal(await problem({ assets, anchor }), "folderSetting");
    } finally {
      await easel.update("output.folder", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it("an untitled document gets a link from the workspace folder, and one undo takes both back", async () => {
    const document = await workspace.openTextDocument({ language: "markdown", content: "" });
    const editor = await window.showTextDocument(document);
    const asset = await staged();
    const made = await planned({
      assets: [asset],
      anchor: anchors.remember(editor).record,
      folder: into("untitled"),
    });
    assert.equal(made.preview.line, "![A fox](placement%20tests/untitled/fox.png)");
    await applied(made);
    assert.equal(document.getText(), made.preview.line);
    await commands.executeCommand("undo");
    await until("the file is back", () => there(asset.stagedUri.fsPath));
    assert.equal(document.getText(), "");
  });

  it("a document in no editor is changed too, and not saved", async () => {
    const editor = await editorOn("closed.md", "a\n|\n");
    const anchor = anchors.remember(editor).record;
    await commands.executeCommand("workbench.action.closeAllEditors");
    await applied(await planned({ assets: [await staged()], anchor, folder: into("closed") }));
    const document = await workspace.openTextDocument(join(root, "closed.md"));
    assert.equal(document.getText(), "a\n![A fox](closed/fox.png)\n");
    assert.equal(document.isDirty, true);
    assert.equal(await readFile(join(root, "closed.md"), "utf8"), "a\n\n");
    await window.showTextDocument(document);
  });

  it("says why something cannot be placed, and changes nothing", async () => {
    const editor = await editorOn("refused.md", "|");
    const anchor = anchors.remember(editor).record;
    const assets: PlanInput["assets"] = [await staged()];
    const path = editor.document.uri.fsPath;
    await chmod(path, 0o444);
    assert.equal(await problem({ assets, anchor }), "readOnlyDocument");
    await chmod(path, 0o644);
    assert.equal(await problem({ assets, anchor, fileName: "a/b" }), "nameForbidden");
    assert.equal(await problem({ assets, anchor, folder: Uri.file(tmpdir()) }), "folderOutside");
    assert.equal(await problem({ assets, anchor, folder: editor.document.uri }), "folderIsFile");
    assert.equal(await problem({ assets, anchor: "no such job" }), "noAnchor");
    assert.equal(await problem({ assets, anchor: { ...anchor, uri: `${anchor.uri}x` } }), "documentGone");
    const other = { ...anchor, before: "alpha\nbeta ", lineText: "beta gamma", after: "gamma" };
    assert.equal(await problem({ assets, anchor: other }), "anchorLost");
    await rm(assets[0].stagedUri.fsPath);
    assert.equal(await problem({ assets, anchor }), "stagedMissing");
  });

  it("two folders: files of each stay in it, whichever is the first", async () => {
    const second = workspace.workspaceFolders?.[1];
    assert.ok(second);
    const path = join(second.uri.fsPath, "docs", "note.md");
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, "");
    const editor = await window.showTextDocument(Uri.file(path));
    const made = await planned({ assets: [await staged()], anchor: anchors.remember(editor).record });
    const { landed } = await applied(made);
    assert.equal(landed[0]?.uri.fsPath, join(second.uri.fsPath, "assets", "fox.png"));
    assert.equal(editor.document.getText(), "![A fox](../assets/fox.png)");
    assert.equal(made.preview.folder, `${second.name}/assets`);
  });

  it("a place chosen in a save dialog may lie outside of the workspace", async () => {
    const asset = await staged("mine");
    const destination = Uri.file(join(staging, "elsewhere", "My Fox.png"));
    await applied(await planned({ assets: [asset], destination, mode: "save" }));
    assert.equal(await readFile(destination.fsPath, "utf8"), "mine");
  });

  it("a file for another file system is copied there, and the staged one deleted", async () => {
    const memory = new MemoryFiles();
    const registration = workspace.registerFileSystemProvider("easel-memory", memory, {
      isCaseSensitive: true,
    });
    try {
      const asset = await staged("mine");
      const destination = Uri.parse("easel-memory:/pics/fox.png");
      memory.writeFile(destination, new TextEncoder().encode("theirs"));
      memory.createDirectory(Uri.parse("easel-memory:/pics"));
      const made = await planned({ assets: [asset], destination, mode: "save" });
      await applied(made);
      assert.deepEqual(
        [...memory.files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
        [
          ["/pics/fox.png", "theirs"],
          ["/pics/fox-2.png", "mine"],
        ],
      );
      assert.equal(await there(asset.stagedUri.fsPath), false);
    } finally {
      registration.dispose();
    }
  });

  it("layers become a folder with their positions, by one edit that one undo takes back", async () => {
    const editor = await editorOn("layers.html", "<main>\n  |\n</main>\n");
    const base = { ...(await staged("base")), zIndex: 0 };
    const sky = { ...(await staged("sky")), name: "Blue Sky", zIndex: 2, box: [1, 2, 30, 40] as const };
    const made = await planned({
      assets: [base, sky],
      anchor: anchors.remember(editor).record,
      folder: into("layers"),
      fileName: "scene",
    });
    await applied(made);
    const folder = join(root, "layers", "scene");
    assert.deepEqual((await readdir(folder)).sort(), ["base.png", "blue-sky.png", "layers.json"]);
    const manifest = JSON.parse(await readFile(join(folder, "layers.json"), "utf8"));
    assert.deepEqual(manifest.layers[1], {
      file: "blue-sky.png",
      name: "Blue Sky",
      zIndex: 2,
      box: { left: 1, top: 2, right: 30, bottom: 40 },
    });
    assert.match(
      editor.document.getText(),
      /^ {2}<img src="layers\/scene\/base\.png" alt="A fox" width="64" height="32">$/m,
    );
    await commands.executeCommand("undo");
    await until(
      "both are back",
      async () => (await there(base.stagedUri.fsPath)) && there(sky.stagedUri.fsPath),
    );
    assert.equal(await there(join(folder, "layers.json")), false);
    assert.equal(editor.document.getText(), "<main>\n  \n</main>\n");
  });

  it("a recipe is written beside the file by the same edit, and named after it; without one nothing is (P-16)", async () => {
    const editor = await editorOn("recipe.md", "# T\n\n|\n");
    const anchor = anchors.remember(editor).record;
    const folder = into("recipe");
    await mkdir(folder.fsPath);
    await writeFile(join(folder.fsPath, "fox.png.recipe.json"), "theirs");
    const asset = await staged();
    const made = await planned({ assets: [asset], anchor, folder, recipe: '{"prompt":"A fox"}' });
    assert.deepEqual([made.preview.fileName, made.preview.also], ["fox-2.png", ["fox-2.png.recipe.json"]]);
    await applied(made);
    assert.equal(await readFile(join(folder.fsPath, "fox-2.png.recipe.json"), "utf8"), '{"prompt":"A fox"}');
    await commands.executeCommand("undo");
    await until("the file is back", () => there(asset.stagedUri.fsPath));
    assert.deepEqual(await readdir(folder.fsPath), ["fox.png.recipe.json"]);
    assert.deepEqual((await planned({ assets: [asset], folder, mode: "save" })).written, []);
  });

  it("a video's poster lands beside it and is named in the markup", async () => {
    const editor = await editorOn("poster.html", "<main>\n  |\n</main>\n");
    const asset = { ...(await staged()), kind: "video" as const, extension: "mp4" };
    const poster = { stagedUri: (await staged("still")).stagedUri, extension: "png" };
    const made = await planned({
      assets: [asset],
      anchor: anchors.remember(editor).record,
      folder: into("poster"),
      poster,
    });
    assert.match(
      made.preview.line ?? "",
      /^ *<video controls src="poster\/fox\.mp4" .*poster="poster\/fox-poster\.png"/,
    );
    await applied(made);
    assert.deepEqual((await readdir(into("poster").fsPath)).sort(), ["fox-poster.png", "fox.mp4"]);
    await commands.executeCommand("undo");
    await until(
      "both are back",
      async () => (await there(asset.stagedUri.fsPath)) && there(poster.stagedUri.fsPath),
    );
  });
});
