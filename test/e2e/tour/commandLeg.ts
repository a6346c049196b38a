import { type CommandId, commands } from "../../../src/contributions.ts";
import { operations } from "../../../src/model/operations.ts";
import type { Review } from "../easel.ts";
import { linkFor, materials } from "./givens.ts";
import type { Given, Leg } from "./legs.ts";
import type { Tour } from "./tour.ts";

const keyOf = (id: CommandId) =>
  (Object.keys(commands) as (keyof typeof commands)[]).find((key) => commands[key] === id) ?? "generateImage";

/** Asks for a leg through its command, up to the step that sends, and sends it. */
export async function sendByCommand(tour: Tour, leg: Leg, prompt: string): Promise<void> {
  const { workbench, words, easel } = tour;
  const { quickInput } = workbench;
  const command = keyOf(operations[leg.operation].command);
  const explorer = leg.given?.find((each) => each.by === "explorer");
  if (explorer) {
    const names = explorer.files.map((id) => materials[id].name);
    const [first = "", ...others] = names;
    if (others.length > 0) await workbench.select(first, ...others);
    await workbench.contextMenu(workbench.explorerItem(names.at(-1) ?? ""), words.entry(command));
  } else {
    await tour.toDocument();
    await workbench.runCommand(words.title(command));
  }
  if (leg.called) {
    await quickInput.opened("(1/3)");
    await tour.lookAtInput(`what should be done: ${command}`);
    await quickInput.pick(words.of(leg.called));
  }
  if (leg.operation === "images-to-image") {
    await quickInput.asking(words.of("Prompts speak of “Image 1”, “Image 2”, … in this order")).waitFor();
    await tour.lookAtInput("the order of images");
    await quickInput.accept();
  }
  for (const [index, given] of (leg.given ?? []).entries())
    if (given.by !== "explorer") await give(tour, leg, given, index);
  if (!leg.wordless) {
    await quickInput.saying(words.of("changeable in the next step"));
    await tour.lookAtInput(`the prompt: ${command}`);
    await quickInput.fill(prompt);
    await quickInput.accept();
  }
  await easel.confirmStep();
  const vendor = tour.vendor(leg.vendors[0]);
  const sends = await quickInput.focusedRow(words.of("Generate")).textContent();
  if (!sends?.includes(vendor)) await easel.choose("Vendor", vendor);
  await tour.lookAtInput(`about to be sent: ${leg.operation} by ${vendor}`);
  await easel.send();
}

/** Answers the step that asks for an input. */
async function give(tour: Tour, leg: Leg, given: Given, index: number): Promise<void> {
  const { workbench, words } = tour;
  const { quickInput } = workbench;
  await quickInput.asking(words.mark("{0}: which one?")).waitFor();
  await tour.lookAtInput(`where an input comes from: ${given.by} ${leg.operation}`);
  switch (given.by) {
    case "link": {
      // Where an id does as well, the entry goes on after these words.
      await quickInput.pick(words.of("Paste a Link…").replace("…", ""));
      await quickInput.saying(words.of("public, https"));
      await tour.lookAtInput("a link");
      await quickInput.fill(linkFor(leg, given.ending, index));
      await quickInput.accept();
      return;
    }
    case "list":
      return quickInput.pick(materials[given.file].name);
    case "paint": {
      await quickInput.pick(words.of("Paint It on the Picture…"));
      const painter = await workbench.webview(".board canvas");
      await painter.locator(".board").click();
      await painter.locator(".use[aria-disabled=false]").waitFor();
      await tour.lookAtPage("painting a mask", painter);
      await workbench.until("the mask is taken", async () => {
        const click = painter.locator(".use[aria-disabled=false]").click({ timeout: 2000 });
        await click.catch(() => {});
        return painter.isDetached() ? true : undefined;
      });
      return;
    }
    default:
      throw new TypeError(`no step asks for ${given.by}`);
  }
}

/** Looks at the sheet that a command's result comes up in. */
export async function result(tour: Tour, { operation }: Leg): Promise<Review> {
  const review = await tour.easel.review();
  await review.frame.locator(".button.discard").waitFor();
  await tour.lookAtPage(`a result of ${operation}`, review.frame);
  return review;
}
