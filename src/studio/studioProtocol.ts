import type { OperationId } from "../model/operations.ts";
import type { OptionValues } from "../model/options.ts";
import type { InputRole } from "../model/request.ts";
import type {
  ActionResult,
  Draft,
  Preview,
  Protocol,
  ReviewAction,
  ReviewStrings,
  ReviewView,
} from "./protocol.ts";
import type { StudioStrings } from "./studioStrings.ts";
import type {
  ComposeView,
  DetailView,
  FrameUse,
  GalleryPage,
  GalleryQuery,
  GallerySummary,
  ImproveView,
  RunningView,
  SetupView,
} from "./studioViews.ts";

/** Largest upload, in bytes. What is larger is refused by the webview with words and by the host anyway. */
export const maxUploadBytes = 32 * 1024 * 1024;
/** Largest thumbnail: longest side in pixels, and bytes. */
export const maxThumbnailSide = 512;
export const maxThumbnailBytes = 256 * 1024;
/** Most models at once for one prompt. */
export const maxChosen = 6;
/** What a page that has kept nothing asks the gallery for first. */
export const firstQuery: GalleryQuery = { sort: "newest" };
/** Items that a page asks for at once. */
export const pageSize = 100;
/** Most items of one gallery page. */
export const maxPage = 200;

/** What an upload is for. `role` absent: the first slot that takes it. `item` names a gallery item, `hash` its content. */
export type UploadPurpose =
  | { kind: "input"; name: string; role?: InputRole }
  | { kind: "thumbnail"; hash: string }
  | { kind: "frame"; item: string; use: FrameUse; seconds: number };

/** `src`: where the thumbnail can be loaded from now on. */
export type UploadResult =
  | { outcome: "done"; message?: string; src?: string }
  | { outcome: "failed"; message: string };

/** What the user does with items. Those without "one" take several. Insert, Save Only and the like of a waiting item are the sheet's. */
export type ItemAction =
  /** To Compose; `role` absent: the first slot that takes it. */
  | { kind: "useAsReference"; role?: InputRole }
  /** One. Fills Compose with its request; the present draft goes to the history. `sameSeed` locks its seed too. */
  | { kind: "editAgain" | "sameSeed" }
  /** One. */
  | { kind: "copyPrompt" | "copyMarkup" | "copyPath" | "reveal" | "openOutside" }
  | { kind: "discard" | "undoDiscard" }
  /** One that has landed: a link to it where the cursor is; the revision is the one of the preview that was seen. */
  | { kind: "insertLink"; alt: string; revision: string }
  /** One that waits: from now on its markup goes where the cursor is. */
  | { kind: "moveAnchor" };

/** `undo`: the same items can be brought back with `undoDiscard`. `stale`: nothing was done; here is the present preview. */
export type StudioResult =
  | { outcome: "done"; message?: string; undo?: boolean }
  | { outcome: "backedOut" }
  | { outcome: "stale"; preview: Preview; message: string }
  | { outcome: "failed"; message: string };

/** Settings that the Studio opens in the editor's own settings page. */
export type SettingId = "outputFolder" | "recipes" | "all";

/**
 * The Studio's messages. The host sends `strings`, `compose`, `running`, `gallery` and `setup` after `ready`, and each again
 * whenever it changes. One wire serves the sheet too: `review…` messages are those of `ReviewProtocol` with the job named.
 */
