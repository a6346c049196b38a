import * as vscode from "vscode";
import { reviewStrings } from "../text/review.ts";
import { RequestError } from "./ipc.ts";
import { OnceGuard } from "./once.ts";
import type { ActionResult, Draft, Preview, ReviewAction, ReviewProtocol, ReviewView } from "./protocol.ts";
import type { ReviewDelegate } from "./reviewDelegate.ts";

/** The page a sheet is on: turns addresses of files into ones it may load, and takes what is told. */
export interface ReviewPage {
  address(uri: vscode.Uri): string;
  notify(params: ReviewProtocol["notifications"]["view"]): void;
  /** Shows what comes of a job sent from the sheet, where the page does that itself. */
  follow?(jobId: string): void;
}

/** One job in one sheet, in a panel of its own or inside the Studio: what is shown, and each gesture done once. */
export class ReviewSession {
  readonly jobId: string;
  readonly #delegate: ReviewDelegate;
  readonly #page: ReviewPage;
  readonly #once = new OnceGuard();
  #assetId: string | undefined;

  constructor(jobId: string, assetId: string | undefined, delegate: ReviewDelegate, page: ReviewPage) {
    this.jobId = jobId;
    this.#assetId = assetId;
    this.#delegate = delegate;
    this.#page = page;
  }

  /** The job as it stands now; undefined if it is gone. */
  look(): ReviewView | undefined {
    const view = this.#delegate.view(this.jobId);
    this.#once.observe(view?.assets ?? []);
    return view;
  }

  /** Another asset is to be chosen with the next {@link show}. */
  select(assetId: string | undefined): void {
    this.#assetId = assetId;
  }

  /** Sends the job as it stands now. */
  show(): void {
    const view = this.look();
    this.#page.notify({
      jobId: this.jobId,
      strings: reviewStrings(),
      ...(view && { view: this.#withAddresses(view) }),
      ...(this.#assetId !== undefined && { select: this.#assetId }),
    });
    // Told once: from then on the choice is the user's.
    if (view) this.#assetId = undefined;
  }

  note(draft: Draft): void {
    this.#delegate.noteDraft(this.jobId, draft);
  }

  preview(draft: Draft): Promise<Preview> {
    this.#refuseIfGone();
    return this.#delegate.preview(this.jobId, draft);
  }

  act(actionId: string, action: ReviewAction): Promise<ActionResult> {
    this.#refuseIfGone();
    return this.#once.run(actionId, action, () => this.#delegate.act(this.jobId, action, this.#page.follow));
  }

  /** The job may have ended elsewhere while the page still showed it. */
  #refuseIfGone(): void {
    if (this.#delegate.view(this.jobId)) return;
    this.show();
    throw new RequestError("gone", reviewStrings().gone);
  }

  #withAddresses(view: ReviewView): ReviewView {
    const assets = view.assets.map((asset) => ({
      ...asset,
      src: this.#page.address(vscode.Uri.parse(asset.src, true)),
    }));
    return { ...view, assets };
  }
}
