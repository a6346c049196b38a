import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Frame, Locator, Page } from "playwright-core";
import { type Settings, writeSettings } from "../../scripts/host/settings.ts";
import { out } from "../../scripts/lib/paths.ts";
import { QuickInput } from "./quickInput.ts";
import { openSession, readWorkspaceFile, type Session, type SessionOptions } from "./session.ts";
import { Words } from "./words.ts";

const themes = {
  dark: { name: "Dark Modern", mark: "vs-dark" },
  light: { name: "Light Modern", mark: "vs" },
  "hc-dark": { name: "Default High Contrast", mark: "hc-black" },
  "hc-light": { name: "Default High Contrast Light", mark: "hc-light" },
} as const;

export type Theme = keyof typeof themes;

/** What a person does in a workbench window. Everything waits for its effect. */
export class Workbench {
  readonly session: Session;
  /** What the session says, in its language. */
  readonly words: Words;

  constructor(session: Session, words = new Words()) {
    this.session = session;
    this.words = words;
  }

  get page(): Page {
    return this.session.page;
  }

  get quickInput(): QuickInput {
    return new QuickInput(this.page);
  }

  /** Opens the palette, narrowed to the commands that match a title and have come into view. */
  async palette(title: string): Promise<QuickInput> {
    const palette = this.quickInput;
    // A window that has just opened may not know every extension's commands yet: ask the palette anew.
    for (let attempt = 1; ; attempt++) {
      await this.#openByKey("F1");
      try {
        // A page that has just been loaded takes the focus, and with it the palette away.
        await palette.input.fill(`>${title}`, { timeout: 3000 });
        await palette.focusedRow(title).waitFor({ timeout: 3000 });
        return palette;
      } catch (error) {
        await palette.cancel();
        await palette.closed();
        if (attempt === 5) throw error;
      }
    }
  }

  /** Runs a command by its title in the palette, such as `Easel: Generate Image…`, by keyboard alone. */
  async runCommand(title: string): Promise<void> {
    await (await this.palette(title)).accept();
  }

  /** Opens a file of the workspace by its name; waits for its editor. */
  async openFile(path: string): Promise<void> {
    const name = path.split("/").at(-1) ?? path;
    // A view that has just been asked for may take the focus, and with it the list: a person opens it again.
    await this.until(`${name} is opened`, async () => {
      await this.#openByKey("ControlOrMeta+P");
      const opened = async () => {
        await this.quickInput.input.fill(path, { timeout: 5000 });
        await this.quickInput.focusedRow(name).waitFor({ timeout: 5000 });
        await this.quickInput.accept();
        await this.tab(name).waitFor({ timeout: 5000 });
        return true;
      };
      return opened().catch(() => undefined);
    });
    await this.editor.waitFor();
  }

