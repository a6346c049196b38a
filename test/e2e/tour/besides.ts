import { canary, materials } from "./givens.ts";
import type { Tour } from "./tour.ts";

/** A prompt is improved, and the user keeps their own. */
export async function improvePrompt(tour: Tour): Promise<void> {
  const { workbench, words, options } = tour;
  const { quickInput } = workbench;
  await tour.toDocument();
  await workbench.runCommand(words.title("generateImage"));
  await quickInput.opened("(1/2)");
  await quickInput.fill(options.prompt(canary.improved));
  await quickInput.widget.getByRole("button", { name: words.of("Improve Prompt") }).click();
  await quickInput.asking(words.of("The difference is shown in the editor")).waitFor();
  await tour.lookAtInput("an improved prompt");
  await quickInput.pick(words.of("Keep Mine"));
  await quickInput.opened("(1/2)");
  await quickInput.cancel();
  await quickInput.closed();
}

/** A picture of the document is described, and nothing is taken. */
export async function writeAltText(tour: Tour): Promise<void> {
  const { workbench, words } = tour;
  const { quickInput } = workbench;
  await workbench.openFile("README.md");
  await workbench.goTo(5, 8);
  await workbench.runCommand(words.title("writeAltText"));
  await quickInput.opened(words.of("Easel: Alt Text of {0}", "harbour.jpg"));
  await tour.lookAtInput("an alt text");
  await quickInput.cancel();
  await quickInput.closed();
}

/** The index is made and something is looked for. */
export async function findAsset(tour: Tour): Promise<void> {
  const { workbench, words, options } = tour;
  const { quickInput } = workbench;
  await workbench.runCommand(words.title("findAsset"));
  await quickInput.asking(words.of("What may the index on this machine keep?")).waitFor();
  await tour.lookAtInput("what the index may keep");
  await quickInput.accept();
  await quickInput.asking(words.of("What does it show?")).waitFor();
  await tour.lookAtInput("what is looked for");
  await quickInput.fill(options.prompt(canary.looked));
  await quickInput.accept();
  await quickInput.asking(words.mark("Best first: “{0}”")).waitFor();
  await tour.lookAtInput("what was found");
  await quickInput.cancel();
  await quickInput.closed();
}

/** The index is emptied. */
export async function emptyIndex(tour: Tour): Promise<void> {
  const { workbench, words } = tour;
  const { quickInput, page } = workbench;
  await workbench.runCommand(words.title("findAsset"));
  await quickInput.asking(words.of("What does it show?")).waitFor();
  await quickInput.widget.getByRole("button", { name: words.of("Empty the Index") }).click();
  const dialog = page.getByRole("dialog");
  await tour.look("before the index is emptied", dialog);
  await dialog.getByRole("button", { name: words.of("Empty It") }).click();
  await tour.look("the index is empty", await workbench.notification(words.of("The index is empty.")));
}

/** An element is made from two pictures, looked at in the library, and removed. */
export async function keepElement(tour: Tour): Promise<void> {
  const { workbench, words, options } = tour;
  const { quickInput, page } = workbench;
  const confirming = quickInput.asking(words.of("Enter sends it as it is; or change something first"));
  await workbench.runCommand("View: Show Explorer");
  await workbench.contextMenu(workbench.explorerItem(materials.picture.name), words.entry("createElement"));
  await quickInput.asking(words.of("What should it be made from?")).waitFor();
  await tour.lookAtInput("what an element is made from");
  await quickInput.pick(words.of("Element from Pictures"));
  await quickInput.asking(words.of("Reference Pictures")).waitFor();
  await quickInput.pick(materials.other.name);
  await quickInput.asking(words.of("Who or what is it, in a few words?")).waitFor();
  await quickInput.fill(options.prompt(canary.element));
  await quickInput.accept();
  await confirming.waitFor();
  await quickInput.pick(words.of("Name"));
  await quickInput.opened(
    words.of("What it is called in the library, at most 20 characters. In prompts write @name."),
  );
  await tour.lookAtInput("the name of an element");
  await quickInput.fill("Yard");
  await quickInput.accept();
  await confirming.waitFor();
  await quickInput.fill("");
  await quickInput.focusedRow(words.of("Create the Element")).waitFor();
  await tour.lookAtInput("an element about to be made");
  await quickInput.accept();
  await tour.look(
    "the element is there",
    await workbench.notification(words.of("{0} is in the library of {1}.", "Yard", "Kling")),
  );
  await workbench.runCommand(words.title("manageElements"));
  await quickInput.asking(words.of("The library of {0}", "Kling")).waitFor();
  await tour.lookAtInput("the library");
  await quickInput.pick("Yard");
  await quickInput.asking("Yard").waitFor();
  await tour.lookAtInput("what is done with an element");
  await quickInput.pick(words.of("Remove…"));
  const dialog = page.getByRole("dialog");
  await tour.look("before an element is removed", dialog);
  await dialog.getByRole("button", { name: words.of("Remove") }).click();
  await quickInput.asking(words.of("The library of {0}", "Kling")).waitFor();
  await quickInput.cancel();
  await quickInput.closed();
}

/** A clip that was made without Easel is fetched by its id. */
export async function fetchTask(tour: Tour): Promise<void> {
  const { workbench, words } = tour;
  const { quickInput, session } = workbench;
  const { baseUrl, apiKey } = session.simulator.ready.seedream;
  const made = await fetch(`${baseUrl}/contents/generations/tasks`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "user-agent": "elsewhere",
    },
    body: JSON.stringify({
      model: "doubao-seedance-2-0-260128",
      content: [{ type: "text", text: "A paper boat on a pond" }],
    }),
  });
  const { id } = (await made.json()) as { id: string };
  await tour.toDocument();
  await workbench.runCommand(words.title("fetchTask"));
  await quickInput.asking(words.of("Whose task is it?")).waitFor();
  await tour.lookAtInput("whose task");
  await quickInput.pick("Seedream");
  await quickInput.asking(words.mark("The vendor’s task id, such as {0}")).waitFor();
  await tour.lookAtInput("the id of a task");
  await quickInput.fill(id);
  await quickInput.accept();
  await tour.leave(await tour.easel.review());
}
