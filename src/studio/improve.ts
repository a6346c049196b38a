import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { operations } from "../model/operations.ts";
import type { Keyring } from "../secrets/keyring.ts";
import { failureSentences } from "../text/errors.ts";
import { answerOf, type Talented, whoCan } from "../ui/assistant.ts";
import { instructionsFor, oneLine } from "../ui/improvePrompt.ts";
import { VendorError } from "../vendors/errors.ts";
import type { Compose } from "./compose.ts";
import { difference } from "./difference.ts";
import type { ComposeView, ImproveView } from "./studioViews.ts";

export interface ImproveOptions extends Pick<Services, "aside"> {
  compose: Compose;
  keyring: Keyring;
}

const off: ImproveView = { state: "off", text: "" };

/** Improve Prompt in Compose: streams the better prompt beside the user's, which stays until the user takes the other. */
export class Improve implements vscode.Disposable {
  readonly #options: ImproveOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  #view = off;
  #stop: AbortController | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(options: ImproveOptions) {
    this.#options = options;
  }

  get view(): ImproveView {
    return this.#view;
  }

  /** Whether it can be used now, and what there is to know before. */
  async offer(): Promise<ComposeView["improve"]> {
    const entry = whoCan("chat");
    if (entry && (await this.#options.keyring.has(entry))) {
      return {
        enabled: true,
        why: l10n.t("Improve Prompt (sends it to {0}, which may bill it)", entry.name),
      };
    }
    return {
      enabled: false,
      why: entry
        ? l10n.t("Improve Prompt needs a key of {0}.", entry.name)
        : l10n.t("No vendor that Easel knows can do this now."),
    };
  }

  /** Asks for a better prompt, on the user's act. */
  async start(): Promise<void> {
    const { compose, aside } = this.#options;
    const entry = whoCan("chat");
    const { prompt, operation } = compose.draft;
    if (!entry || prompt.trim() === "" || !(await this.offer()).enabled) return;
    this.drop();
    const stop = new AbortController();
    this.#stop = stop;
    this.#show({ state: "running", text: "" });
    const ask = { instructions: instructionsFor(operations[operation].output), text: prompt };
    const tell = (soFar: string) => {
      if (!stop.signal.aborted) this.#show({ state: "running", text: oneLine(soFar) });
    };
    try {
      const answer = await aside(entry, stop.signal, (vendor, context) =>
        answerOf(vendor as Talented<"chat">, context, ask, tell),
      );
      if (stop.signal.aborted) return;
      const text = oneLine(answer ?? "");
      this.#show(text === "" ? off : { state: "done", text, parts: difference(prompt, text) });
    } catch (error) {
      if (stop.signal.aborted) return;
      if (!(error instanceof VendorError)) {
        this.#show(off);
        throw error;
      }
      this.#show({ state: "failed", text: "", message: failureSentences(error.facts, entry.name) });
    }
  }

  /** Takes the improved prompt; the user's own goes to the history. */
  use(text: string): void {
    const { compose } = this.#options;
    compose.replace({ ...compose.draft, prompt: text });
    this.drop();
  }

  /** Stops, and forgets what came. */
  drop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    if (this.#view !== off) this.#show(off);
  }

  dispose(): void {
    this.#stop?.abort();
    this.#changed.dispose();
  }

  #show(view: ImproveView): void {
    this.#view = view;
    this.#changed.fire();
  }
}
