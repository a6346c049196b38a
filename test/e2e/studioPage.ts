import type { Frame, Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** A file as the clipboard has it. */
export interface PastedFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** The Studio as a person sees it. Finds its document anew each time: a page that was hidden or reloaded is another one. */
export class StudioPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Opens the panel by the palette and waits until it shows something. */
  async open(title = this.#workbench.words.title("openStudio")): Promise<Frame> {
    await this.#workbench.runCommand(title);
    return this.frame();
  }

  /** The Studio's document, once its words are there. */
  frame(): Promise<Frame> {
    return this.#workbench.webview("easel-studio .studio");
  }

  async find(selector: string): Promise<Locator> {
    return (await this.frame()).locator(selector);
  }

  /** Goes to a part of the Studio, where its parts are not all in sight. */
  async goTo(section: "compose" | "gallery" | "setup"): Promise<void> {
    const tab = await this.find(`#tab-${section}`);
    if ((await tab.count()) === 0) return;
    await tab.click();
    await (await this.find(`#tab-${section}[aria-selected=true]`)).waitFor();
  }

  /** Writes the prompt; the field and the host agree when Generate may be pressed. */
  async prompt(text: string): Promise<void> {
    await this.goTo("compose");
    // What is typed goes where the focus is, which a palette that has just closed may still be moving.
    await this.#workbench.until("the prompt is written", async () => {
      const field = await this.find("#prompt");
      await field.fill(text);
      return (await field.inputValue()) === text || undefined;
    });
    await (await this.find(".generate[aria-disabled=false]")).waitFor();
  }

  /** Begins a draft anew. */
  async fresh(): Promise<void> {
    await this.goTo("compose");
    // A page that has just been brought to the front may be replaced once more: then it is another one's button.
    await this.#workbench.until("the draft is begun anew", async () => {
      const clear = await this.find(".prompt-tools .codicon-clear-all");
      return clear.click({ timeout: 5000 }).then(
        () => true,
        () => undefined,
      );
    });
    await this.#workbench.until("the draft is empty", async () => {
      const inputs = await (await this.find(".slot .input")).count();
      return inputs === 0 && (await (await this.find("#prompt")).inputValue()) === "" ? true : undefined;
    });
  }

  /** Chooses what is to come of it. */
  async operation(id: string): Promise<void> {
    await this.goTo("compose");
    await (await this.find("#operation")).selectOption(id);
    // The form is that of the new operation once the host has said so.
    await (await this.find(`#operation option[value="${id}"][selected]`)).waitFor({ state: "attached" });
  }

  /** Chooses models, the first that each of these vendors has. */
  async vendors(first: string, ...others: readonly string[]): Promise<void> {
    const chooser = await this.find("details.chooser");
    if ((await chooser.getAttribute("open")) === null) await chooser.locator("summary").click();
    // A model that is called like its vendor stands there without it.
    const row = (vendor: string) =>
      chooser
        .locator(`.offer:has(.offer-name .quiet:text-is("${vendor}"), .offer-name bdi:text-is("${vendor}"))`)
        .first();
    await row(first).locator(".offer-only").click();
    await chooser.locator(".offer.on").nth(1).waitFor({ state: "detached" });
    await chooser.locator(".chosen").filter({ hasText: first }).waitFor();
    for (const vendor of others) {
      if ((await chooser.getAttribute("open")) === null) await chooser.locator("summary").click();
      await row(vendor).locator("input").click();
      await chooser.locator(".chosen").filter({ hasText: vendor }).waitFor();
    }
    if ((await chooser.getAttribute("open")) !== null) await chooser.locator("summary").click();
  }

  /** Gives files to the draft as by pasting them; waits until they are in it. */
  async paste(...files: readonly PastedFile[]): Promise<void> {
    const given = await this.find(".slot .input");
    const before = await given.count();
    const script = `(files => {
      const data = new DataTransfer();
      for (const { name, type, bytes } of files)
        data.items.add(new File([Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0))], name, { type }));
      document.querySelector(".compose").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    })(${JSON.stringify(files.map(({ bytes, ...file }) => ({ ...file, bytes: bytes.toString("base64") })))})`;
    await (await this.frame()).evaluate(script);
    await given.nth(before + files.length - 1).waitFor();
  }

  /** Gives a link to a slot of the draft, through the list that asks where an input comes from. */
  async link(role: string, address: string): Promise<void> {
    const { quickInput, words } = this.#workbench;
    const given = await this.find(`.slot[data-role="${role}"] .input`);
    const before = await given.count();
    await (await this.find(`.slot[data-role="${role}"] .add-input`)).click();
    await quickInput.opened(words.of("Easel Studio"));
    await quickInput.pick(words.mark("Paste a Link…").replace("…", ""));
    await quickInput.saying(words.of("public, https"));
    await quickInput.fill(address);
    await quickInput.accept();
    await given.nth(before).waitFor();
  }

  /** Chooses the models that make it, by their names, and no others. */
  async models(...names: readonly string[]): Promise<void> {
    await this.goTo("compose");
    await (await this.find(".chooser > summary")).click();
    const offers = (await this.find(".offers")).getByRole("checkbox");
    await offers.first().waitFor();
    const labels = await offers.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel ?? ""));
    const isWanted = (label: string) => names.some((name) => label.split(", ")[0] === name);
    // The wanted ones first: the last one that is chosen stays chosen.
    for (const label of labels.filter(isWanted)) await this.#check(label, true);
    for (const label of labels.filter((each) => !isWanted(each))) await this.#check(label, false);
    await this.#workbench.page.keyboard.press("Escape");
    await (await this.find(".chooser:not([open])")).waitFor();
  }

  /** The host has the last word on what is chosen. */
  async #check(label: string, on: boolean): Promise<void> {
    const frame = await this.frame();
    const box = frame.getByRole("checkbox", { name: label, exact: true });
    if ((await box.isChecked()) === on) return;
    await box.click();
    await frame
      .locator(on ? ".offer.on" : ".offer:not(.on)")
      .filter({ has: box })
      .waitFor();
  }

  /** Gives the result of an earlier request to a slot that takes it in place of a link. */
  async earlier(role: string, prompt: string): Promise<void> {
    const { quickInput, words } = this.#workbench;
    await (await this.find(`.slot[data-role="${role}"] .add-input`)).click();
    await quickInput.opened(words.of("Easel Studio"));
    await quickInput.pick(prompt);
    await (await this.find(`.slot[data-role="${role}"] .input`)).waitFor();
  }

  /** Presses Generate and waits until the draft has been sent. */
  async send(): Promise<void> {
    await (await this.find(".generate[aria-disabled=false]")).click();
    await (await this.find(".generate[aria-disabled=false]")).waitFor();
  }

  /** Presses Generate and waits for so many waiting results in the gallery. */
  async generate(waiting: number): Promise<void> {
    await (await this.find(".generate[aria-disabled=false]")).click();
    await this.waiting(waiting);
  }

  /** Waits until the gallery shows so many results that wait for a decision. */
  async waiting(count: number): Promise<void> {
    await this.goTo("gallery");
    await this.#workbench.until(`${count} results wait`, async () => {
      const tiles = await this.find('.tile[data-state="waiting"]:not([hidden])');
      return (await tiles.count()) === count ? true : undefined;
    });
  }

  tiles(state?: string): Promise<Locator> {
    return this.find(`.tile${state ? `[data-state="${state}"]` : ":not(.blank)"}:not([hidden])`);
  }

  /** Shows a tile large. */
  async look(index = 0): Promise<void> {
    await (await this.find(`#tile-${index}`)).dblclick();
    await (await this.find(".detail-body")).waitFor();
  }

  /** Back from the large view to the gallery, if one is open. */
  async back(): Promise<void> {
    const back = await this.find(".detail .back");
    if ((await back.count()) > 0) await back.click();
    await (await this.find(".detail")).waitFor({ state: "detached" });
  }

  /** The line that Insert would insert, once it is there. */
  async line(): Promise<string> {
    const code = await this.find(".detail .preview code");
    await code.waitFor();
    return (await code.textContent()) ?? "";
  }

  /** Presses Insert in the large view, and waits until the document is shown with the focus in it, as Insert leaves it. */
  async insert(line: string): Promise<void> {
    await (await this.find(".detail .button.insert")).click();
    await this.#workbench.page
      .locator(".editor-group-container.active .editor-instance .monaco-editor.focused")
      .waitFor();
    await this.#workbench.editorTextWith(line);
  }

  /** Takes an action of the large view. */
  async act(id: string): Promise<void> {
    await (await this.find(`.detail-actions [data-action="${id}"]`)).click();
  }

  /** What the Studio said last. */
  async said(text: string | RegExp): Promise<void> {
    await (await this.find(".said")).filter({ hasText: text }).waitFor();
  }
}
