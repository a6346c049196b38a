import type { Protocol } from "../../studio/protocol.ts";
import { WebviewIpc } from "./ipc.ts";
import { type Spot, spotAt } from "./marks.ts";
import { PageElement } from "./view.ts";

/** What is shown on a board at least: a picture's address and its size in pixels. */
interface Picture {
  src: string;
  width: number;
  height: number;
}

/** Messages of a webview that works on one picture. */
export interface BoardProtocol extends Protocol {
  commands: { ready: Record<string, never>; cancel: Record<string, never> };
  notifications: { show: Picture };
}

/** Keys that move something on a picture. */
export const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The place one step on: `step` pixels in the arrow's direction, inside the picture. */
export function moved(
  { x, y }: Spot,
  [right, down]: readonly [number, number],
  step: number,
  { width, height }: Pick<Picture, "width" | "height">,
): Spot {
  return {
    x: Math.min(width - 1, Math.max(0, x + right * step)),
    y: Math.min(height - 1, Math.max(0, y + down * step)),
  };
}

/** A page on which something is done to one picture, by mouse or keyboard, and sent once. */
export abstract class Board<P extends BoardProtocol> extends PageElement {
  protected readonly ipc = new WebviewIpc<P>();
  protected shown: P["notifications"]["show"] | undefined;
  protected sent = false;
  readonly #onKey = (event: KeyboardEvent) => this.onKey(event);

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#onKey);
    this.ipc.on("show", (shown) => {
      this.shown = shown;
      this.requestUpdate();
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(".board")?.focus());
    });
    this.ipc.command("ready", {});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#onKey);
  }

  protected abstract onKey(event: KeyboardEvent): void;

  protected cancel(): void {
    if (this.sent) return;
    this.sent = true;
    this.ipc.command("cancel", {});
  }

  /** The picture's pixel under the pointer. */
  protected spot(event: PointerEvent): Spot | undefined {
    const image = this.querySelector("img");
    return image && this.shown ? spotAt(image.getBoundingClientRect(), event, this.shown) : undefined;
  }
}
