import { appendFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Asset, Job } from "../model/job.ts";
import { type OperationId, operations } from "../model/operations.ts";

/** What is known of a file that was placed or saved in this workspace: no prompt, no free text. Bytes, pixels, seconds, ms since the epoch. */
export interface PlacedEntry {
  /** The job's and the asset's id, with a `/` between. */
  id: string;
  uri: string;
  sha256: string;
  kind: Asset["kind"];
  type: string;
  bytes: number;
  width?: number;
  height?: number;
  seconds?: number;
  vendor: string;
  model: string;
  operation: OperationId;
  seed?: number;
  state: "placed" | "saved";
  at: number;
}

/** Most entries kept; the oldest go first. */
const maxEntries = 50_000;

type Line = PlacedEntry | { id: string; gone: true };

/** The entry of an asset that has landed; undefined for one that has not. */
export function placedEntry(job: Job, asset: Asset): PlacedEntry | undefined {
  const { landed, state, sha256, kind, type, bytes, width, height, seconds, facts } = asset;
  if (!landed || (state !== "placed" && state !== "saved")) return undefined;
  const { vendor, model, operation } = job.request;
  return {
    id: `${job.id}/${asset.id}`,
    uri: landed.uri,
    sha256,
    kind,
    type,
    bytes,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(seconds === undefined ? {} : { seconds }),
    vendor,
    model,
    operation,
    ...(facts.seed === undefined ? {} : { seed: facts.seed }),
    state,
    at: landed.at,
  };
}

/**
 * The list of what was placed in this workspace: one line of JSON an entry, appended, so that thousands cost nothing until someone
 * looks and two windows do not overwrite each other. Read on first use.
 */
export class PlacedList {
  readonly #path: string | undefined;
  readonly #listeners = new Set<() => void>();
  #entries: Promise<Map<string, PlacedEntry>> | undefined;
  /** One write after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param path File of the list; undefined where there is no workspace: then it is kept in memory. */
  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Everything placed here, oldest first. */
  async all(): Promise<PlacedEntry[]> {
    return [...(await this.#map()).values()];
  }

  async add(entry: PlacedEntry): Promise<void> {
    const entries = await this.#map();
    entries.delete(entry.id);
    entries.set(entry.id, entry);
    await this.#append([entry]);
  }

  /** Takes an entry off the list; does nothing if it is not there. */
  async remove(id: string): Promise<void> {
    if ((await this.#map()).delete(id)) await this.#append([{ id, gone: true }]);
  }

  /** Follows files and folders that were renamed: pairs of the old address and the new one. */
  async moved(renames: readonly { from: string; to: string }[]): Promise<void> {
    const entries = await this.#map();
    const changed: PlacedEntry[] = [];
    for (const entry of entries.values()) {
      const rename = renames.find(({ from }) => entry.uri === from || entry.uri.startsWith(`${from}/`));
      if (rename) changed.push({ ...entry, uri: rename.to + entry.uri.slice(rename.from.length) });
    }
    if (changed.length === 0) return;
    for (const entry of changed) entries.set(entry.id, entry);
    await this.#append(changed);
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    this.#entries = Promise.resolve(new Map());
    await this.#write(async (path) => rm(path, { force: true }));
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  #map(): Promise<Map<string, PlacedEntry>> {
    this.#entries ??= this.#read();
    return this.#entries;
  }

  async #read(): Promise<Map<string, PlacedEntry>> {
    const entries = new Map<string, PlacedEntry>();
    const text = this.#path === undefined ? "" : await readFile(this.#path, "utf8").catch(() => "");
    const lines = parsedLines(text);
    for (const entry of lines) {
      if ("gone" in entry) entries.delete(entry.id);
      else entries.set(entry.id, entry);
    }
    for (const id of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(id);
    }
    if (lines.length > entries.size * 2 + 100) await this.#rewrite(entries);
    return entries;
  }

  async #rewrite(entries: Map<string, PlacedEntry>): Promise<void> {
    const text = [...entries.values()].map((entry) => `${JSON.stringify(entry)}\n`).join("");
    await this.#write(async (path) => {
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await rename(`${path}.new`, path);
    });
  }

  async #append(lines: readonly Line[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await this.#write(async (path) => {
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, text, { mode: 0o600 });
    });
  }

  async #write(act: (path: string) => Promise<void>): Promise<void> {
    const path = this.#path;
    const before = this.#last.catch(() => undefined);
    this.#last = path === undefined ? before : before.then(() => act(path));
    await this.#last;
    for (const listener of this.#listeners) listener();
  }
}

/** All lines as they are, but for those that were cut off or are none of ours. At once where all are whole, which is faster. */
function parsedLines(text: string): Line[] {
  const whole = parsed(`[${text.trimEnd().replaceAll("\n", ",")}]`);
  const values = Array.isArray(whole) ? whole : text.split("\n").map(parsed);
  return values.filter(isLine);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is Line {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Partial<PlacedEntry> & { gone?: true };
  if (typeof entry.id !== "string") return false;
  if (entry.gone) return true;
  return (
    typeof entry.uri === "string" &&
    typeof entry.sha256 === "string" &&
    typeof entry.vendor === "string" &&
    typeof entry.model === "string" &&
    typeof entry.at === "number" &&
    typeof entry.operation === "string" &&
    Object.hasOwn(operations, entry.operation)
  );
}
