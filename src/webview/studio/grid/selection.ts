/** Which tiles are chosen, by id; one of them is where a range began. Numbers are places in the grid as it stands. */
export class Selection {
  #ids = new Set<string>();
  #anchor = 0;

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** This one alone. */
  only(id: string, index: number): void {
    this.#ids = new Set([id]);
    this.#anchor = index;
  }

  toggle(id: string, index: number): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#anchor = index;
  }

  /** Where a range up to `index` begins and ends (without `end`). */
  range(index: number): { from: number; end: number } {
    return { from: Math.min(this.#anchor, index), end: Math.max(this.#anchor, index) + 1 };
  }

  set(ids: Iterable<string>): void {
    this.#ids = new Set(ids);
  }

  clear(): void {
    this.#ids.clear();
  }
}
