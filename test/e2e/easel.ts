import type { Frame, Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** One billable call as the simulator counted it. */
export interface Charge {
  vendor: string;
  operation: string;
  model: string;
  amount: number;
}

/** One request as it reached the simulator. */
export interface SeenRequest {
  vendor: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** Looks at what has come into sight, at a place of the tour. */
export type Look = (where: string, seen: Locator) => Promise<unknown>;

/** What a person does with Easel in a workbench, by keyboard unless said otherwise, in the language of its session. */
export class Easel {
  readonly workbench: Workbench;
  readonly #look: Look;

  constructor(workbench: Workbench, look: Look = async () => {}) {
    this.workbench = workbench;
    this.#look = look;
  }

  /** Sets a vendor's API key by the palette. */
  async setApiKey(vendor: string, key: string): Promise<void> {
    await this.setKey(vendor, [["API key", key]]);
  }

  /** Sets a vendor's key by the palette: the kind of key, where there are several, and each of its parts by its label. */
  async setKey(
    vendor: string,
    parts: readonly (readonly [label: string, value: string])[],
    kind?: string,
  ): Promise<void> {
    const { quickInput, words } = this.workbench;
    await this.workbench.runCommand(words.title("setApiKey"));
    await quickInput.asking(words.of("Whose key?")).waitFor();
    await this.#look("whose key", quickInput.widget);
    await quickInput.pick(vendor);
    if (kind !== undefined) {
      await quickInput.asking(words.of("Which kind of key do you have?")).waitFor();
      await this.#look("which kind of key", quickInput.widget);
      await quickInput.pick(kind);
    }
    for (const [label, value] of parts) {
      const named = /^[A-Z][a-z]+[A-Z]/.test(label) ? label : words.of(label);
      await quickInput.opened(words.of("Easel: {0} of {1}", named, vendor));
      await this.#look(`the ${label} of ${vendor}`, quickInput.widget);
      await quickInput.fill(value);
      await quickInput.accept();
    }
  }

  async setSeedreamKey(key = this.workbench.session.simulator.ready.seedream.apiKey): Promise<void> {
    await this.setApiKey("Seedream", key);
  }

  /** Answers the prompt step and waits for the step that sends. */
  async prompt(text: string): Promise<void> {
    const { quickInput } = this.workbench;
    await quickInput.opened("(1/2)");
    await this.#look("the prompt step", quickInput.widget);
    await quickInput.fill(text);
    await quickInput.accept();
    await this.confirmStep();
  }

  /** Waits for the step that shows what will be sent. */
  async confirmStep(): Promise<void> {
    const { quickInput, words } = this.workbench;
    await this.#confirming().waitFor();
    await quickInput.focusedRow(words.of("Generate")).waitFor();
    await this.#look("the step that sends", quickInput.widget);
  }

  #confirming(): Locator {
    const { quickInput, words } = this.workbench;
    return quickInput.asking(words.of("Enter sends it as it is; or change something first"));
  }

  /** From the step that sends: takes an entry, answers what opens, and comes back. */
  async choose(entry: string, value: string): Promise<void> {
    const { quickInput } = this.workbench;
    await quickInput.pick(this.workbench.words.of(entry));
    await this.#confirming().waitFor({ state: "detached" });
    await this.#look(`choosing ${entry}`, quickInput.widget);
    await quickInput.pick(value);
    await this.confirmStep();
  }

  /** Types an option behind “More Options…” and comes back to the step that sends. */
  async moreOption(option: string, value: string): Promise<void> {
    const { quickInput, words } = this.workbench;
    const list = quickInput.asking(words.mark("Options of {0}"));
    await quickInput.pick(words.of("More Options…"));
    await list.waitFor();
    await this.#look("more options", quickInput.widget);
    await quickInput.pick(option);
    await list.waitFor({ state: "detached" });
    await quickInput.fill(value);
    await quickInput.accept();
    await list.waitFor();
    await quickInput.back();
    await this.confirmStep();
  }

  /** Chooses a value of an option behind “More Options…” and comes back to the step that sends. */
  async moreChoice(option: string, value: string): Promise<void> {
    const { quickInput, words } = this.workbench;
    const list = quickInput.asking(words.mark("Options of {0}"));
    await quickInput.pick(words.of("More Options…"));
    await list.waitFor();
    await this.#look("more options", quickInput.widget);
    await quickInput.pick(option);
    await list.waitFor({ state: "detached" });
    await quickInput.pick(value);
    await list.waitFor();
    await quickInput.back();
    await this.confirmStep();
  }

  /** Sends from the step that shows what will be sent. */
  async send(): Promise<void> {
    const { quickInput } = this.workbench;
    await quickInput.fill("");
    await this.confirmStep();
    await quickInput.accept();
  }

  /** The review sheet, once it shows a result. */
  async review(): Promise<Review> {
    return new Review(this.workbench, await this.workbench.webview(".options .option, .stage"));
  }

  /** Billable calls so far. */
  charges(): Promise<Charge[]> {
    return this.#control("charges");
  }

  requests(): Promise<SeenRequest[]> {
    return this.#control("requests");
  }

  async resetSimulator(): Promise<void> {
    await this.#post("reset", {});
  }

  async fault(fault: object): Promise<void> {
    await this.#post("faults", fault);
  }

  /** From now on no fault strikes any more. */
  async mend(): Promise<void> {
    await fetch(`${this.workbench.session.simulator.ready.control.baseUrl}/faults`, { method: "DELETE" });
  }

  /** Moves the vendors' clock on. */
  async advanceClock(ms: number): Promise<void> {
    await this.#post("clock", { advanceMs: ms });
  }

  async #control<T>(path: string): Promise<T> {
    const response = await fetch(`${this.workbench.session.simulator.ready.control.baseUrl}/${path}`);
    return (await response.json()) as T;
  }

  async #post(path: string, body: object): Promise<void> {
    await fetch(`${this.workbench.session.simulator.ready.control.baseUrl}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }
}

/** The review sheet as a person sees it. */
export class Review {
  readonly #workbench: Workbench;
  readonly frame: Frame;

  constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
  }

  /** The results to choose from, when there are several. */
  get options(): Locator {
    return this.frame.locator(".option");
  }

  /** Waits until a line is shown that Insert would insert; resolves with it. */
  async line(): Promise<string> {
    const code = this.frame.locator(".preview code");
    await code.waitFor();
    return (await code.textContent()) ?? "";
  }

  /** Waits until the sheet has the focus and could be seen, so that keys reach it and it heeds them. */
  async focused(): Promise<void> {
    const heeds = "document.hasFocus() && !document.querySelector('easel-review:not([data-seen])')";
    await this.#workbench.until("the sheet has the focus", async () =>
      (await this.frame.evaluate(heeds)) ? true : undefined,
    );
  }

  async press(key: string): Promise<void> {
    await this.#workbench.page.keyboard.press(key);
  }

  /** How many results are in a state. */
  countOf(state: "waiting" | "placed" | "saved" | "discarded"): Promise<number> {
    return this.frame.locator(`.option.state-${state}`).count();
  }

  async closed(): Promise<void> {
    await this.#workbench.until("the sheet is closed", async () =>
      this.frame.isDetached() ? true : undefined,
    );
  }
}
