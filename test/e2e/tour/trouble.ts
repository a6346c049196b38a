import { canary } from "./givens.ts";
import type { Tour } from "./tour.ts";

/** Asks Seedream for a picture. */
async function ask(tour: Tour, prompt: string): Promise<void> {
  const { workbench, words, easel } = tour;
  await tour.toDocument();
  await workbench.runCommand(words.title("generateImage"));
  await easel.prompt(prompt);
  const sends = await workbench.quickInput.focusedRow(words.of("Generate")).textContent();
  if (!sends?.includes("Seedream")) await easel.choose("Vendor", "Seedream");
  await easel.send();
}

/** One request that is refused, one of which nobody knows whether it was carried out, and one whose result cannot be fetched at first. */
export async function meetTrouble(tour: Tour): Promise<void> {
  await tour.settled();
  const { workbench, words, easel, options } = tour;
  const notified = async (where: string, text: string) => {
    await tour.look(where, await workbench.notification(text));
    await workbench.runCommand("Notifications: Clear All Notifications");
  };
  await ask(tour, `${options.prompt(canary.refused)} [error InputTextSensitiveContentDetected]`);
  await notified("refused", words.of("{0} declined this under its content policy", "Seedream"));

  await easel.fault({
    vendor: "seedream",
    method: "POST",
    kind: "reset",
    times: 1,
    params: { billed: true },
  });
  await ask(tour, options.prompt(canary.doubted));
  await notified("in doubt", words.mark("It is not known whether {0} made this"));

  await easel.fault({ vendor: "seedream", kind: "linkDead" });
  await ask(tour, options.prompt(canary.lost));
  await notified("not fetched", words.of("The result is no longer at {0}", "Seedream"));
  await easel.mend();
}

/** Looks at the jobs that need somebody and lets go of them. What could not be fetched has been by now, without being asked for. */
export async function settleTrouble(tour: Tour): Promise<void> {
  const { workbench, words, options } = tour;
  await workbench.runCommand(words.title("showJobs"));
  const row = (name: string) => tour.row(options.prompt(name).slice(0, 12));
  for (const name of [canary.refused, canary.doubted, canary.lost]) await row(name).first().waitFor();
  await tour.look("the jobs view", workbench.page.locator(".part.sidebar"));
  await tour.decide(row(canary.refused).first(), "forgetJob", "Forget");
  await tour.decide(row(canary.doubted).first(), "dropJob", "Drop");
  await workbench.until("what could not be fetched is there", async () => {
    const jobs = await tour.ledger.jobs();
    const lost = jobs.find(({ request }) => request.prompt === options.prompt(canary.lost));
    return lost?.assets.length === 1 && lost.state === "done" ? true : undefined;
  });
}
