const opening = "<think>";
const closing = "</think>";

type State = "start" | "thinking" | "after" | "text";

/**
 * Takes the thoughts out of an answer that comes in pieces: a gateway may put them in front of it, as `<think>…</think>`, where they are not
 * told apart (contract §3.2).
 */
export class ThoughtFilter {
  #state: State = "start";
  #held = "";

  /** What of this piece, with what was held back, is answer. */
  push(piece: string): string {
    this.#held += piece;
    this.#state = this.#next(this.#state);
    return this.#state === "text" ? this.#release() : "";
  }

  /** What is left at the end: a start that became nothing else. */
  end(): string {
    return this.#state === "start" ? this.#release() : "";
  }

  #next(state: State): State {
    switch (state) {
      case "start": {
        const text = this.#held.trimStart();
        if (text.startsWith(opening)) return this.#next("thinking");
        return opening.startsWith(text) ? "start" : "text";
      }
      case "thinking": {
        const at = this.#held.indexOf(closing);
        if (at < 0) return "thinking";
        this.#held = this.#held.slice(at + closing.length);
        return this.#next("after");
      }
      case "after":
        this.#held = this.#held.trimStart();
        return this.#held === "" ? "after" : "text";
      case "text":
        return "text";
    }
  }

  #release(): string {
    const text = this.#held;
    this.#held = "";
    return text;
  }
}
