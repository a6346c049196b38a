import { randomUUID } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { ChosenInput } from "../inputs.ts";
import type { InputSlot } from "../model/catalog.ts";
import type { Job } from "../model/job.ts";
import type { InputRole } from "../model/request.ts";
import type { PlacedList } from "../placement/placedList.ts";
import { failureText } from "../text/errors.ts";
import { slotText } from "../text/inputs.ts";
import { vendorName } from "../text/jobs.ts";
import { earlierLinks } from "../ui/earlierLinks.ts";
import { usableVendors } from "../ui/firstOffer.ts";
import { askInput } from "../ui/inputSource.ts";
import type { LastEditor } from "../ui/lastEditor.ts";
import { LastPlace } from "../ui/lastPlace.ts";
import { maskInput } from "../ui/mask.ts";
import { type Offer, offerId } from "../ui/offers.ts";
import { inputsOf, type RequestDraft } from "../ui/requestDraft.ts";
import { clearToSend, startJob } from "../ui/send.ts";
import { sourcesOf } from "../ui/slotStep.ts";
import { isRunning } from "../ui/statusBar.ts";
import type { FailureRecord } from "../vendors/errors.ts";
import { Compose } from "./compose.ts";
import { composeView, isReady } from "./composeView.ts";
import { useFrame } from "./frames.ts";
import { Gallery } from "./gallery.ts";
import { Improve } from "./improve.ts";
import { actOnItems, addReferences, type ItemActionParts } from "./itemActions.ts";
import { Links } from "./links.ts";
import { type Reference, References } from "./references.ts";
import type { ReviewService } from "./reviewService.ts";
import { Setup } from "./setup.ts";
import type { ItemAction, StudioResult, UploadPurpose, UploadResult } from "./studioProtocol.ts";
import { ThumbnailKeeper } from "./thumbnailKeeper.ts";
import { Uploads } from "./uploads.ts";

export interface StudioServiceOptions
  extends Pick<
    Services,
    | "jobs"
    | "anchors"
    | "keyring"
    | "choices"
    | "verify"
    | "aside"
    | "follow"
    | "clock"
    | "extensionUri"
    | "onFault"
  > {
  extensionId: string;
  /** Easel's own folder, absolute. */
  storage: string;
  placed: PlacedList;
  lastEditor: LastEditor;
  review: ReviewService;
}

/** A second Generate this soon after the first was answered is a double press (ms). */
const doublePressMs = 1_000;

/** Something to say in every open Studio. */
export interface StudioNotice {
  severity: "info" | "warning" | "error";
  text: string;
  /** The press of Generate whose last result has come, where several models were asked. */
  batch?: string;
}

/** What every open Studio of this window shows and does: one draft, one gallery, the same checks and sending as the commands. */
export class StudioService implements vscode.Disposable {
  readonly options: StudioServiceOptions;
  readonly place: LastPlace;
  readonly compose: Compose;
  readonly gallery: Gallery;
  readonly improve: Improve;
  readonly setup: Setup;
  readonly links: Links;
  /** Folder of what the Studio's pages may load besides results and the workspace. */
  readonly folder: vscode.Uri;
  readonly #uploads: Uploads;
  readonly #thumbnails: ThumbnailKeeper;
  readonly #items: ItemActionParts;
  readonly #batches = new Map<string, string>();
  /** Jobs sent from a Studio, until it is told what came of them. */
  readonly #mine = new Set<string>();
  readonly #seen = new Map<string, Promise<StudioResult>>();
  readonly #noticed = new vscode.EventEmitter<StudioNotice>();
  readonly #subscriptions: { dispose(): unknown }[];
  #last: { result: Promise<StudioResult>; revision: number; at: number } | undefined;
  /** Whether some Studio is in sight. */
  isSeen: () => boolean = () => false;
  readonly onDidNotice = this.#noticed.event;

  constructor(options: StudioServiceOptions) {
    this.options = options;
    const { jobs, anchors, keyring, choices, placed, clock, onFault } = options;
    const root = join(options.storage, "studio");
    this.folder = vscode.Uri.file(root);
    const now = () => clock.now();
    this.place = new LastPlace(anchors, options.lastEditor);
    const usable = () => usableVendors(keyring, vscode.workspace.isTrusted);
    this.compose = new Compose({ choices, usable, now });
    this.#thumbnails = new ThumbnailKeeper(join(root, "thumbnails"), jobs, now);
    this.gallery = new Gallery({
      jobs,
      placed,
      thumbnails: this.#thumbnails.store,
      batchOf: (id) => this.batchOf(id),
      modelName: (vendor, model) => this.compose.modelName(vendor, model),
      now,
      onFault,
    });
    this.improve = new Improve({ compose: this.compose, keyring, aside: options.aside });
    this.setup = new Setup({ keyring, placed, verify: options.verify });
    this.links = new Links({ anchors, place: this.place });
    this.#uploads = new Uploads(join(root, "inputs"));
    const { compose, gallery, links, place } = this;
    this.#items = { jobs, gallery, compose, references: new References(this.#uploads), links, place };
    this.#subscriptions = [
      this.#noticed,
      this.place,
      compose,
      gallery,
      this.improve,
      this.setup,
      jobs.onDidChange((id, job) => this.#jobChanged(id, job)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("easel")) void this.settingsChanged();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.settingsChanged()),
    ];
  }