export interface StudioProtocol extends Protocol {
  commands: {
    /** The page is there (again): everything is sent anew. */
    ready: Record<string, never>;

    setOperation: { operation: OperationId };
    /** Ids of models, in order; at least one. */
    setOffers: { offers: string[] };
    /** Without `value`: back to the default. Other chosen models that have the option and take the value follow. */
    setOption: { offer: string; key: string; value?: OptionValues[string] };
    resetOptions: { offer: string };
    /** Addresses of a drop from the Explorer (`text/uri-list`, Shift held). */
    addFiles: { uris: string[]; role?: InputRole };
    /** Asks where an input comes from: dialog, list of files, or link. */
    browse: { role: InputRole };
    /** To a slot, before its `index`-th input. */
    moveInput: { input: string; role: InputRole; index: number };
    removeInput: { input: string };
    /** An entry of the history takes the draft's place; a draft with anything in it goes to the history. */
    restore: { id: string };
    clear: Record<string, never>;

    improve: Record<string, never>;
    /** Takes the improved prompt (which the user may have changed); or stops and forgets it. */
    improveUse: { text: string };
    improveDrop: Record<string, never>;

    /** What the gallery is searched for, to be told again when the page was hidden or moved: it is in the host's memory only. */
    keepSearch: { text: string };

    /** Begins to show a job in the sheet; `reviewView` follows now and with each change. Another call changes the job. */
    reviewOpen: { jobId: string; assetId?: string };
    reviewClose: Record<string, never>;
    reviewDraft: { jobId: string; draft: Draft };

    copy: { text: string };
    setKey: { vendor: string };
    testKey: { vendor: string };
    removeKey: { vendor: string };
    openSetting: { setting: SettingId };
    openPrivacy: Record<string, never>;
    openWalkthrough: Record<string, never>;
    manageTrust: Record<string, never>;
    /** Asks first, in the editor's own dialog. */
    forgetPlaced: Record<string, never>;
    /** Placeholder and a sentence in Compose, ready to be sent. */
    tryPlaceholder: Record<string, never>;
    /** The same content as an editor panel (from the side bar). */
    openPanel: Record<string, never>;
  };
  requests: {
    /** Answered when the draft has it: what was said of the draft before does not know it yet. */
    setPrompt: { params: { text: string }; result: Record<string, never> };
    /** Sends the draft to every chosen model, once for one `actionId`. `message` says what came of it. */
    generate: { params: { actionId: string }; result: StudioResult };
    /** At most `maxPage` items. */
    gallery: { params: { query: GalleryQuery; offset: number; limit: number }; result: GalleryPage };
    /** Ids of items `from` up to and without `to` of a query, for ranges and Select All. */
    galleryIds: { params: { query: GalleryQuery; from: number; to: number }; result: string[] };
    /** Where an item stands in a query; -1 if it is not in it. */
    galleryIndex: { params: { query: GalleryQuery; item: string }; result: number };
    /** `gone` if there is no such item. */
    detail: { params: { item: string }; result: DetailView };
    /** What `insertLink` would insert and where. */
    linkPreview: { params: { item: string; alt: string }; result: Preview };
    act: { params: { actionId: string; items: string[]; action: ItemAction }; result: StudioResult };
    /** The only way for bytes out of the webview. `bytes` at most `maxUploadBytes`. */
    upload: { params: { purpose: UploadPurpose; bytes: ArrayBuffer }; result: UploadResult };

    reviewPreview: { params: { jobId: string; draft: Draft }; result: Preview };
    /** Also for cards of running jobs: `cancel`, `again` and `step`. */
    reviewAct: { params: { jobId: string; actionId: string; action: ReviewAction }; result: ActionResult };
  };
  notifications: {
    /** `place`: which of the two it is. `search`: see `keepSearch`. */
    strings: {
      strings: StudioStrings;
      review: ReviewStrings;
      place: "panel" | "sidebar";
      search?: string;
    };
    compose: ComposeView;
    improve: ImproveView;
    running: { jobs: readonly RunningView[] };
    gallery: GallerySummary;
    /** Told with the document: what the page will ask for first. */
    firstPage: { query: GalleryQuery; page: GalleryPage };
    setup: SetupView;
    /** Something to say and to announce; `undo` offers to take the discard of these items back, `batch` to compare its results. */
    notice: {
      severity: "info" | "warning" | "error";
      text: string;
      undo?: readonly string[];
      batch?: string;
    };
    /** Something the user should look at now; `item` of the gallery. `focus`: put the focus there. */
    show: { section: StudioSection; item?: string; focus?: boolean };
    /** As in `ReviewProtocol`. */
    reviewView: { jobId: string; strings: ReviewStrings; view?: ReviewView; select?: string };
  };
}

export type StudioSection = "compose" | "gallery" | "setup";

/** What the webview keeps with `setState` over a reload: no words of the user's, so neither prompt nor search text. */
export interface StudioState {
  section?: StudioSection;
  item?: string;
  sort?: GalleryQuery["sort"];
  where?: GalleryQuery["where"];
  from?: number;
  to?: number;
  /** First item shown. */
  offset?: number;
}
