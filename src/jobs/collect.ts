import { constants, copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256File } from "../assets/hash.ts";
import { MediaError, type Probe } from "../assets/media.ts";
import type { Asset, PendingOutput } from "../model/job.ts";
import { operations } from "../model/operations.ts";
import { isLocalHost } from "../net/addresses.ts";
import { saveStream } from "../net/file.ts";
import { downloadCaps, downloadRules } from "../net/limits.ts";
import { type Downloaded, type DownloadKind, NetError } from "../net/types.ts";
import type { OutputFacts, OutputSource } from "../vendors/contract.ts";
import { type FailureRecord, VendorError } from "../vendors/errors.ts";
import { downloadFailure, failureLine, isDeadLink, isLostForGood } from "./failures.ts";
import { ifThere, remove, renameDurably } from "./files.ts";
import type { Work } from "./work.ts";

/** Asks the vendor for a new link to an output. */
export type FreshLink = (index: number) => Promise<{ url: string; expires?: number } | undefined>;

interface AnnouncedLink {
  index: number;
  source: Extract<OutputSource, { kind: "link" }>;
  facts: OutputFacts;
}

/** Brings a job's outputs to its staging folder. */
export interface Collector {
  /** Notes the output in the ledger, then fetches it: a stream before this resolves, a link in the background. */
  add(index: number, source: OutputSource, facts: OutputFacts): Promise<void>;
  /** The same for all links of one answer: the ledger has each of them or none. */
  announce(links: readonly AnnouncedLink[]): Promise<void>;
  /** Goes on with what the ledger says is on its way. */
  carryOn(): Promise<void>;
  /** Resolves when everything is stored, lost or put off. Throws what is not the outputs' own failure. */
  drain(): Promise<void>;
}

const parallel = 3;

/**
 * An output on its way is `incoming/<nonce>/<index>.bin.part` while bytes come, `incoming/<nonce>/<index>.bin` when they are all
 * there, and `assets/<index>.<extension>` when it is known what they are. The folder is the owner's own: one that lost its lease
 * has lost its folder too, and cannot write into its successor's files.
 */
