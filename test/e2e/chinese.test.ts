import assert from "node:assert/strict";
import type { VendorId } from "../../src/model/vendors.ts";
import {
  emptyIndex,
  fetchTask,
  findAsset,
  improvePrompt,
  keepElement,
  writeAltText,
} from "./tour/besides.ts";
import { ChineseEye } from "./tour/chinese.ts";
import { askForOne, placeIt, writeAndLeave } from "./tour/mainJob.ts";
import { discardAll, goThroughLegs, reloadWhileRunning } from "./tour/suite.ts";
import { Tour, tourSession } from "./tour/tour.ts";
import { meetTrouble, settleTrouble } from "./tour/trouble.ts";
import { useWorkbench } from "./workbench.ts";

describe("the tour in Chinese", () => {
  const workbench = useWorkbench({ locale: "zh-cn", ...tourSession });
  const prompts = new Map<string, string>();
  let eye: ChineseEye;
  let tour: Tour;

  /** Words of the user's own, each canary's other than the next one's within the few letters that a row shows. */
  const prompt = (name: string) => {
    const words = prompts.get(name) ?? `灯笼${prompts.size + 1}号浮在静水上`;
    prompts.set(name, words);
    return words;
  };

  before(async () => {
    eye = await ChineseEye.open();
    tour = new Tour(workbench(), {
      prompt,
      look: (where, seen) => eye.look(where, seen),
      shot: (name) => workbench().screenshot(`chinese ${name}`),
    });
  });

  it("the palette names every command in Chinese", async () => {
    const palette = await workbench().palette("Easel: ");
    // A command's English title stands below, to be found by.
    await tour.look(
      "the palette",
      palette.widget
        .locator(".monaco-list-row .quick-input-list-row:first-child")
        .filter({ hasText: "Easel" }),
    );
    await palette.cancel();
    await palette.closed();
  });

  it("the jobs view says that there is nothing", async () => {
    await workbench().runCommand(tour.words.title("showJobs"));
    await tour.look("no jobs", workbench().page.locator(".welcome-view-content"));
  });

  it("from the palette to the inserted line", async () => {
    await writeAndLeave(tour);
    await askForOne(tour);
    await placeIt(tour, "黎明的港口", "黎明的港口");
  });

  it("keys are entered", async () => {
    for (const [id, { kind, parts }] of Object.entries(tour.keys("any"))) {
      const vendor = tour.vendor(id as VendorId);
      await tour.easel.setKey(vendor, parts, kind);
      const [stored = ""] = tour.words.of("The key of {0} is stored for {1}.", vendor, "|").split("|");
      await tour.look("a key is stored", await workbench().notification(stored.trim()));
    }
    await workbench().runCommand("View: Show Explorer");
  });

  it("a prompt is improved, a picture described, an asset looked for, an element made, a task fetched", async () => {
    await improvePrompt(tour);
    await writeAltText(tour);
    await findAsset(tour);
    await emptyIndex(tour);
    await keepElement(tour);
    await fetchTask(tour);
  });

  goThroughLegs(() => tour);

  it("a refusal, a request in doubt, and a result that cannot be fetched at first", () => meetTrouble(tour));

  it("tasks that run at vendors are carried on after the window was loaded anew", () =>
    reloadWhileRunning(tour));

  it("what could not be fetched is fetched, and all that waits is discarded", async () => {
    await settleTrouble(tour);
    await discardAll(tour);
  });

  it("nothing of Easel's own was in English, and no punctuation between Chinese words was", () => {
    assert.deepEqual(eye.found, {});
    assert.ok(eye.places > 120, `it looked: ${eye.places}`);
  });
});
