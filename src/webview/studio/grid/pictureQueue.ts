/** So many pictures are on their way at once. */
const atOnce = 8;

/**
 * Loads pictures a few at a time, in the order in which they were wanted: of many asked for at once none is there before nearly all
 * are, because they share one way through the editor. What is no longer wanted makes room.
 */
export class PictureQueue {
  readonly #waiting = new Map<HTMLImageElement, string>();
  readonly #loading = new Set<HTMLImageElement>();

  /** Loads a picture when its turn comes. */
  load(image: HTMLImageElement, src: string): void {
    const done = () => {
      if (this.#loading.delete(image)) this.#next();
    };
    image.addEventListener("load", done, { once: true });
    image.addEventListener("error", done, { once: true });
    this.#waiting.set(image, src);
    this.#next();
  }

  /** The picture is no longer wanted. */
  drop(image: HTMLImageElement): void {
    this.#waiting.delete(image);
    if (!this.#loading.delete(image)) return;
    image.removeAttribute("src");
    this.#next();
  }

  #next(): void {
    while (this.#loading.size < atOnce) {
      // A row that has left the page may come back with its pictures: they load when nothing else does.
      const waiting = [...this.#waiting];
      const [image, src] = waiting.find(([each]) => each.isConnected) ?? waiting[0] ?? [];
      if (!image || src === undefined) return;
      this.#waiting.delete(image);
      this.#loading.add(image);
      image.src = src;
    }
  }
}
