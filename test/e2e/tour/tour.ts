import type { Frame, Locator } from "playwright-core";
import type { OperationId } from "../../../src/model/operations.ts";
import type { VendorId } from "../../../src/model/vendors.ts";
import { vendorEntry } from "../../../src/vendors/catalog.ts";
import { Easel, type Review } from "../easel.ts";
import type { SessionOptions } from "../session.ts";
import { StudioPage } from "../studioPage.ts";
import { LedgerFolder, type LedgerJob } from "../support/ledgerFolder.ts";
import type { Words } from "../words.ts";
import type { Workbench } from "../workbench.ts";
import { materials } from "./givens.ts";

/** What differs between the tours. */
export interface TourOptions {
  /** The words of a prompt whose first word is a canary; without one, of nothing in particular. */
  prompt(canary: string): string;
  /** Looks at what has come into sight. */
  look(where: string, seen: Locator): Promise<unknown>;
  /** Keeps a picture of a screen that was not seen before. */
  shot(name: string): Promise<unknown>;
}

/** What is known of a vendor's key in the simulator: the kind to choose, and its parts by their labels. */
interface KeyOf {
  kind?: string;
  parts: readonly (readonly [label: string, value: string])[];
}

/** What the sessions of both tours have in common. */
export const tourSession: SessionOptions = {
  viewport: { width: 1500, height: 950 },
  // A file that is opened must not take the selection from those that are being selected.
  settings: { "explorer.autoReveal": false },
  files: Object.fromEntries(Object.values(materials).map(({ name, bytes }) => [name, bytes])),
};

const underWay = ["intent", "sent", "running", "downloading"];

/** Somebody who goes through everything Easel does, in the language of the session. */
export class Tour {
  readonly workbench: Workbench;
  readonly easel: Easel;
  readonly studio: StudioPage;
  readonly options: TourOptions;
  #seen = new Set<string>();

  constructor(workbench: Workbench, options: TourOptions) {
    this.workbench = workbench;
    this.options = options;
    this.easel = new Easel(workbench, (where, seen) => this.look(where, seen));
    this.studio = new StudioPage(workbench);
  }

  get words(): Words {
    return this.workbench.words;
  }

  get ledger(): LedgerFolder {
    return new LedgerFolder(this.workbench.session.userDataDir);
  }

  async look(where: string, seen: Locator): Promise<void> {
    await this.options.look(where, seen);
    if (this.#seen.has(where)) return;
    this.#seen.add(where);
    await this.options.shot(where);
  }

  /** Looks at the quick input. */
  async lookAtInput(where: string): Promise<void> {
    await this.look(where, this.workbench.quickInput.widget);
  }

  /** Looks at all of a webview's document. */
  async lookAtPage(where: string, frame: Frame): Promise<void> {
    await this.look(where, frame.locator("body"));
  }

  /** What the lists call a vendor. */
  vendor(id: VendorId): string {
    return vendorEntry(id)?.name ?? id;
  }

  /** The key of each vendor that has one, as it is entered. `right`: what the query of Animo's endpoint carries. */
  keys(right: string): Readonly<Partial<Record<VendorId, KeyOf>>> {
    const { seedream, visual, kling, animo, gateway } = this.workbench.session.simulator.ready;
    return {
      seedream: { parts: [["API key", seedream.apiKey]] },
      visual: {
        parts: [
          ["AccessKeyID", visual.accessKeyId],
          ["SecretAccessKey", visual.secretAccessKey],
          ["Session token", ""],
        ],
      },
      kling: {
        kind: "+",
        parts: [
          ["Access Key", kling.accessKey],
          ["Secret Key", kling.secretKey],
        ],
      },
      animo: {
        parts: [
          ["Endpoint URL", `${animo.endpoint}?sig=${right}`],
          ["API key", animo.apiKey],
        ],
      },
      gateway: { parts: [["API key", gateway.apiKey]] },
    };
  }

  /** Puts the cursor at the end of the document that the markup goes to. */
  async toDocument(): Promise<void> {
    await this.workbench.openFile("README.md");
    await this.workbench.page.keyboard.press("ControlOrMeta+End");
  }

  /** Rows of the jobs view that hold a text. */
  row(text: string): Locator {
    return this.workbench.page.locator(".part.sidebar .pane-body .monaco-list-row").filter({ hasText: text });
  }

  /** Takes an action from the menu of a row of the jobs view and confirms what is asked. */
  async decide(row: Locator, action: "forgetJob" | "dropJob", act: string): Promise<void> {
    await this.workbench.contextMenu(row, this.words.entry(action));
    const dialog = this.workbench.page.locator(".monaco-dialog-box");
    await this.look(`before ${act}`, dialog.locator(".dialog-message-row"));
    await dialog.getByRole("button", { name: this.words.of(act), exact: true }).click();
    await row.waitFor({ state: "detached" });
  }

  /** Leaves the sheet as it is: what waits goes on waiting. */
  async leave(review: Review): Promise<void> {
    await review.focused();
    await review.press("Escape");
    await review.closed();
  }

  /** Waits until something of an operation has come from a vendor. */
  async arrived(operation: OperationId, vendor: VendorId): Promise<void> {
    await this.workbench.until(`something of ${operation} has come from ${vendor}`, async () => {
      const jobs = await this.ledger.jobs();
      const own = jobs.filter(({ request }) => request.operation === operation && request.vendor === vendor);
      return own.some(({ assets }) => assets.length > 0) ? true : undefined;
    });
  }

  /** Waits until no job is under way any more; resolves with all of them. */
  settled(): Promise<LedgerJob[]> {
    return this.workbench.until(
      "nothing is under way",
      async () => {
        const jobs = await this.ledger.jobs();
        return jobs.every(({ state }) => !underWay.includes(state)) ? jobs : undefined;
      },
      120_000,
    );
  }
}
