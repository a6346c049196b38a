import type { MediaKind } from "../../../model/operations.ts";
import type { PictureQueue } from "./pictureQueue.ts";

/** What a tile of the grid shows. All texts are words for people. */
export interface TileItem {
  id: string;
  name: string;
  /** Read out: name, kind and state in one. */
  label: string;
  kind: MediaKind;
  /** Codicon and style of the state. */
  state: string;
  stateIcon: string;
  /** Address of a small picture, once there is one. */
  thumb?: string;
  /** Seconds of a video or sound, in words. */
  length?: string;
}

export const kindIcons: Record<MediaKind, string> = {
  image: "file-media",
  video: "device-camera-video",
  audio: "unmute",
  text: "output",
};

/**
 * One tile, made once and filled again and again: creating and removing nodes while scrolling is what makes frames late. Its
 * picture node exists only where there is a picture.
 */
export class Tile {
  readonly node = document.createElement("div");
  readonly #picture = part("tile-picture");
  readonly #icon = document.createElement("span");
  readonly #state = document.createElement("span");
  readonly #name = document.createElement("span");
  readonly #pictures: PictureQueue;
  #image: HTMLImageElement | undefined;
  #shown: TileItem | undefined;
  #thumb: string | undefined;
  index = -1;

  constructor(pictures: PictureQueue) {
    this.#pictures = pictures;
    this.node.className = "tile";
    this.node.setAttribute("role", "option");
    this.node.draggable = true;
    const caption = part("tile-caption");
    this.#name.className = "tile-name";
    this.#name.dir = "auto";
    caption.append(this.#state, this.#name);
    this.#picture.append(this.#icon);
    this.node.append(this.#picture, caption);
  }

  /** Shows an item at its place; without one, an empty place. `still`: pictures are left out while scrolling fast. */
  fill(index: number, count: number, item: TileItem | undefined, still: boolean): void {
    if (index !== this.index) {
      this.index = index;
      this.node.id = `tile-${index}`;
      this.node.setAttribute("aria-posinset", String(index + 1));
    }
    this.node.setAttribute("aria-setsize", String(count));
    if (item !== this.#shown) this.#words(item);
    this.#show(still ? item?.thumb : undefined);
  }

  choose(selected: boolean, active: boolean): void {
    const chosen = String(selected);
    if (this.node.getAttribute("aria-selected") !== chosen) this.node.setAttribute("aria-selected", chosen);
    const place = active ? 0 : -1;
    if (this.node.tabIndex !== place || !this.node.hasAttribute("tabindex")) this.node.tabIndex = place;
  }

  #words(item: TileItem | undefined): void {
    this.#shown = item;
    this.node.classList.toggle("blank", item === undefined);
    this.node.dataset.id = item?.id ?? "";
    this.node.dataset.state = item?.state ?? "";
    this.node.setAttribute("aria-label", item?.label ?? "…");
    this.node.title = item?.name ?? "";
    this.#name.textContent = item?.name ?? "";
    // Drawn by the style sheet: it is not a part of the name.
    this.#picture.dataset.length = item?.length ?? "";
    this.#state.className = item ? `tile-state codicon codicon-${item.stateIcon}` : "tile-state";
    this.#icon.className = item ? `tile-icon codicon codicon-${kindIcons[item.kind]}` : "tile-icon";
  }

  #show(thumb: string | undefined): void {
    if (thumb === this.#thumb) return;
    this.#thumb = thumb;
    // A node of its own for every picture: a reused one would show the last picture until the next is decoded.
    if (this.#image) {
      this.#pictures.drop(this.#image);
      this.#image.remove();
      this.#image = undefined;
    }
    if (thumb === undefined) return;
    const image = document.createElement("img");
    image.alt = "";
    image.decoding = "async";
    image.draggable = false;
    image.addEventListener("load", () => image.classList.add("there"), { once: true });
    this.#pictures.load(image, thumb);
    this.#image = image;
    this.#picture.prepend(image);
  }
}

function part(name: string): HTMLElement {
  const node = document.createElement("div");
  node.className = name;
  return node;
}
