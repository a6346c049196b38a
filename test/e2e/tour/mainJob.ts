import { canary } from "./givens.ts";
import type { Tour } from "./tour.ts";

/** A prompt is written and not sent. */
export async function writeAndLeave(tour: Tour): Promise<void> {
  const { workbench, words, easel, options } = tour;
  await tour.toDocument();
  await workbench.runCommand(words.title("generateImage"));
  await easel.prompt(options.prompt(canary.unsent));
  await workbench.quickInput.cancel();
  await workbench.quickInput.closed();
}

/** A picture is asked for, its result is left waiting. */
export async function askForOne(tour: Tour): Promise<void> {
  const { workbench, words, easel, options } = tour;
  await tour.toDocument();
  await workbench.type("\n\n");
  await workbench.runCommand(words.title("generateImage"));
  await easel.prompt(options.prompt(canary.placed));
  await easel.send();
  const review = await easel.review();
  await review.line();
  await tour.lookAtPage("the review sheet", review.frame);
  await tour.leave(review);
}

/** It is placed under other words than the prompt's, taken back by one undo, and placed again. */
export async function placeIt(tour: Tour, alt: string, name: string): Promise<void> {
  const { workbench, words, easel } = tour;
  const waiting = workbench.statusBarItem(words.of("{0} waiting", "1"));
  for (const round of ["placed", "placed again"]) {
    await tour.look("what waits in the status bar", waiting);
    await waiting.click();
    const review = await easel.review();
    const { frame } = review;
    await frame.locator("#alt").fill(alt);
    await frame.locator("#file-name").fill(name);
    await frame.locator(".preview code", { hasText: `${name}.png` }).waitFor();
    await frame.locator(".button.insert").click();
    await workbench.editorTextWith(`![${alt}](assets/${name}.png)`);
    await review.closed();
    if (round === "placed again") break;
    await workbench.page.locator(".editor-instance .monaco-editor.focused").first().waitFor();
    await workbench.undo();
    await waiting.waitFor();
  }
}
