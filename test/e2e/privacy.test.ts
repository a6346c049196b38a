import assert from "node:assert/strict";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { scratch } from "../../scripts/lib/scratch.ts";
import type { VendorId } from "../../src/model/vendors.ts";
import type { SeenRequest } from "./easel.ts";
import { openSession } from "./session.ts";
import {
  documentsOf,
  entriesWith,
  filesWith,
  Screen,
  search,
  storageOf,
  type Wanted,
  witnessed,
} from "./support/witness.ts";
import {
  emptyIndex,
  fetchTask,
  findAsset,
  improvePrompt,
  keepElement,
  writeAltText,
} from "./tour/besides.ts";
import { canary, materials, sliceOf } from "./tour/givens.ts";
import { hostsOfPrivacyPage } from "./tour/hosts.ts";
import { legs } from "./tour/legs.ts";
import { askForOne, placeIt, writeAndLeave } from "./tour/mainJob.ts";
import { discardAll, goThroughLegs, promptOf, reloadWhileRunning } from "./tour/suite.ts";
import { Tour, tourSession } from "./tour/tour.ts";
import { meetTrouble, settleTrouble } from "./tour/trouble.ts";
import { Workbench } from "./workbench.ts";

/** In the query of an endpoint that is itself a secret. */
const right = "rightcanary7b13";
const ledgerFile = /^User\/globalStorage\/[^/]+\/jobs\/[^/]+\/job\.json$/;

