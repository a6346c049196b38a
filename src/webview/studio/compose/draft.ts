import type { ComposeView } from "../../../studio/studioViews.ts";
import type { StudioStore } from "../store.ts";

/** Typing rests this long before the host is told (ms). */
const typingPauseMs = 150;
/** A second press so soon after an answer is meant for the first one: it must not pay again (ms). */
const doublePressMs = 700;

/**
 * What the user is writing. The text field is newer than what the host knows, so the host's text is taken only where somebody
 * else wrote it. It is kept by the host, never here.
 */
export class Draft {
  prompt = "";
  /** Generate is under way: nothing is sent twice. */
  sending = false;
  readonly #store: StudioStore;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** So often the host was told and has not answered. */
  #telling = 0;
  #known = false;
  #answered = Number.NEGATIVE_INFINITY;
  /** What was sent last: something else so soon is no double press. */
  #sent = "";

  constructor(store: StudioStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
  }

  /** Takes the host's text, unless what is written here is newer. */
  take(view: ComposeView): void {
    const isNewer = this.#timer !== undefined || this.#telling > 0;
    const own = this.#known && (view.prompt.own || isNewer);
    this.#known = true;
    if (!own) this.prompt = view.prompt.text;
  }

  write(text: string): void {
    this.prompt = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), typingPauseMs);
  }

  /** Tells the host what has been written by now. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#telling++;
    const told = this.#store.attempt(this.#store.wire.request("setPrompt", { text: this.prompt }));
    void told.then(() => this.#telling--);
  }

  /** Sends the draft to every chosen model, once. */
  async generate(): Promise<void> {
    const { compose } = this.#store;
    if (this.sending || !compose) return;
    const asked = askedFor(this.prompt, compose);
    if (performance.now() - this.#answered < doublePressMs && asked === this.#sent) return;
    this.flush();
    this.sending = true;
    this.#sent = asked;
    this.#store.say(undefined);
    const request = this.#store.wire.request("generate", { actionId: crypto.randomUUID() });
    const result = await this.#store.attempt(request);
    this.sending = false;
    this.#answered = performance.now();
    this.#changed();
    if (result?.outcome === "done" && result.message)
      this.#store.say({ severity: "info", text: result.message });
    if (result?.outcome === "failed") this.#store.say({ severity: "error", text: result.message });
  }
}

/** All that a press of Generate would send, so that two can be compared. */
function askedFor(prompt: string, { operation, chosen, slots, forms }: ComposeView): string {
  const inputs = slots.map(({ role, inputs }) => [role, inputs.map(({ id }) => id)]);
  const options = forms.map((form) => form.options.map(({ key, value }) => [key, value]));
  return JSON.stringify([prompt, operation, chosen, inputs, options]);
}
