import { join } from "node:path";
import * as vscode from "vscode";
import { probeFile } from "./assets/probe.ts";
import { runCommand } from "./commands/index.ts";
import type { CommandId } from "./contributions.ts";
import { openInput } from "./inputs.ts";
import { createJobs } from "./jobs/jobs.ts";
import type { Jobs } from "./jobs/types.ts";
import { realClock } from "./net/clock.ts";
import { createNet } from "./net/net.ts";
import type { Clock } from "./net/types.ts";
import { AnchorTracker } from "./placement/anchor.ts";
import { PlacedRecords } from "./placement/records.ts";
import { type CredentialValues, Credentials } from "./secrets/credentials.ts";
import { baseUrl, isLoopback, network } from "./settings.ts";
import { ReviewPanels } from "./studio/review.ts";
import { createReviewDelegate } from "./studio/reviewModel.ts";
import { Choices } from "./ui/choices.ts";
import { Outcomes } from "./ui/outcomes.ts";
import { StatusBar } from "./ui/statusBar.ts";
import { vendorEntries, vendorEntry, type VendorEntry } from "./vendors/catalog.ts";
import type { Verification } from "./vendors/contract.ts";
import { verifyCredentials } from "./vendors/verify.ts";

/** What commands work with. */
export interface Services {
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  clock: Clock;
  credentials: Credentials;
  choices: Choices;
  jobs: Jobs;
  anchors: AnchorTracker;
  review: ReviewPanels;
  /** Shows a job's progress and then what came of it. */
  follow(jobId: string): void;
  /** A free look at credentials. Undefined if cancelled. */
  verify(
    entry: VendorEntry,
    url: string,
    values: CredentialValues,
    token: vscode.CancellationToken,
  ): Promise<Verification | undefined>;
  onFault(error: unknown): void;
}

/** Easel, loaded. */
export interface App {
  run(command: CommandId, args: readonly unknown[]): Promise<void>;
  restoreReview(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Builds every service once, in order, and carries on with the jobs that are still open. */
export async function createApp(context: vscode.ExtensionContext): Promise<App> {
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(vscode.window.createOutputChannel("Easel", { log: true }));
  const onFault = (error: unknown) => log.error(faultText(error));

  const credentials = new Credentials(context.secrets);
  const choices = new Choices(context.globalState);

  const net = createNet({ settings: netSettings(), allowInsecure: isOwnLocalAddress });
  own({ dispose: () => net.close() });
  own(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("http") || change.affectsConfiguration("easel.network")) {
        net.configure(netSettings());
      }
    }),
  );

  const placed = new PlacedRecords(context.workspaceState);
  const jobs = own(
    createJobs({
      root: join(context.globalStorageUri.fsPath, "jobs"),
      clock: realClock,
      net,
      loadVendor,
      credentials: async (vendor, url) => (vendorEntry(vendor)?.credentials.length ? credentials.get(vendor, url) : {}),
      openInput: (ref, _job, path) => openInput(ref, path),
      probe: probeFile,
      isStillPlaced: ({ uri }, asset) => placed.isStillThere(uri, asset.sha256),
      log: ({ job, vendor, status, requestId, fault }) =>
        log.info([job, vendor, status, requestId, fault].filter(Boolean).join(" ")),
    }),
  );

  const anchors = own(new AnchorTracker({ onDidChange: (id, anchor) => void jobs.setAnchor(id, anchor) }));
  const delegate = own(createReviewDelegate({ jobs, anchors, placed, onFault }));
  const review = own(new ReviewPanels({ extensionUri: context.extensionUri, delegate, onFault }));
  const outcomes = own(new Outcomes({ jobs, review, onFault }));
  const statusBar = own(new StatusBar());
  own(jobs.onDidChange(() => statusBar.update(jobs.list())));

  const services: Services = {
    extensionUri: context.extensionUri,
    log,
    clock: realClock,
    credentials,
    choices,
    jobs,
    anchors,
    review,
    follow: (id) => outcomes.follow(id),
    verify: (entry, url, values, token) => verifyCredentials(entry, url, values, net, token),
    onFault,
  };

  await jobs.resume();
  outcomes.followOpen();
  statusBar.update(jobs.list());
  return {
    run: (command, args) => runCommand(services, command, args),
    restoreReview: (panel, state) => review.restore(panel, state),
  };
}
