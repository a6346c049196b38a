import assert from "node:assert/strict";
import { operations } from "../../../src/model/operations.ts";
import { result, sendByCommand } from "./commandLeg.ts";
import { canary } from "./givens.ts";
import { type Leg, legs } from "./legs.ts";
import { sendFromStudio } from "./studioLeg.ts";
import type { Tour } from "./tour.ts";

/** What a leg asks for; the words are of no other leg. */
export function promptOf(tour: Tour, leg: Leg): string {
  return tour.options.prompt(`${canary.sent}x${String(legs.indexOf(leg)).padStart(2, "0")}`);
}

/** The tests that go through every leg: those by command one after the other with their results, those of the Studio all at once. */
export function goThroughLegs(tour: () => Tour): void {
  for (const leg of legs.filter(({ door }) => door === "command")) {
    it(`${leg.operation} by its command, of ${leg.vendors[0]}`, async () => {
      await sendByCommand(tour(), leg, promptOf(tour(), leg));
      await tour().leave(await result(tour(), leg));
    });
  }

  it("the Studio opens", async () => {
    const { studio, workbench } = tour();
    // Alone in the editor area it has room for all its parts; the document is where results go.
    await workbench.saveAll();
    await workbench.runCommand("View: Close All Editors");
    await tour().toDocument();
    await studio.open();
    await studio.goTo("setup");
    await (await studio.find(".setup")).waitFor();
    await tour().lookAtPage("the Studio's setup", await studio.frame());
    await studio.goTo("gallery");
  });

  const earlier = (given: { operation: Leg["operation"] }) => {
    const leg = legs.find(
      ({ door, operation, vendors }) =>
        door === "studio" && operation === given.operation && vendors.includes("kling"),
    );
    return leg ? promptOf(tour(), leg) : "";
  };
  for (const leg of legs.filter(({ door }) => door === "studio")) {
    it(`${leg.operation} from the Studio, of ${leg.vendors.join(", ")}`, async () => {
      for (const given of leg.given ?? []) {
        if (given.by === "earlier") await tour().arrived(given.operation, leg.vendors[0]);
      }
      await sendFromStudio(tour(), leg, promptOf(tour(), leg), earlier);
    });
  }

  it("all of it comes back, of the kind that was asked for", async () => {
    const jobs = await tour().settled();
    for (const { operation, vendors } of legs) {
      for (const vendor of vendors) {
        const own = jobs.filter(
          ({ request }) => request.operation === operation && request.vendor === vendor,
        );
        const came = own.flatMap(({ assets }) => assets.map(({ kind }) => kind));
        const wanted = operations[operation].output;
        assert.ok(came.includes(wanted), `${operation} of ${vendor}: ${JSON.stringify(own)}`);
      }
    }
    await tour().lookAtPage("the Studio's gallery", await tour().studio.frame());
  });
}

/** Two tasks run at their vendors while the window is loaded anew; both are carried on and fetched. */
export async function reloadWhileRunning(tour: Tour): Promise<void> {
  const { studio, workbench, easel, options } = tour;
  await studio.open();
  await studio.fresh();
  await studio.operation("text-to-video");
  await studio.vendors("Seedream", "Kling");
  await studio.prompt(`${options.prompt(canary.resumed)} [slow 60s]`);
  await studio.send();
  const running = async () => {
    const jobs = (await tour.ledger.jobs()).filter(({ state }) => state === "running");
    return jobs.length === 2 ? jobs : undefined;
  };
  const before = await workbench.until("both run at their vendors", running);
  await tour.lookAtPage("the Studio while jobs run", await studio.frame());
  await workbench.saveAll();
  await workbench.reload();
  await easel.advanceClock(60_000);
  const after = await tour.settled();
  for (const { id } of before) {
    const job = after.find((each) => each.id === id);
    assert.deepEqual([job?.state, job?.assets.length], ["done", 1]);
  }
}

/** Everything that waits is discarded, from the Studio's gallery at once. */
export async function discardAll(tour: Tour): Promise<void> {
  const { studio, workbench } = tour;
  await workbench.runCommand("View: Close All Editors");
  await studio.open();
  await studio.goTo("gallery");
  const tile = (await studio.tiles("waiting")).first();
  await tile.click();
  await workbench.page.keyboard.press("ControlOrMeta+A");
  await (await studio.find(".selection")).waitFor();
  await tour.lookAtPage("the Studio with all chosen", await studio.frame());
  await workbench.page.keyboard.press("Delete");
  await studio.waiting(0);
  await workbench.until("every job is closed", async () => {
    const open = (await tour.ledger.jobs()).filter(({ closed }) => closed === undefined);
    return open.length === 0 ? true : undefined;
  });
}
