import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { probeFile } from "./assets/probe.ts";
import { probeText } from "./assets/text.ts";
import { runCommand } from "./commands/index.ts";
import type { CommandId } from "./contributions.ts";
import { openInput } from "./inputs.ts";
import { faultLine } from "./jobs/failures.ts";
import { createJobs } from "./jobs/jobs.ts";
import { OperationMirror } from "./jobs/mirror.ts";
import type { Jobs } from "./jobs/types.ts";
import { realClock } from "./net/clock.ts";
import { createNet } from "./net/net.ts";
import { addressProblem, originOf } from "./net/typedAddress.ts";
import type { Clock } from "./net/types.ts";
import { AnchorTracker } from "./placement/anchor.ts";
import { PlacedList } from "./placement/placedList.ts";
import { Placer } from "./placement/placer.ts";
import { PlacedRecords } from "./placement/records.ts";
import { type CredentialValues, credentialsOf } from "./secrets/credentials.ts";
import { jobKeys } from "./secrets/jobKeys.ts";
import { Keyring, type VendorAddress } from "./secrets/keyring.ts";
import { addressesInSettings, keepWaitingMs, network, writesRecipes } from "./settings.ts";
import { ReviewPanels } from "./studio/review.ts";
import { ReviewService } from "./studio/reviewService.ts";
import { StudioPanels } from "./studio/studioPanels.ts";
import { StudioService } from "./studio/studioService.ts";
import { describePicture, languageFor } from "./ui/altText.ts";
import { type AsideRun, callAside } from "./ui/aside.ts";
import { Choices } from "./ui/choices.ts";
import { JobFacts } from "./ui/jobFacts.ts";
import type { JobNode } from "./ui/jobNodes.ts";
import { JobsTree, type JobsView } from "./ui/jobsTree.ts";
import type { LastEditor } from "./ui/lastEditor.ts";
import { Outcomes } from "./ui/outcomes.ts";
import { ReadOnlyTexts } from "./ui/readOnly.ts";
import { StatusBar } from "./ui/statusBar.ts";
import { showAnswer } from "./ui/vendorAnswer.ts";
import { followWalkthrough } from "./ui/walkthroughSteps.ts";
import { type VendorEntry, vendorEntries, vendorEntry } from "./vendors/catalog.ts";
import type { Vendor, Verification } from "./vendors/contract.ts";
import { verifyCredentials } from "./vendors/verify.ts";

/** What commands work with. */
export interface Services {
  extensionUri: vscode.Uri;
  /** Folder of its own that Easel keeps things in. */
  storage: vscode.Uri;
  log: vscode.LogOutputChannel;
  clock: Clock;
  keyring: Keyring;
  choices: Choices;
  jobs: Jobs;
  anchors: AnchorTracker;
  review: ReviewPanels;
  facts: JobFacts;
  texts: ReadOnlyTexts;
  /** Throws a `TypeError` for a vendor that this version does not have. */
  loadVendor(id: string): Promise<Vendor>;
  /** Shows a job's progress and then what came of it. */
  follow(jobId: string): void;
  /** Cancels a job and says what that came to. Throws `JobsError`. */
  cancel(jobId: string): Promise<void>;
  /** A free look at credentials. Undefined if cancelled. */
  verify(
    entry: VendorEntry,
    address: VendorAddress,
    values: CredentialValues,
    token: vscode.CancellationToken,
  ): Promise<Verification | undefined>;
  /** Calls beside the jobs, on a user's act; see `callAside`. */
  aside<T>(entry: VendorEntry, signal: AbortSignal, run: AsideRun<T>): Promise<T | undefined>;
  studio: StudioPanels;
  placer: Placer;
  /** Forgets the thumbnails of what was placed. */
  forgetThumbnails(): Promise<void>;
  onFault(error: unknown): void;
}

