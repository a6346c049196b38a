import { rm, stat } from "node:fs/promises";
import { finishPart, PartFile, partPath, release } from "./file.ts";
import type { AttemptContext, AttemptResponse } from "./http.ts";
import { downloadCaps, downloadRules } from "./limits.ts";
import { openLink } from "./link.ts";
import { type DownloadNote, readNote, removeNote, writeNote } from "./note.ts";
import { carriesOn, type FileFacts, fileFacts, rangeHeaders } from "./range.ts";
import { isRetryableFault, isRetryableStatus, retryAfterMs, retryDelayMs } from "./retry.ts";
import { type Downloaded, type DownloadRequest, NetError } from "./types.ts";

interface DownloadContext extends AttemptContext {
  random(): number;
}

/** Answers that mean a link will not work any more. */
const deadStatuses: ReadonlySet<number> = new Set([401, 403, 404, 410]);
/** Declared types that are a page or an error document. Transcripts and subtitles may well be JSON. */
const documentType = /^(text\/html|application\/xhtml\+xml|(text|application)\/xml)$/;
const jsonType = /^application\/([\w.-]+\+)?json$/;

/** One download of one file, over as many connections and links as it takes. */
class Download {
  readonly #request: DownloadRequest;
  readonly #context: DownloadContext;
  #note: DownloadNote;
  #freshLinks: number = downloadRules.freshLinks;
  #isReplaced = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #told = -1;

  constructor(request: DownloadRequest, context: DownloadContext, earlier: DownloadNote | undefined) {
    this.#request = request;
    this.#context = context;
    // A link asked for anew by an earlier try outlives the one the caller knows.
    const isNewer = earlier?.expires !== undefined && earlier.expires > (request.expires ?? 0);
    const { url, expires } = isNewer ? earlier : request;
    this.#note = { ...earlier, version: 1, url, expires, job: request.job };
  }

