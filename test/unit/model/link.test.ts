import assert from "node:assert/strict";
import { linkName, linkProblem } from "../../../src/model/link.ts";

describe("a link as an input", () => {
  const links: [string, ReturnType<typeof linkProblem>][] = [
    ["https://example.com/clip.mp4?x=1", undefined],
    [" https://example.com/clip.mp4\n", undefined],
    ["https://172.15.0.1/clip.mp4", undefined],
    ["clip.mp4", "format"],
    ["https://", "format"],
    ["https://example.com/my clip.mp4", "format"],
    ["http://example.com/clip.mp4", "scheme"],
    ["file:///home/me/clip.mp4", "scheme"],
    ["data:video/mp4;base64,AAAA", "scheme"],
    ["asset://asset-1", "scheme"],
    ["https://me:secret@example.com/clip.mp4", "secret"],
    ["https://localhost/clip.mp4", "local"],
    ["https://nas/clip.mp4", "local"],
    ["https://nas.local/clip.mp4", "local"],
    ["https://127.0.0.1/clip.mp4", "local"],
    ["https://0x7f.1/clip.mp4", "local"],
    ["https://10.1.2.3/clip.mp4", "local"],
    ["https://172.31.0.1/clip.mp4", "local"],
    ["https://192.168.1.7/clip.mp4", "local"],
    ["https://169.254.169.254/latest", "local"],
    ["https://[::1]/clip.mp4", "local"],
    ["https://[fe80::1]/clip.mp4", "local"],
  ];
  for (const [address, problem] of links) {
    it(`${JSON.stringify(address)}: ${problem ?? "fine"}`, () => {
      assert.equal(linkProblem(address, {}), problem);
    });
  }

  it("an id of the vendor's own is taken where the slot takes them, beside links or alone", () => {
    assert.equal(linkProblem("asset://asset-2026-x", { ids: "also" }), undefined);
    assert.equal(linkProblem("https://example.com/a.mp4", { ids: "also" }), undefined);
    assert.equal(linkProblem("http://example.com/a.mp4", { ids: "also" }), "scheme");
    assert.equal(linkProblem("two words", { ids: "also" }), "id");
    assert.equal(linkProblem("775309123456", { ids: "only" }), undefined);
    assert.equal(linkProblem("https://example.com/a.mp4", { ids: "only" }), "id");
  });

  it("is called after its file", () => {
    assert.equal(linkName("https://example.com/a/my%20clip.mp4?sign=1"), "my clip.mp4");
    assert.equal(linkName("https://example.com/%E0%A4%A"), "%E0%A4%A");
    assert.equal(linkName("https://example.com"), "example.com");
    assert.equal(linkName("775309"), "775309");
  });
});