export function createCollector(work: Work, freshLink: FreshLink): Collector {
  const kindOf = ({ facts }: PendingOutput): DownloadKind =>
    facts.kind ?? operations[work.job().request.operation].output;
  const assets = work.path("assets");
  let folder: Promise<string> | undefined;
  const fetching = new Map<number, Promise<void>>();
  const queue: (() => void)[] = [];
  let running = 0;
  let fault: { error: unknown } | undefined;

  async function slot(): Promise<void> {
    if (running < parallel) running++;
    else await new Promise<void>((resolve) => queue.push(resolve));
  }

  function leaveSlot(): void {
    const next = queue.shift();
    if (next) next();
    else running--;
  }

  function begin(output: PendingOutput): void {
    if (fetching.has(output.index)) return;
    const done = (async () => {
      await slot();
      try {
        await bring(output);
      } catch (error) {
        fault ??= { error };
      } finally {
        leaveSlot();
        fetching.delete(output.index);
      }
    })();
    fetching.set(output.index, done);
  }

  async function bring(output: PendingOutput): Promise<void> {
    const whole = await findWhole(output.index);
    if (whole) return keep(output, whole);
    if (output.url === "") {
      return void (await work.tell({ type: "lost", index: output.index, error: interrupted }));
    }
    for (let attempt = 0; ; attempt++) {
      try {
        const { isSized } = await download(output);
        return await keep(output, join(await incoming(), `${output.index}.bin`), isSized);
      } catch (error) {
        work.signal.throwIfAborted();
        if (!isBytesFault(error)) throw error;
        const wait = work.timings.downloadMs[attempt];
        if (isLostForGood(error)) return missed("lost", output, error);
        if (wait === undefined) return missed(isOver(output, error) ? "lost" : "delayed", output, error);
        await work.wait(wait, work.signal);
      }
    }
  }

  /**
   * True if the link has nothing more to give. One that is said to live longer may be turned down for a while only, by a proxy or
   * by the store itself; what it leads to is paid for. Where nothing says how long it lives, its task can be asked for another.
   */
  function isOver({ expires }: PendingOutput, error: unknown): boolean {
    if (!isDeadLink(error)) return false;
    return expires === undefined ? work.job().operation === undefined : expires <= work.options.clock.now();
  }

  async function missed(type: "lost" | "delayed", { index }: PendingOutput, cause: unknown): Promise<void> {
    const error = downloadFailure(cause);
    work.options.log(failureLine(work.job(), error));
    await work.tell({ type, index, error });
  }

  async function download(output: PendingOutput): Promise<Downloaded> {
    const target = join(await incoming(), `${output.index}.bin`);
    return work.options.net.download({
      url: output.url,
      target,
      kind: kindOf(output),
      job: work.id,
      ...(output.expires === undefined ? {} : { expires: output.expires }),
      allowLocal: await isLocal(),
      fresh: () => freshLink(output.index),
      onProgress: ({ received, total }) =>
        work.progress({ phase: "downloading", ...(total ? { fraction: received / total } : {}) }),
      signal: work.signal,
    });
  }

  /** Whether the job's vendor is called on this machine or a private network. */
  async function isLocal(): Promise<boolean> {
    const { baseUrl, request, settings = {} } = work.job();
    if (URL.canParse(baseUrl)) return isLocalHost(new URL(baseUrl).hostname);
    return (await work.options.isLocal?.(request.vendor, settings)) ?? false;
  }

  /** This owner's folder for what is under way, with all that earlier owners had. */
  async function incoming(): Promise<string> {
    const nonce = await work.nonce();
    folder ??= takeIncoming(work.path("incoming"), nonce);
    return folder;
  }

  /** A file that an earlier owner finished but did not get to write down, or this one just now. */
  async function findWhole(index: number): Promise<string | undefined> {
    const names = (await ifThere(readdir(assets))) ?? [];
    const named = names.find((name) => name.startsWith(`${index}.`));
    if (named) return join(assets, named);
    const bin = join(await incoming(), `${index}.bin`);
    return (await ifThere(stat(bin))) && bin;
  }

  /** `isAll`: these are all bytes that there are to be had of it. */
  async function keep(output: PendingOutput, path: string, isAll = false): Promise<void> {
    const media = await look(path, kindOf(output), isAll);
    const name = `${output.index}.${media.extension}`;
    const sha256 = await sha256File(path);
    await work.check();
    if (path !== join(assets, name)) await renameDurably(path, join(assets, name));
    const { type, extension, bytes, width, height, seconds, codecs, bitDepth } = media;
    const asset: Asset = {
      id: String(output.index),
      index: output.index,
      state: "waiting",
      file: `assets/${name}`,
      kind: media.kind,
      type,
      extension,
      bytes,
      sha256,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(codecs === undefined ? {} : { codecs }),
      ...(bitDepth === undefined ? {} : { bitDepth }),
      facts: withLink(output),
    };
    await work.tell({ type: "stored", asset });
  }

  /** The bytes decide. What is not what was asked for is refused and deleted; a sound is good up to where it ends. */
  async function look(path: string, kind: DownloadKind, isAll: boolean): Promise<Probe> {
    const media = await work.options.probe(path, kind).catch((error: unknown) => {
      if (error instanceof MediaError) return error;
      throw error;
    });
    if (media instanceof MediaError)
      return refuse(path, media.code === "truncated" ? "truncated" : "wrongMedia", media.found);
    const isScript = media.type === "image/svg+xml" && work.job().request.vendor !== "placeholder";
    if (media.kind !== kind || isScript) return refuse(path, "wrongMedia", media.type);
    if (!media.whole && !(isAll && kind === "audio")) return refuse(path, "truncated", media.type);
    return media;
  }

  async function refuse(path: string, next: string, found: string | undefined): Promise<never> {
    await remove(path);
    const facts: FailureRecord = { reason: "protocol", sent: "unknown", next };
    throw new VendorError(found === undefined ? facts : { ...facts, code: found });
  }

  async function save(
    output: PendingOutput,
    stream: AsyncIterable<Uint8Array>,
    bytes?: number,
  ): Promise<void> {
    const target = join(await incoming(), `${output.index}.bin`);
    try {
      await saveStream(reported(stream, bytes), target, { maxBytes: downloadCaps[kindOf(output)] });
      await keep(output, target, true);
    } catch (error) {
      work.signal.throwIfAborted();
      if (!isBytesFault(error)) throw error;
      await missed("lost", output, error);
    }
  }

  /** The stream, told as a download while it comes. */
  async function* reported(stream: AsyncIterable<Uint8Array>, total = 0): AsyncGenerator<Uint8Array> {
    let received = 0;
    let next = 0;
    for await (const chunk of stream) {
      received += chunk.byteLength;
      const now = work.options.clock.now();
      if (now >= next) {
        work.progress({
          phase: "downloading",
          ...(total > 0 ? { fraction: Math.min(1, received / total) } : {}),
        });
        next = now + downloadRules.progressMs;
      }
      yield chunk;
    }
  }

  const isStored = (index: number) => work.job().assets.some((asset) => asset.index === index);

  async function announce(links: readonly AnnouncedLink[]): Promise<void> {
    const outputs = links
      .filter(({ index }) => !isStored(index))
      .map(({ index, source: { url, expires }, facts }): PendingOutput => {
        return { index, url, ...(expires === undefined ? {} : { expires }), facts: plainFacts(facts) };
      });
    await work.tell(...outputs.map((output) => ({ type: "announced" as const, output })));
    for (const output of outputs) begin(output);
  }

  return {
    async add(index, source, facts) {
      if (source.kind === "link") return announce([{ index, source, facts }]);
      if (isStored(index)) return;
      const output: PendingOutput = { index, url: "", facts: plainFacts(facts) };
      await work.tell({ type: "announced", output });
      await save(output, source.stream, source.bytes);
    },

    announce,

    async carryOn() {
      for (const output of work.job().pending) begin(output);
    },

    async drain() {
      while (fetching.size > 0) await Promise.all(fetching.values());
      if (fault) throw fault.error;
      if (folder && work.job().pending.length === 0) await remove(await incoming());
      folder = undefined;
    },
  };
}

