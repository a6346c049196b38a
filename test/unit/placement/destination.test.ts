// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor's own variables look like this.
import assert from "node:assert/strict";
import { destinationPath, folderInside } from "../../../src/placement/destination.ts";

const context = {
  documentPath: "/w/docs/My Post.md",
  workspacePath: "/w",
  fileName: "fox.png",
  now: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
};

describe("placement destination", () => {
  it("a pattern that would never end is left out, in a moment", () => {
    const stuck = { ...context, fileName: `${"a".repeat(60)}!.png` };
    const start = process.cpuUsage();
    assert.equal(destinationPath("${fileName/(a+)+$/x/}", stuck), `/w/docs/${stuck.fileName}`);
    // Processor time, not the clock's: other work on the machine must not count.
    assert.ok(process.cpuUsage(start).user < 2_000_000);
  });

  const destinations: [string, string][] = [
    ["", "/w/docs/fox.png"],
    ["images/", "/w/docs/images/fox.png"],
    ["images", "/w/docs/images/fox.png"],
    ["/images/", "/w/images/fox.png"],
    ["/images/${documentBaseName}/", "/w/images/My Post/fox.png"],
    ["images/${fileName}", "/w/docs/images/fox.png"],
    ["images/${documentBaseName}-${fileName}", "/w/docs/images/My Post-fox.png"],
    ["images/${documentFileName}.${fileExtName}", "/w/docs/images/My Post.md.png"],
    ["/x/${documentRelativeDirName}/", "/w/x/docs/fox.png"],
    ["${documentDirName}/x/", "/w/docs/x/fox.png"],
    ["${documentWorkspaceFolder}/x/", "/w/x/fox.png"],
    ["${documentFilePath}.assets/", "/w/docs/My Post.md.assets/fox.png"],
    ["/a/${documentRelativeFilePath}/", "/w/a/docs/My Post.md/fox.png"],
    ["${documentExtName}/", "/w/docs/md/fox.png"],
    ["${unixTime}.png", "/w/docs/1767323045006.png"],
    ["${isoTime}.png", "/w/docs/2026-01-02T03-04-05.006Z.png"],
    ["${documentBaseName/\\s+/-/}/", "/w/docs/My-Post/fox.png"],
    ["${documentBaseName/(\\w).*/$1/}/", "/w/docs/M/fox.png"],
    ["${documentFilePath/.*\\/(.*)\\.md/$1/}/", "/w/docs/My Post/fox.png"],
    ["${documentBaseName/(/x/}/", "/w/docs/My Post/fox.png"],
    ["\\${fileName}/", "/w/docs/${fileName}/fox.png"],
    ["${unknown}/", "/w/docs/${unknown}/fox.png"],
    ["../../x/", "/x/fox.png"],
  ];
  for (const [pattern, expected] of destinations) {
    it(JSON.stringify(pattern), () => assert.equal(destinationPath(pattern, context), expected));
  }

  const folders: [string, string | undefined][] = [
    ["assets", "assets"],
    [" static\\img ", "static/img"],
    ["a/../b", "b"],
    ["", "."],
    ["..", undefined],
    ["a/../../b", undefined],
    ["/etc", undefined],
    ["C:\\x", undefined],
    ["~/x", undefined],
    ["file:///x", undefined],
    ["..assets", "..assets"],
  ];
  for (const [setting, expected] of folders) {
    it(`folder setting ${JSON.stringify(setting)}`, () => assert.equal(folderInside(setting), expected));
  }
});