describe("a tour with canaries", () => {
  let workbench: Workbench;
  let tour: Tour;
  let folder: Awaited<ReturnType<typeof scratch>>;
  let connections: string;
  let temporary: string;
  const screen = new Screen();

  /** Addresses the extension host has opened connections to. */
  const reached = async () =>
    new Set((await readFile(connections, "utf8").catch(() => "")).split("\n").filter(Boolean));
  /** Everything the editor and the extension have written, searched. */
  const onDisk = async (wanted: Wanted) => [
    ...(await search(workbench.session.userDataDir, wanted)),
    ...(await search(temporary, wanted)).map(({ what, path }) => ({ what, path: `tmp/${path}` })),
  ];
  /** Leaves the window, reads what it has kept, and comes back. */
  const storageAtRest = async () => {
    const { page } = workbench;
    const url = page.url();
    await page.goto(`${new URL(url).origin}/healthz`);
    const storage = await storageOf(page);
    // At its most verbose level the editor itself writes down what any tree view shows, as PRIVACY.md says.
    for (const [entry, text] of storage) {
      if (entry.endsWith("/window.log"))
        storage.set(entry, text.replaceAll(/^.*MainThreadTreeViews#.*$/gm, ""));
    }
    await page.goto(url);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    return storage;
  };
  /** Every secret of every vendor, by whose it is. What is empty is none. */
  const secrets = () =>
    Object.entries(tour.keys(right)).flatMap(([vendor, { parts }]) =>
      [...parts.map(([, value]) => value), ...(vendor === "animo" ? [right] : [])]
        .filter((value) => value !== "")
        .map((value) => ({ vendor: vendor as VendorId, value })),
    );
  const hosts = () => hostsOfPrivacyPage(workbench.session.simulator.ready);
  /** Requests that Easel made; what a test asked of a vendor itself has another name. */
  const requests = async () =>
    (await tour.easel.requests()).filter(({ headers }) => headers["user-agent"] !== "elsewhere");
  const hostsWith = (seen: readonly SeenRequest[], words: string) =>
    new Set(
      seen.filter((request) => JSON.stringify(request).includes(words)).map(({ headers }) => headers.host),
    );

  before(async () => {
    folder = await scratch();
    const { options, ...witness } = await witnessed(folder.path);
    ({ connections, temporary } = witness);
    workbench = new Workbench(await openSession({ ...options, ...tourSession }));
    tour = new Tour(workbench, {
      prompt: (name) => `${name} at dawn`,
      look: async () => {},
      shot: async () => {},
    });
    await appendFile(join(workbench.session.folder, "README.md"), `\n${canary.line}\n`);
    await screen.watch(workbench.page);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === "failed") await workbench?.screenshot(test.fullTitle());
  });
  after(async () => {
    await workbench?.session.close();
    await folder[Symbol.asyncDispose]();
  });

  it("the editor starts, Easel is loaded and looks at its jobs: nothing is contacted (P-20)", async () => {
    await workbench.runCommand("Easel: Show Jobs");
    await workbench.page
      .locator(".welcome-view-content")
      .filter({ hasText: "Nothing is being made" })
      .waitFor();
    assert.deepEqual([...(await reached())], ["watching"]);
  });

  it("a prompt is written and left, another is sent to Placeholder, and its result is placed under other words", async () => {
    await writeAndLeave(tour);
    await askForOne(tour);
    assert.ok(
      screen.messages.some((message) => message.includes(canary.placed)),
      "messages to webviews are seen",
    );
    await placeIt(tour, "A harbour", "harbour-at-dawn");
  });

  it("Placeholder contacts nobody (P-02, P-20)", async () =>
    assert.deepEqual([...(await reached())], ["watching"]));

  it("keys are entered, and nobody is contacted for that (P-08, P-20)", async () => {
    for (const [id, { kind, parts }] of Object.entries(tour.keys(right))) {
      await tour.easel.setKey(tour.vendor(id as VendorId), parts, kind);
      await workbench.notification(`The key of ${tour.vendor(id as VendorId)} is stored for`);
    }
    await workbench.runCommand("View: Show Explorer");
    assert.deepEqual([...(await reached())], ["watching"]);
  });

  it("a prompt is improved, a picture described, an asset looked for, an element made, a task fetched (P-16)", async () => {
    await improvePrompt(tour);
    await writeAltText(tour);
    await findAsset(tour);
    const index = await filesWith(workbench.session.userDataDir, "sailing boat");
    assert.ok(
      index.some((path) => /\/search\//.test(path)),
      `what the index holds is seen on disk: ${index}`,
    );
    await emptyIndex(tour);
    await keepElement(tour);
    await fetchTask(tour);
  });

  goThroughLegs(() => tour);

  it("a refusal, a request in doubt, and a result that cannot be fetched at first", () => meetTrouble(tour));

  it("tasks that run at vendors are carried on after the window was loaded anew", () =>
    reloadWhileRunning(tour));

  it("what could not be fetched is fetched, and a prompt is drafted that nobody sends", async () => {
    await settleTrouble(tour);
    await tour.studio.open();
    await tour.studio.fresh();
    await tour.studio.prompt(`${canary.drafted} harbour`);
  });

  it("while jobs are open their words are in the ledger and nowhere else, and a prompt that was not sent is nowhere (P-10, P-12, P-17)", async () => {
    const storage = await storageAtRest();
    const { link, line, file, pasted: given, ...words } = canary;
    const found = await onDisk({ ...words, link });
    assert.deepEqual(
      found.filter(({ path }) => !ledgerFile.test(path)),
      [],
    );
    for (const what of ["sent", "lost", "resumed", "link"])
      assert.ok(
        found.some((each) => each.what === what),
        `${what} is seen on disk`,
      );
    for (const [what, text] of Object.entries({ ...words, link }))
      assert.deepEqual(entriesWith(storage, text), [], what);
    assert.deepEqual(
      found.filter(({ what }) =>
        ["unsent", "drafted", "improved", "looked", "element", "placed"].includes(what),
      ),
      [],
    );
    const copies = await onDisk({ [line]: line, picture: sliceOf(materials.picture) });
    assert.ok(copies.filter(({ what, path }) => what === line && ledgerFile.test(path)).length > 0);
    const inputs = copies.filter(({ what }) => what === "picture").map(({ path }) => path);
    assert.ok(inputs.length > 0, "what was pasted is seen on disk");
    for (const path of inputs) assert.match(path, /\/(jobs\/[^/]+|studio)\/inputs\//);
  });

  it("all that waits is discarded at once", async () => {
    await discardAll(tour);
  });

  it("the hosts that were connected to are those that PRIVACY.md names, and the one of results (P-02, P-19)", async () => {
    const named = new Set([...hosts().values()].flatMap((each) => [...each]));
    const asked = new Set((await requests()).map(({ headers }) => headers.host ?? ""));
    const elsewhere = [...asked].filter((host) => !named.has(host));
    assert.equal(elsewhere.length, 1, `where results are: ${elsewhere}`);
    assert.deepEqual([...(await reached())].sort(), [...named, ...elsewhere, "watching"].sort());
    assert.deepEqual([...asked].sort(), [...named, ...elsewhere].sort());
    // Windows ask their server, and the editor its own gallery.
    const byWindows = [...screen.origins].map((origin) => new URL(origin).host);
    assert.ok(byWindows.length > 0);
    assert.deepEqual(
      byWindows.filter((host) => asked.has(host)),
      [],
      "no window contacts a vendor",
    );
  });

  it("each request carried only its own vendor's credentials, and each prompt went to the vendors it was sent to (P-02, P-06, P-21)", async () => {
    const seen = await requests();
    for (const { vendor, value } of secrets()) {
      for (const host of hostsWith(seen, value))
        assert.ok(
          hosts()
            .get(vendor)
            ?.has(host ?? ""),
          `${vendor}: ${host}`,
        );
    }
    const results = seen.filter(
      ({ headers }) => ![...hosts().values()].some((own) => own.has(headers.host ?? "")),
    );
    for (const { method, body } of results) assert.deepEqual([method, body], ["GET", null]);
    for (const leg of legs) {
      const own = new Set(leg.vendors.flatMap((vendor) => [...(hosts().get(vendor) ?? [])]));
      for (const host of hostsWith(seen, promptOf(tour, leg)))
        assert.ok(own.has(host ?? ""), `${leg.operation}: ${host}`);
    }
    const { unsent, placed, drafted, line } = canary;
    for (const words of [unsent, placed, drafted, line])
      assert.deepEqual([...hostsWith(seen, words)], [], words);
    const of = (vendor: VendorId) => [...(hosts().get(vendor) ?? [])];
    for (const words of [canary.improved, canary.looked])
      assert.deepEqual([...hostsWith(seen, words)], of("gateway"));
    assert.deepEqual([...hostsWith(seen, canary.element)], of("kling"));
    for (const words of [canary.sent, canary.link])
      assert.ok(hostsWith(seen, words).size >= 4, `requests are seen: ${words}`);
  });

  it("no message to a webview, no document and no line of the console ever had a key (P-07)", async () => {
    assert.ok(screen.messages.length > 0 && screen.lines.length > 0);
    const documents = await documentsOf(workbench.page);
    for (const { value } of secrets()) {
      for (const text of [...screen.messages, ...screen.lines]) assert.ok(!text.includes(value), text);
      assert.ok(!documents.includes(value));
    }
  });

  it("when all jobs are closed, prompts and inputs are nowhere, and keys only in the secret storage (P-05, P-11, P-12, P-13, P-14, P-23)", async () => {
    const storage = await storageAtRest();
    assert.ok(
      entriesWith(storage, "harbour-at-dawn.png").length > 0,
      "the record of what was placed is seen in the editor's storage",
    );
    assert.ok(
      (storage.get("local/secrets.provider") ?? "").length > 2,
      "keys are stored, where they should be",
    );
    const { line, file, ...words } = canary;
    const keys = Object.fromEntries(
      secrets().map(({ vendor, value }, index) => [`${vendor} key ${index}`, value]),
    );
    const inputs = Object.fromEntries(Object.entries(materials).map(([id, file]) => [id, sliceOf(file)]));
    assert.deepEqual(await onDisk({ ...words, ...keys, ...inputs }), []);
    // The secret storage keeps keys encrypted, so not even there.
    for (const [what, text] of Object.entries({ ...words, ...keys }))
      assert.deepEqual(entriesWith(storage, text), [], what);
    // The editor itself remembers which files were open.
    const own = (await onDisk({ line, file })).filter(({ path }) => /easel/i.test(path));
    assert.deepEqual(own, []);
  });

  it("the log that was searched says what happened (P-23)", async () => {
    const logs = await search(join(workbench.session.userDataDir, "logs"), {
      ambiguous: "ambiguous",
      policy: "InputTextSensitiveContentDetected",
    });
    for (const what of ["ambiguous", "policy"])
      assert.ok(
        logs.some((each) => each.what === what && each.path.includes("Easel")),
        `${what} is in Easel's log: ${JSON.stringify(logs)}`,
      );
  });
});