  async run(): Promise<Downloaded> {
    let from = await this.#partSize();
    for (let fruitless = 0; ; ) {
      if (from > 0 && from === this.#note.size) return this.#finish(from);
      if (this.#seemsExpired()) await this.#replaceExpired();
      let askedMs: number | undefined;
      let failure: NetError;
      const before = from;
      let response: AttemptResponse | undefined;
      try {
        response = await this.#open(from);
        askedMs = retryAfterMs(response.headers["retry-after"], this.#context.clock.now());
        const facts = this.#accept(response, from);
        if (facts) return this.#finish(await this.#receive(response, facts));
        from = this.#startOver();
        continue;
      } catch (error) {
        failure = retryable(error);
      } finally {
        response?.drop();
      }
      if (failure.fault === "linkDead") {
        await this.#renew(failure);
        continue;
      }
      from = await this.#partSize();
      fruitless = from > before ? 1 : fruitless + 1;
      if (fruitless >= downloadRules.fruitlessAttempts) throw failure;
      const { clock, random } = this.#context;
      await clock.sleep(retryDelayMs(fruitless, askedMs, random), this.#request.signal);
    }
  }

  #open(from: number): Promise<AttemptResponse> {
    return openLink(
      {
        url: this.#note.url,
        headers: rangeHeaders(this.#note, from),
        allowLocal: this.#request.allowLocal === true,
        signal: this.#request.signal,
      },
      this.#context,
    );
  }

  /** What the answer brings, or undefined to start over without a range. */
  #accept(response: AttemptResponse, from: number): FileFacts | undefined {
    const { status, headers } = response;
    const facts = fileFacts(status, headers);
    const isOther = status === 416 || (status === 206 && !carriesOn(facts, this.#note, from));
    if (from > 0 && isOther) return undefined;
    if (status !== 200 && (status !== 206 || isOther)) {
      throw new NetError(deadStatuses.has(status) ? "linkDead" : "status", "unknown", { status });
    }
    this.#check(facts);
    return facts;
  }

  #check({ mediaType = "", size = 0 }: FileFacts): void {
    const isDocument =
      documentType.test(mediaType) || (this.#request.kind !== "text" && jsonType.test(mediaType));
    if (isDocument) throw new NetError("wrongType", "unknown");
    if (size > this.#maxBytes) throw new NetError("tooLarge", "unknown");
  }

  async #receive(response: AttemptResponse, facts: FileFacts): Promise<number> {
    const { from, ...rest } = facts;
    this.#note = {
      version: 1,
      url: this.#note.url,
      expires: this.#note.expires,
      job: this.#note.job,
      ...rest,
    };
    await writeNote(this.#request.target, this.#note);
    const file = await PartFile.open(this.#request.target, from, this.#maxBytes);
    try {
      for await (const chunk of response.body) {
        await file.write(chunk);
        release(chunk);
        this.#tell(file.bytes);
      }
      if (file.bytes === 0 || (facts.size !== undefined && file.bytes !== facts.size)) {
        throw new NetError("truncated", "unknown");
      }
      await file.sync();
      return file.bytes;
    } finally {
      await file.close();
    }
  }

  async #finish(bytes: number): Promise<Downloaded> {
    const { target } = this.#request;
    this.#toldAt = Number.NEGATIVE_INFINITY;
    this.#tell(bytes);
    await finishPart(target);
    await removeNote(target);
    const { mediaType, size } = this.#note;
    const isSized = size !== undefined;
    return mediaType ? { path: target, bytes, mediaType, isSized } : { path: target, bytes, isSized };
  }

  async #renew(cause: NetError): Promise<void> {
    if (!(await this.#askForLink())) throw cause;
  }

  /** By this machine's clock, which may be the one that is wrong. */
  #seemsExpired(): boolean {
    return (this.#note.expires ?? Number.POSITIVE_INFINITY) <= this.#context.clock.now();
  }

  /** Does not knock with an old link if there is another, but rather with an old one than not at all. */
  async #replaceExpired(): Promise<void> {
    if (this.#isReplaced) return;
    this.#isReplaced = true;
    await this.#askForLink();
  }

  /** True if the vendor gave a new link. */
  async #askForLink(): Promise<boolean> {
    const fresh = this.#freshLinks-- > 0 ? await this.#request.fresh?.() : undefined;
    if (fresh) this.#note = { ...this.#note, url: fresh.url, expires: fresh.expires };
    return fresh !== undefined;
  }

  /** Forgets what would tell whether the bytes so far can be carried on, so that nobody counts on them again. */
  #startOver(): 0 {
    const { url, expires, job } = this.#note;
    this.#note = { version: 1, url, expires, job };
    return 0;
  }

  /** Bytes that can be carried on: none without a validator or beyond the known size. */
  async #partSize(): Promise<number> {
    const { etag, lastModified, size } = this.#note;
    if (!etag && !lastModified) return 0;
    const found = await stat(partPath(this.#request.target)).catch(() => undefined);
    return found && found.size <= (size ?? this.#maxBytes) ? found.size : 0;
  }

  #tell(received: number): void {
    const now = this.#context.clock.now();
    if (received === this.#told || now - this.#toldAt < downloadRules.progressMs) return;
    this.#toldAt = now;
    this.#told = received;
    const { size } = this.#note;
    this.#request.onProgress?.(size === undefined ? { received } : { received, total: size });
  }

  get #maxBytes(): number {
    return this.#request.maxBytes ?? downloadCaps[this.#request.kind];
  }
}

/** Lets through what another try, or another link, may better; throws the rest. */
function retryable(error: unknown): NetError {
  if (!(error instanceof NetError)) throw error;
  if (error.fault === "linkDead" || isRetryableFault(error.fault)) return error;
  if (error.fault === "status" && isRetryableStatus(error.status ?? 0)) return error;
  throw error;
}

/** See `Net.download`. */
export async function download(request: DownloadRequest, context: DownloadContext): Promise<Downloaded> {
  const { target, signal } = request;
  try {
    return await new Download(request, context, await readNote(target)).run();
  } catch (error) {
    if (error instanceof NetError && error.fault === "tooLarge") {
      await rm(partPath(target), { force: true });
      await removeNote(target);
    }
    if (signal?.aborted) throw new NetError("aborted", "unknown", { cause: signal.reason });
    throw error;
  }
}