/** Easel, loaded. */
export interface App {
  run(command: CommandId, args: readonly unknown[]): Promise<void>;
  restoreReview(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  restoreStudio(panel: vscode.WebviewPanel): void;
  /** Fills the Studio's view in the side bar. */
  resolveStudio(view: vscode.WebviewView): void;
  /** Rows of the jobs view. */
  jobsTree: Pick<vscode.TreeDataProvider<JobNode>, "getChildren" | "getTreeItem">;
  /** Lets go of the jobs, so that another window can take them over at once. */
  dispose(): Promise<void>;
}

/** Builds every service once, in order, and carries on with the jobs that are still open. */
export async function createApp(
  context: vscode.ExtensionContext,
  jobsView: JobsView,
  lastEditor: LastEditor,
): Promise<App> {
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(vscode.window.createOutputChannel("Easel", { log: true }));
  const onFault = (error: unknown) => log.error(faultLine(error));

  const keyring = new Keyring(credentialsOf(context));
  const choices = new Choices(context.globalState);

  /** Plain HTTP is allowed only to the very address the user typed in, and only if that is this machine. */
  const isTypedAddress = (origin: string) =>
    keyring.isSecretOrigin(origin) ||
    vendorEntries
      .flatMap(({ id }) => addressesInSettings(id))
      .some(({ url }) => addressProblem(url) === undefined && originOf(url) === origin);
  const net = createNet({ settings: network(), allowInsecure: isTypedAddress });
  own({ dispose: () => net.close() });
  own(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("http") || change.affectsConfiguration("easel.network")) {
        net.configure(network());
      }
    }),
  );

  const loadVendor = async (id: string) => {
    const entry = vendorEntry(id);
    if (!entry) throw new TypeError(`no vendor ${id}`);
    return entry.load();
  };
  const records = new PlacedRecords(context.workspaceState);
  const placed = new PlacedList(context.storageUri && join(context.storageUri.fsPath, "placed.jsonl"));
  const ledger = join(context.globalStorageUri.fsPath, "jobs");
  const isNewLedger = !existsSync(ledger);
  const jobs = createJobs({
    root: ledger,
    clock: realClock,
    net,
    loadVendor,
    ...jobKeys(keyring),
    openInput: (ref, _job, path) => openInput(ref, path),
    probe: (path, expected) => (expected === "text" ? probeText(path) : probeFile(path)),
    isStillPlaced: ({ uri }, asset) => records.isStillThere(uri, asset.sha256),
    keepWaitingMs,
    log: ({ job, vendor, status, requestId, fault }) =>
      log.info([job, vendor, status, requestId, fault].filter(Boolean).join(" ")),
  });

  const mirror = own(new OperationMirror({ jobs, store: context.globalState, onFault }));
  const anchors = own(
    new AnchorTracker({
      onDidChange: (id, anchor) => {
        if (jobs.get(id)?.closed === undefined) jobs.setAnchor(id, anchor).catch(onFault);
      },
    }),
  );
  const placer = own(new Placer({ jobs, anchors, records, placed, writesRecipes, onFault }));
  const outcomes = own(new Outcomes({ jobs, open: (id) => review.open(id), onFault }));
  const service = own(
    new ReviewService({
      jobs,
      placer,
      loadVendor: (job) => loadVendor(job.request.vendor),
      follow: (id) => outcomes.follow(id),
      cancel: (id) => outcomes.cancel(id),
      describe: (picture, around) => describePicture(services, picture, languageFor(around)),
      showAnswer: (job) => showAnswer(texts, job),
      onFault,
    }),
  );
  const review = own(new ReviewPanels({ extensionUri: context.extensionUri, delegate: service, onFault }));
  const facts = own(new JobFacts({ jobs, loadVendor }));
  const texts = own(new ReadOnlyTexts());
  const jobsTree = own(new JobsTree({ ...jobsView, jobs, clock: realClock, loadVendor }));
  const statusBar = own(new StatusBar());
  own(followWalkthrough(jobs));
  own(
    jobs.onDidChange((id, job) => {
      if (!job) anchors.forget(id);
      // A closed job keeps its place in memory: an undo can open it again.
      else if (job.closed === undefined && job.anchor) anchors.restore(id, job.anchor);
      statusBar.update(jobs.list());
    }),
  );

  const verify: Services["verify"] = async (entry, address, values, token) => {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      const { signal } = stop;
      return await verifyCredentials({
        entry,
        ...address,
        credentials: values,
        net,
        clock: realClock,
        signal,
      });
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  };
  const aside: Services["aside"] = (entry, signal, run) =>
    callAside({ keyring, net, clock: realClock }, entry, signal, run);
  const studioService = own(
    new StudioService({
      storage: context.globalStorageUri.fsPath,
      extensionUri: context.extensionUri,
      extensionId: context.extension.id,
      clock: realClock,
      jobs,
      anchors,
      keyring,
      choices,
      placed,
      review: service,
      lastEditor,
      verify,
      aside,
      follow: (id) => outcomes.follow(id),
      onFault,
    }),
  );
  own(context.secrets.onDidChange(() => void studioService.settingsChanged().catch(onFault)));
  const studio = own(
    new StudioPanels({
      extensionUri: context.extensionUri,
      service: studioService,
      results: vscode.Uri.file(ledger),
    }),
  );

  const services: Services = {
    extensionUri: context.extensionUri,
    storage: context.globalStorageUri,
    log,
    clock: realClock,
    keyring,
    choices,
    jobs,
    anchors,
    review,
    facts,
    texts,
    loadVendor,
    follow: (id) => outcomes.follow(id),
    cancel: (id) => outcomes.cancel(id),
    verify,
    aside,
    studio,
    placer,
    forgetThumbnails: () => studioService.forgetThumbnails(),
    onFault,
  };

  await jobs.resume();
  await mirror.restore(isNewLedger);
  await placer.restore();
  outcomes.followOpen();
  statusBar.update(jobs.list());
  return {
    run: (command, args) => runCommand(services, command, args),
    restoreReview: async (panel, state) => review.restore(panel, state),
    restoreStudio: (panel) => studio.restore(panel),
    resolveStudio: (view) => studio.resolve(view),
    jobsTree,
    dispose: () => jobs.dispose(),
  };
}
