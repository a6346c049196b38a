import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "../../../src/model/job.ts";
import type { GalleryEntry } from "../../../src/studio/galleryIndex.ts";
import { newJob, png } from "../jobs/support.ts";
import { withoutEditor } from "../text/editor.ts";

withoutEditor();
const { ThumbnailKeeper } = await import("../../../src/studio/thumbnailKeeper.ts");

describe("thumbnails of results", () => {
  let folder: string;
  let open: Map<string, Job>;
  let keeper: InstanceType<typeof ThumbnailKeeper>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "easel-keeper-"));
    open = new Map([["j1", newJob({ id: "j1" })]]);
    keeper = new ThumbnailKeeper(folder, { get: (id) => open.get(id) }, () => 1);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const hash = (digit: string) => digit.repeat(64);
  const entry = (state: string, id = "j1/0") => ({ id, state }) as GalleryEntry;

  it("that wait go with their job, and of those that landed the small picture stays (P-13)", async () => {
    await keeper.keep(hash("a"), entry("waiting"), png());
    await keeper.keep(hash("b"), entry("placed", "j0/0"), png());
    assert.deepEqual((await readdir(folder)).sort(), [`${hash("a")}~j1.png`, `${hash("b")}.png`]);
    open.clear();
    await keeper.follow(undefined);
    assert.deepEqual(await readdir(folder), [`${hash("b")}.png`]);
  });

  it("are small pictures, and nothing else is kept", async () => {
    const { outcome } = await keeper.keep(hash("a"), entry("waiting"), Buffer.from("words"));
    assert.equal(outcome, "failed");
    assert.deepEqual(await readdir(folder), []);
  });
});