/**
 * Makes an owner's folder under `root` and copies into it what earlier owners had, before theirs go away. They are copied, not
 * moved: an earlier owner that wakes up still has its files open, and may write on in them.
 */
async function takeIncoming(root: string, nonce: string): Promise<string> {
  const mine = join(root, nonce);
  await mkdir(mine, { recursive: true, mode: 0o700 });
  for (const earlier of await readdir(root)) {
    if (earlier === nonce) continue;
    for (const name of await readdir(join(root, earlier))) {
      await copyFile(join(root, earlier, name), join(mine, name), constants.COPYFILE_FICLONE);
    }
    await remove(join(root, earlier));
  }
  return mine;
}

const plainFacts = (facts: OutputFacts) => ({ ...facts }) as PendingOutput["facts"];

/** A link that says how long it lives can be given to a vendor as an input; one that does not may be dead at any time. */
function withLink({ facts, url, expires }: PendingOutput): Asset["facts"] {
  return url === "" || expires === undefined ? facts : { ...facts, link: url, linkExpires: expires };
}

const interrupted: FailureRecord = { reason: "ambiguous", sent: "unknown", next: "interrupted" };

/** Failures of the bytes or of the disk; anything else is not about this output. */
function isBytesFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof VendorError || error instanceof NetError || ("syscall" in error && "code" in error);
}
