import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { SessionOptions } from "../session.ts";

/** The shapes in which a text may have been written down. */
function formsOf(text: string): Buffer[] {
  const forms = [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
  return [
    ...new Set(forms).values().map((form) => Buffer.from(form)),
    Buffer.from(text, "utf16le"),
    Buffer.from(Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1)),
  ];
}

/** Something that is looked for: a text or bytes, by what it is called in a report. */
export type Wanted = Readonly<Record<string, string | Buffer>>;

/** A file that holds something in any form, or is called like it. `path`: from the folder that was searched. */
export interface Found {
  what: string;
  path: string;
}

/** Searches every file in a folder, each read once. */
export async function search(folder: string, wanted: Wanted): Promise<Found[]> {
  const looked = Object.entries(wanted).map(([what, text]) => ({
    what,
    text,
    forms: typeof text === "string" ? formsOf(text) : [text, Buffer.from(text.toString("base64"))],
  }));
  const found: Found[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const bytes = entry.isFile() ? await readFile(path).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
    for (const { what, text, forms } of looked) {
      const isNamed = typeof text === "string" && entry.name.includes(text);
      if (isNamed || forms.some((form) => bytes.includes(form)))
        found.push({ what, path: path.slice(folder.length + 1) });
    }
  }
  return found;
}

/** Paths, from `folder`, of the files that hold a text or bytes in any form, and of those called like it. */
export async function filesWith(folder: string, wanted: string | Buffer): Promise<string[]> {
  return (await search(folder, { wanted })).map(({ path }) => path);
}

/** Where in a window's own storage each thing is kept, as `database/store/key` or `local/key`, with what it is as text. */
export async function storageOf(page: Page): Promise<Map<string, string>> {
  const entries = (await page.evaluate(readStorage)) as [string, string][];
  return new Map(entries);
}

/** Runs in the page: everything in IndexedDB, through its own interface, and in the other storages. */
const readStorage = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const decoder = new TextDecoder();
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return decoder.decode(value);
    return typeof value === "string" ? value : JSON.stringify(value) ?? "";
  };
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
      keys.forEach((key, index) => found.push([name + "/" + store + "/" + key, text(values[index])]));
    }
    database.close();
  }
  for (const [kind, storage] of [["local", localStorage], ["session", sessionStorage]])
    for (const key of Object.keys(storage)) found.push([kind + "/" + key, storage.getItem(key) ?? ""]);
  found.push(["cookies", document.cookie]);
  return found;
})()`;

/** Keys of the entries that hold a text. */
export function entriesWith(storage: ReadonlyMap<string, string>, wanted: string): string[] {
  const forms = [wanted, encodeURIComponent(wanted), Buffer.from(wanted).toString("base64").slice(0, -3)];
  return [...storage]
    .filter(([key, text]) => forms.some((form) => `${key}\n${text}`.includes(form)))
    .map(([key]) => key);
}

/** What webviews are told and tell, and what windows write to the console. */
export class Screen {
  readonly messages: string[] = [];
  readonly lines: string[] = [];
  /** Origins that windows have asked for anything. */
  readonly origins = new Set<string>();

  /** Watches this window and the frames that are opened from now on. */
  async watch(page: Page): Promise<void> {
    page.on("console", (line) => this.lines.push(line.text()));
    page.context().on("request", (request) => this.origins.add(new URL(request.url()).origin));
    await page
      .context()
      .exposeBinding("easelWitness", (_source, text: string) => void this.messages.push(text));
    await page.context().addInitScript(watchMessages);
    await page.evaluate(watchMessages);
  }
}

/**
 * Runs in each frame. A webview's messages go through a port, as `{ channel, … }`; listeners of its page would not do, since that
 * page is written anew. All else that goes through ports is the workbench's own, and too much to tell.
 */
const watchMessages = `{
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (data, ...rest) {
    if (typeof data?.channel === "string") easelWitness(JSON.stringify(data) ?? "");
    return postMessage.call(this, data, ...rest);
  };
}`;

/** All that is in the documents of a window and its frames now: elements, and values of fields. */
export async function documentsOf(page: Page): Promise<string> {
  const texts = await Promise.all(
    page
      .frames()
      .map((frame) =>
        frame
          .evaluate(
            `document.documentElement.outerHTML + [...document.querySelectorAll("input,textarea")].map(({ value }) => value).join("\\n")`,
          )
          .catch(() => ""),
      ),
  );
  return texts.join("\n");
}

/** How to start a session whose extension hosts note their connections in a file and keep temporary files in a folder. */
export async function witnessed(folder: string): Promise<{
  options: Pick<SessionOptions, "beside" | "env" | "verbose">;
  connections: string;
  temporary: string;
}> {
  const connections = join(folder, "connections.txt");
  const temporary = join(folder, "tmp");
  await mkdir(temporary);
  const env = { EASEL_CONNECTIONS: connections, TMPDIR: temporary };
  const beside = [join(import.meta.dirname, "connections")];
  return { options: { beside, env, verbose: true }, connections, temporary };
}
