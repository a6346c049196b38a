import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { asAsciiDoc, asModuleUrl, asPath, asTeX, asUrl } from "../../../src/placement/encode.ts";
import { linkTo } from "../../../src/placement/link.ts";

function parts(uri: string) {
  const { groups } = /^(?<scheme>[\w-]+):(?:\/\/(?<authority>[^/]*))?(?<path>.*)$/.exec(uri) ?? {};
  return {
    scheme: groups?.scheme ?? "",
    authority: groups?.authority ?? "",
    path: groups?.path ?? "",
    toString: () => uri,
  };
}

describe("placement links", () => {
  const links: [string, string, string][] = [
    ["file:///w/a.md", "file:///w/assets/x.png", "assets/x.png"],
    ["file:///w/docs/deep/a.md", "file:///w/assets/x.png", "../../assets/x.png"],
    ["file:///w/a.md", "file:///w/x.png", "x.png"],
    ["file:///w/assets/a.md", "file:///w/assets/x.png", "x.png"],
    ["file:///w/x/a.md", "file:///w/x", "../x"],
    ["file:///C:/w/a.md", "file:///c:/w/assets/x.png", "assets/x.png"],
    ["vscode-remote://ssh+Host/w/a.md", "vscode-remote://ssh+host/w/x.png", "x.png"],
    ["untitled:/w/docs/new.md", "file:///w/assets/x.png", "../assets/x.png"],
  ];
  for (const [from, to, path] of links) {
    it(`${from} to ${to}`, () => assert.deepEqual(linkTo(parts(from), parts(to)), { path }));
  }

  it("another drive, scheme or authority can only be reached by a whole URI", () => {
    for (const [from, to] of [
      ["file:///c:/w/a.md", "file:///d:/x.png"],
      ["file:///w/a.md", "memfs:///w/x.png"],
      ["vscode-remote://one/w/a.md", "vscode-remote://two/w/x.png"],
      ["untitled:Untitled-1", "file:///w/x.png"],
    ] as const) {
      assert.deepEqual(linkTo(parts(from), parts(to)), { uri: to });
    }
  });

  it("an untitled document counts as lying in the folder it is given", () => {
    const link = linkTo(parts("untitled:Untitled-1"), parts("file:///w/assets/x.png"), parts("file:///w"));
    assert.deepEqual(link, { path: "assets/x.png" });
  });

  it("each language gets the path as it reads it", () => {
    const link = { path: "my pics/100% #1 (a&b).png" };
    assert.equal(asUrl(link), "my%20pics/100%25%20%231%20%28a%26b%29.png");
    assert.equal(asModuleUrl(link), "./my%20pics/100%25%20%231%20%28a%26b%29.png");
    assert.equal(asModuleUrl({ path: "../x.png" }), "../x.png");
    assert.equal(asTeX(link), "my pics/100\\% \\#1 (a&b).png");
    assert.equal(asPath(link), "my pics/100% #1 (a&b).png");
    assert.equal(asUrl({ path: "狐狸/été.png" }), "狐狸/été.png");
    assert.equal(asUrl({ path: "a:b.png" }), "./a:b.png");
    assert.equal(asAsciiDoc({ path: "_a_/b--c/snake_case.png" }), "%5Fa%5F/b%2D-c/snake_case.png");
  });

  it("any path encoded as a URL resolves to its file and holds nothing that ends an attribute", () => {
    const segment = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .map((text) => text.replace(/[/\0]/g, "").trim())
      .filter((text) => text !== "" && !/^\.+$/.test(text) && text.isWellFormed());
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (names) => {
        for (const encode of [asUrl, asModuleUrl, asAsciiDoc]) {
          const url = encode({ path: names.join("/") });
          assert.doesNotMatch(url, /["'<>&{}()[\]\s\\`|]/);
          assert.equal(fileURLToPath(new URL(url, "file:///w/doc.md")), `/w/${names.join("/")}`);
        }
      }),
    );
  });
});