  /** Thumbnails of jobs that ended while nobody looked go; once, before the first Studio opens. */
  async open(): Promise<void> {
    const { placed } = this.options;
    await this.#thumbnails.sweep();
    // Read while the page is loading, so that the gallery is there when it asks.
    await Promise.all([placed.all(), this.compose.load()]);
  }

  /** Settings, keys or trust are others now. */
  async settingsChanged(): Promise<void> {
    this.setup.changed();
    await this.compose.reload();
  }

  batchOf(jobId: string): string | undefined {
    return this.#batches.get(jobId);
  }

  /** Follows a job that was sent from a Studio: told there, or in the usual way if none is in sight when it ends. */
  follow(jobId: string): void {
    this.#mine.add(jobId);
  }

  /** Sends the draft to every chosen model; the same gesture, or a double press, sends once. */
  generate(actionId: string): Promise<StudioResult> {
    const { revision } = this.compose;
    const isDouble =
      this.#last !== undefined &&
      this.#last.revision === revision &&
      this.options.clock.now() - this.#last.at < doublePressMs;
    if (isDouble && this.#last) return this.#last.result;
    if (this.#seen.has(actionId)) return this.#once(actionId, () => this.#generate());
    const result = this.#once(actionId, () => this.#generate());
    this.#last = { result, revision, at: Number.POSITIVE_INFINITY };
    const settled = () => {
      this.#last = { result, revision: this.compose.revision, at: this.options.clock.now() };
    };
    result.then(settled, settled);
    return result;
  }

  act(actionId: string, items: readonly string[], action: ItemAction): Promise<StudioResult> {
    return this.#once(actionId, () => actOnItems(this.#items, items, action));
  }

  /** Files that were chosen outside of the Studio; says there what was not taken. */
  async addUris(uris: readonly vscode.Uri[]): Promise<void> {
    await this.compose.load();
    const references = await Promise.all(uris.map((uri) => this.#items.references.file(uri)));
    const result = addReferences(this.compose, references, undefined);
    if (result.outcome === "failed") this.#noticed.fire({ severity: "error", text: result.message });
  }

  /** Inputs from addresses that were dropped. */
  async addFiles(uris: readonly string[], role: InputRole | undefined): Promise<StudioResult> {
    const references = await Promise.all(uris.map((uri) => this.#items.references.address(uri)));
    return addReferences(this.compose, references, role);
  }

  /** Asks where an input comes from, in every way the slot takes, as the commands do. */
  async browse(role: InputRole): Promise<StudioResult> {
    const { jobs, clock, extensionUri, onFault } = this.options;
    const [request] = this.compose.requests();
    const slot = request?.offer.profile.inputs.find((one) => one.role === role);
    if (!request || !slot) return { outcome: "backedOut" };
    const sources = {
      earlierLinks: (one: InputSlot, { entry }: Offer) =>
        earlierLinks(jobs.list(), one, entry.id, clock.now()),
      paintMask: (draft: RequestDraft) => maskInput(extensionUri, draft, onFault),
    };
    const answer = await askInput(
      { title: l10n.t("Easel Studio") },
      { slot, placeholder: slotText(slot), ...sourcesOf(request, slot, sources) },
    );
    if (typeof answer !== "object") return { outcome: "backedOut" };
    return addReferences(this.compose, [await this.#referenceOf(answer)], role);
  }

  #referenceOf(input: ChosenInput): Promise<Reference> {
    const { source, name, held } = input;
    const { references } = this.#items;
    if (held) return references.bytes(name, held);
    if (source.kind === "file") return references.file(vscode.Uri.parse(source.uri, true));
    return Promise.resolve({ given: { input } });
  }

  async upload(purpose: UploadPurpose, bytes: Uint8Array): Promise<UploadResult & { path?: string }> {
    switch (purpose.kind) {
      case "input": {
        const reference = await this.#items.references.bytes(purpose.name, bytes);
        const result = addReferences(this.compose, [reference], purpose.role);
        if (result.outcome === "failed") return { outcome: "failed", message: result.message };
        return {
          outcome: "done",
          ...(result.outcome === "done" && result.message ? { message: result.message } : {}),
        };
      }
      case "thumbnail":
        return this.#thumbnails.keep(purpose.hash, await this.gallery.withHash(purpose.hash), bytes);
      case "frame": {
        const entry = await this.gallery.get(purpose.item);
        if (entry?.kind !== "video") return { outcome: "failed", message: l10n.t("This is no video.") };
        return useFrame(this.#items, entry, purpose, bytes);
      }
    }
  }

  /** Forgets the thumbnails of what was placed. */
  async forgetThumbnails(): Promise<void> {
    await this.#thumbnails.store.clear();
    this.gallery.changed();
  }

  async dispose(): Promise<void> {
    for (const each of this.#subscriptions) each.dispose();
    await this.#uploads.dispose();
  }

  /** Runs `act` unless the same gesture has been seen; then gives that one's result. */
  #once(actionId: string, act: () => Promise<StudioResult>): Promise<StudioResult> {
    const earlier = this.#seen.get(actionId);
    if (earlier) return earlier;
    const result = act();
    this.#seen.set(actionId, result);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > 64 && oldest !== undefined) this.#seen.delete(oldest);
    return result;
  }

  async #generate(): Promise<StudioResult> {
    const { compose, options, place } = this;
    await compose.load();
    const requests = compose.requests();
    if (requests.length === 0 || !requests.every(isReady)) {
      const view = composeView(compose, {
        viewer: undefined,
        address: String,
        place: undefined,
        improve: { enabled: false },
      });
      const problem = view.forms.flatMap(({ problems }) => problems)[0];
      return {
        outcome: "failed",
        message: problem?.text ?? l10n.t("No vendor that Easel knows can do this now."),
      };
    }
    // What is sent is what was there when Generate was pressed, however long the question for a key takes.
    const given = compose.draft;
    const cleared = await clearToSend(options, requests);
    if (!cleared) return { outcome: "backedOut" };
    const batch = randomUUID();
    for (const each of cleared) {
      const used = inputsOf(each.draft).used;
      const staged = given.inputs.flatMap(({ input, staged: file }) =>
        file && used.some(({ source }) => source === input.source) ? [this.#uploads.stream(file)] : [],
      );
      const job = await startJob(options, each, place.take(), staged);
      this.#batches.set(job.id, batch);
      this.follow(job.id);
    }
    compose.sent(given);
    return {
      outcome: "done",
      message:
        cleared.length === 1
          ? l10n.t("Sent to {0}.", cleared[0]?.draft.offer.entry.name ?? "")
          : l10n.t("Sent to {0} models.", cleared.length),
    };
  }

  #jobChanged(id: string, job: Job | undefined): void {
    this.#thumbnails.follow(job).then((moved) => moved && this.gallery.changed(), this.options.onFault);
    if (!job) this.#mine.delete(id);
    if (!job || !this.#mine.has(id) || isRunning(job)) return;
    this.#mine.delete(id);
    if (this.isSeen()) this.#tell(job);
    else this.options.follow(id);
  }

  #tell(job: Job): void {
    const waiting = job.assets.filter(({ state }) => state === "waiting").length;
    if (waiting > 0) {
      const text =
        waiting === 1
          ? l10n.t("A result of {0} has come.", vendorName(job))
          : l10n.t("{0} results of {1} have come.", waiting, vendorName(job));
      const batch = this.#comparable(job);
      this.#noticed.fire({ severity: "info", text, ...(batch === undefined ? {} : { batch }) });
      return;
    }
    const failure = job.failures.at(-1)?.error as FailureRecord | undefined;
    if (!failure || job.state === "cancelled") return;
    const { title } = failureText(failure, { vendor: vendorName(job) });
    this.#noticed.fire({ severity: job.state === "unknown" ? "warning" : "error", text: title });
  }

  /** The batch of a job if all of it has ended and several of its models have brought something. */
  #comparable({ id }: Job): string | undefined {
    const batch = this.batchOf(id);
    if (batch === undefined) return undefined;
    const jobs = this.options.jobs.list().filter((job) => this.batchOf(job.id) === batch);
    const come = jobs.filter(({ assets }) => assets.some(({ state }) => state === "waiting"));
    return come.length > 1 && !jobs.some(isRunning) ? batch : undefined;
  }
}

/** Id of the built-in vendor's offer for a first try. */
export function placeholderOffer(compose: Compose): string | undefined {
  const offer = compose.offers("text-to-image").find(({ entry }) => entry.id === "placeholder");
  return offer && offerId(offer);
}
