import type { Locator, Page } from "playwright-core";

/** The quick input of a window: the palette, pick lists and input boxes, as a person sees them. */
export class QuickInput {
  readonly #page: Page;
  readonly widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator(".quick-input-widget:visible");
  }

  /** Waits until a quick input is open and, where given, its title or prompt holds a text. */
  async opened(text?: string): Promise<this> {
    const wanted = text ? this.widget.filter({ hasText: text }) : this.widget;
    await wanted.waitFor();
    return this;
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: "hidden" });
  }

  get input(): Locator {
    return this.widget.locator(".quick-input-box input").first();
  }

  /** The input while its placeholder holds a text: tells one step from the next. */
  asking(placeholder: string): Locator {
    return this.widget.locator(`.quick-input-box input[placeholder*="${placeholder}"]`);
  }

  get title(): Locator {
    return this.widget.locator(".quick-input-title");
  }

  /** The line under the input: the prompt, or what is wrong with the value. */
  get message(): Locator {
    return this.widget.locator(".quick-input-message");
  }

  /** Waits until the line under the input holds a text: the step that asks, not the list that led to it. */
  async saying(text: string): Promise<void> {
    await this.message.filter({ hasText: text }).waitFor();
  }

  row(text: string | RegExp): Locator {
    return this.widget.locator(".quick-input-list .monaco-list-row").filter({ hasText: text });
  }

  /** The labels of the rows in view, from top to bottom. */
  async rows(): Promise<string[]> {
    await this.widget.locator(".quick-input-list .monaco-list-row").first().waitFor();
    return this.widget.locator(".quick-input-list .monaco-list-row .label-name").allInnerTexts();
  }

  /** Replaces the value. */
  async fill(text: string): Promise<void> {
    await this.input.fill(text);
  }

  async accept(): Promise<void> {
    await this.#page.keyboard.press("Enter");
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press("Escape");
  }

  async back(): Promise<void> {
    await this.widget.locator(".quick-input-titlebar .codicon-quick-input-back").click();
  }

  /** Answers the input box whose title or prompt holds a text. */
  async answer(title: string, text: string): Promise<void> {
    await this.opened(title);
    await this.fill(text);
    await this.accept();
  }

  /** Saves as a path in the editor's own file dialog, which is open, once it has set the name that it proposes. */
  async saveAs(proposed: string, path: string): Promise<void> {
    await this.widget.filter({ hasText: "Save " }).waitFor();
    while (!(await this.input.inputValue()).endsWith(proposed)) await this.#page.waitForTimeout(20);
    await this.fill(path);
    // While the dialog reads the folder of the new path, it lets Enter go by: a person presses again.
    for (let attempt = 1; ; attempt++) {
      await this.accept();
      try {
        await this.widget.waitFor({ state: "hidden", timeout: 2000 });
        return;
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
  }

  /** The row that Enter takes. */
  focusedRow(text: string | RegExp): Locator {
    return this.widget.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: text });
  }

  /** Narrows the list until Enter takes the row wanted, and takes it, as by keyboard alone. */
  async pick(text: string, typed = text): Promise<void> {
    await this.fill(typed);
    await this.focusedRow(text).waitFor();
    await this.accept();
  }
}