  /** Opens a quick input by its key. A webview that closes at that moment takes a key with it: a person presses again. */
  async #openByKey(key: string): Promise<void> {
    // One that is still closing must not be taken for the one that opens.
    const gone = this.quickInput.widget.waitFor({ state: "hidden", timeout: 5000 });
    await gone.catch(() => this.page.keyboard.press("Escape"));
    await this.until(`${key} opens a quick input`, async () => {
      await this.page.keyboard.press(key);
      const opened = this.quickInput.widget.waitFor({ timeout: 3000 });
      return opened.then(
        () => true,
        () => undefined,
      );
    });
  }

  tab(name: string): Locator {
    return this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`);
  }

  /** The active text editor. */
  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first();
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#openByKey("Control+G");
    await this.quickInput.fill(`:${line}:${column}`);
    await this.quickInput.accept();
    await this.quickInput.closed();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+Z");
  }

  /** Saves every document that has changes; waits until none has. */
  async saveAll(): Promise<void> {
    await this.runCommand("File: Save All");
    await this.until("everything is saved", async () =>
      (await this.page.locator(".tab.dirty").count()) === 0 ? true : undefined,
    );
  }

  async save(): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+S");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }

  /** The lines in view in the active editor, from top to bottom. */
  async editorText(): Promise<string> {
    const lines = await this.editor
      .locator(".view-line")
      .evaluateAll((elements: { offsetTop: number; textContent: string }[]) =>
        elements.sort((a, b) => a.offsetTop - b.offsetTop).map(({ textContent }) => textContent),
      );
    // The editor draws spaces that do not collapse.
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** Waits until the editor's text satisfies a test; resolves with it. */
  async editorTextWith(wanted: string | RegExp): Promise<string> {
    return this.until(`the editor's text has ${wanted}`, async () => {
      const text = await this.editorText();
      return (typeof wanted === "string" ? text.includes(wanted) : wanted.test(text)) ? text : undefined;
    });
  }

  /** Asks again and again until there is an answer; the last resort where nothing can be awaited. */
  async until<T>(what: string, ask: () => Promise<T | undefined>, timeout = 45_000): Promise<T> {
    for (const end = Date.now() + timeout; Date.now() < end; await delay(50)) {
      const answer = await ask();
      if (answer !== undefined) return answer;
    }
    throw new Error(`Waited ${timeout / 1000} s in vain until ${what}.`);
  }

  /** The document of the webview that has an element matching a selector. */
  async webview(selector: string, timeout?: number): Promise<Frame> {
    const find = async () => {
      for (const frame of this.page.frames()) {
        if (!frame.url().includes("fake.html")) continue;
        // A frame may be navigated away while it is asked.
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return undefined;
    };
    return this.until(`a webview has ${selector}`, find, timeout);
  }

  /**
   * A notification that holds a text; its buttons are roles inside it. Toasts hide by themselves and are held back when many come at
   * once: one that does not show is looked for in the list that the bell opens.
   */
  async notification(text: string | RegExp, timeout = 60_000): Promise<Locator> {
    const found = this.page
      .locator(".notifications-toasts .notification-list-item, .notifications-center .notification-list-item")
      .filter({ hasText: text })
      .first();
    const shown = found.waitFor({ timeout: Math.min(8000, timeout / 2) });
    await shown.catch(() => this.page.locator("#status\\.notifications").click());
    await found.waitFor({ timeout });
    return found;
  }

  /** A status bar item that holds a text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".part.statusbar .statusbar-item").filter({ hasText: text });
  }

  /** A file or folder in the Explorer by its name. */
  explorerItem(name: string): Locator {
    return this.page.locator(".explorer-folders-view .monaco-list-row").filter({
      has: this.page.locator(".label-name", {
        hasText: new RegExp(`^${name.replaceAll(/[^\p{L}\p{N}]/gu, "\\$&")}$`),
      }),
    });
  }

  /** Selects files in the Explorer, in this order. The first opens as a preview, which selects it again when it has come. */
  async select(first: string, ...others: string[]): Promise<void> {
    await this.explorerItem(first).click();
    await this.tab(first).waitFor();
    for (const name of others) await this.explorerItem(name).click({ modifiers: ["ControlOrMeta"] });
    await this.until("all are selected", async () => {
      for (const name of [first, ...others]) {
        const marks = (await this.explorerItem(name).getAttribute("class"))?.split(" ") ?? [];
        if (marks.includes("selected")) continue;
        await this.explorerItem(name).click({ modifiers: ["ControlOrMeta"] });
        return undefined;
      }
      return true;
    });
  }

  /** Opens the context menu of an element. A window that is still opening may close it at once: a person clicks again. */
  async openMenu(target: Locator): Promise<Locator> {
    const menu = this.page.locator(".monaco-menu");
    await this.until("the menu stays open", async () => {
      await target.click({ button: "right" });
      const opened = menu.getByRole("menuitem").first().waitFor({ timeout: 5000 });
      const stays = opened.then(async () => {
        await delay(300);
        return (await menu.isVisible()) || undefined;
      });
      return stays.catch(() => undefined);
    });
    return menu;
  }

  /** Opens the context menu of an element and takes an entry. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    const menu = await this.openMenu(target);
    const item = menu.getByRole("menuitem", { name: entry });
    // A menu that has just opened takes no click for a moment, so that the one that opened it chooses nothing.
    await this.until(`the menu's ${entry} is taken`, async () => {
      await item.click();
      const closed = menu.waitFor({ state: "hidden", timeout: 1000 });
      return closed.then(
        () => true,
        () => undefined,
      );
    });
  }

  /** Changes user settings under the running workbench. */
  async settings(user: Settings, machine: Settings = {}): Promise<void> {
    await writeSettings(this.session.userDataDir, user, machine);
  }

  /** Changes the colour theme and waits until the workbench wears it. */
  async theme(theme: Theme): Promise<void> {
    const { name, mark } = themes[theme];
    // Two writes in quick succession can reach the workbench as one, read between them: write until it is seen.
    await this.until(`the theme is ${theme}`, async () => {
      await this.settings({ "workbench.colorTheme": name });
      const worn = this.page.locator(`.monaco-workbench.${mark}`).waitFor({ timeout: 2000 });
      return worn.then(
        () => true,
        () => undefined,
      );
    });
  }

  readFile(path: string): Promise<string> {
    return readWorkspaceFile(this.session, path);
  }

  /** Reloads the window; its extension host starts anew. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor();
  }

  /** A picture of the window in `out/e2e`. */
  async screenshot(name: string): Promise<string> {
    const path = join(out, "e2e", `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.png`);
    await mkdir(join(out, "e2e"), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }
}

/**
 * Gives the enclosing `describe` a workbench of its own, opened before its first test and closed after its last; a
 * failed test leaves a picture in `out/e2e`, and a page that tries what its security policy forbids fails the test.
 */
export function useWorkbench(options: SessionOptions = {}): () => Workbench {
  let workbench: Workbench | undefined;
  before(async () => {
    workbench = new Workbench(await openSession(options), new Words(options.locale));
  });
  afterEach(async function () {
    const test = this.currentTest;
    // A test that failed half way may have left no window to take a picture of.
    if (test?.state === "failed") await workbench?.screenshot(test.fullTitle()).catch(() => undefined);
    workbench?.session.checkPolicy();
  });
  after(() => workbench?.session.close());
  return () => {
    if (!workbench) throw new Error("The workbench is there inside tests only.");
    return workbench;
  };
}
