import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { videoClip } from "../simulator/media/clips.ts";
import { Easel, type SeenRequest } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

/** What a request for a clip holds besides its options. */
interface Content {
  type: string;
  role?: string;
  text?: string;
  image_url?: { url: string };
  video_url?: { url: string };
}

describe("videos in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  /** The content of each clip asked for, oldest first. */
  async function asked(): Promise<Content[][]> {
    const creates = (await easel().requests()).filter(
      ({ method, path }: SeenRequest) => method === "POST" && path.endsWith("/contents/generations/tasks"),
    );
    return creates.map(({ body }) => (body as { content: Content[] }).content);
  }

  it("the key, once", async () => {
    await easel().setSeedreamKey();
    await workbench().notification("is stored for");
  });

  it("right-click on an image: its first frame, reviewed playing, inserted as <video> with its size", async () => {
    await workbench().openFile("index.html");
    await workbench().goTo(16, 9);
    await workbench().explorerItem("images").click();
    await workbench().contextMenu(workbench().explorerItem("teapot.png"), "Image to Video…");
    await easel().prompt("The teapot pours itself a cup");
    const { quickInput } = workbench();
    await quickInput.row("First Frame").filter({ hasText: "teapot.png" }).waitFor();
    await workbench().screenshot("video confirm");
    await easel().send();
    const review = await easel().review();
    await review.frame.locator(".frames.drawn").waitFor();
    const line = await review.line();
    assert.match(
      line,
      /^<video controls src="assets\/the-teapot-pours-itself-a-cup\.mp4" width="\d+" height="\d+" aria-label="The teapot pours itself a cup"><\/video>$/,
    );
    await workbench().screenshot("video review");
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    await review.closed();
    assert.deepEqual(
      (await asked()).map((content) => content.map(({ type, role }) => [type, role ?? ""])),
      [
        [
          ["text", ""],
          ["image_url", "first_frame"],
        ],
      ],
    );
    assert.equal((await easel().charges()).length, 1);
    assert.deepEqual(await readdir(join(workbench().session.folder, "assets")), [
      "the-teapot-pours-itself-a-cup.mp4",
    ]);
    await workbench().undo();
    await workbench().until("the clip is back in staging", async () => {
      const left = await readdir(join(workbench().session.folder, "assets")).catch(() => []);
      return left.length === 0 ? true : undefined;
    });
  });

  it("two images: first and last; another kind keeps both; more than the slots hold is said, not dropped", async () => {
    await workbench().select("teapot.png", "harbour.jpg");
    await workbench().contextMenu(workbench().explorerItem("harbour.jpg"), "Image to Video…");
    await easel().prompt("From pot to harbour");
    const { quickInput } = workbench();
    await quickInput.row("First Frame").filter({ hasText: "teapot.png" }).waitFor();
    await quickInput.row("Last Frame").filter({ hasText: "harbour.jpg" }).waitFor();
    await easel().choose("Kind", "References to Video");
    await quickInput.row("Reference Pictures").filter({ hasText: "teapot.png, harbour.jpg" }).waitFor();
    await quickInput.pick("Kind");
    await quickInput.row("Frames to Video").waitFor();
    await quickInput.pick("Image to Video");
    await quickInput.focusedRow("harbour.jpg has no place with this model").waitFor();
    await workbench().screenshot("video no place");
    await quickInput.accept();
    await quickInput.focusedRow(/Generate/).waitFor();
    await quickInput.cancel();
    await quickInput.closed();
  });

  it("a local video is refused for a link before anything is sent, and a link is checked before it is taken", async () => {
    await easel().resetSimulator();
    const clip = videoClip({ width: 1280, height: 720 }, "local");
    await writeFile(join(workbench().session.folder, "clip.mp4"), clip);
    await workbench().openFile("index.html");
    await workbench().goTo(16, 9);
    await workbench().explorerItem("clip.mp4").waitFor();
    await workbench().contextMenu(workbench().explorerItem("clip.mp4"), "Edit Video…");
    const { quickInput } = workbench();
    await quickInput.opened("(1/3)");
    await quickInput.pick("Edit Video");
    await quickInput.opened("(2/4)");
    assert.match((await quickInput.input.getAttribute("placeholder")) ?? "", /clip\.mp4 cannot go as a file/);
    assert.ok((await quickInput.rows()).some((row) => row.includes("Paste a Link")));
    await workbench().screenshot("video needs link");
    await quickInput.pick("Paste a Link");
    // The row that was picked says the same words; only the next step asks for an address.
    await quickInput.asking("https://").waitFor();
    await quickInput.fill("http://films.example/clip.mp4");
    await quickInput.message.filter({ hasText: "Only https links are taken." }).waitFor();
    await quickInput.fill("https://films.example/clip.mp4");
    await quickInput.accept();
    await quickInput.answer("(3/4)", "Make it snow");
    await easel().confirmStep();
    await easel().send();
    const review = await easel().review();
    await review.line();
    const [content] = await asked();
    const video = content?.find(({ type }) => type === "video_url");
    assert.deepEqual(video?.video_url, { url: "https://films.example/clip.mp4" });
    assert.doesNotMatch(JSON.stringify(content), /data:/);
    await review.focused();
    await review.press("Escape");
    await review.closed();
  });

  it("a result whose link still lives is offered in place of the local file", async () => {
    await workbench().contextMenu(workbench().explorerItem("clip.mp4"), "Edit Video…");
    const { quickInput } = workbench();
    await quickInput.opened("(1/3)");
    await quickInput.pick("Extend Video");
    await quickInput.opened("(2/4)");
    await quickInput.row("Make it snow").filter({ hasText: "its link lives until" }).waitFor();
    await quickInput.pick("Make it snow");
    await quickInput.answer("(3/4)", "And on it snows");
    await easel().confirmStep();
    await easel().send();
    await workbench().until("the clip is asked for", async () =>
      (await asked()).length === 2 ? true : undefined,
    );
    const [, content] = await asked();
    const url = content?.find(({ type }) => type === "video_url")?.video_url?.url ?? "";
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\//);
    const review = await easel().review();
    await review.line();
  });
});
