import { l10n } from "vscode";
import type { NetFault } from "../net/types.ts";
import type { AnimoNextStep } from "../vendors/animo/errors.ts";
import type { ErrorReason, FailureRecord, Sent } from "../vendors/errors.ts";
import type { GatewayNextStep } from "../vendors/gateway/error-rules.ts";
import type { KlingNextStep } from "../vendors/kling/error-rules.ts";
import type { SeedreamNextStep } from "../vendors/seedream/error-rules.ts";
import type { VisualNextStep } from "../vendors/visual/error-rules.ts";
import { secretStoreText } from "./credentials.ts";
import { gatewayNextTexts } from "./gatewayErrors.ts";
import { sentence, sentences } from "./sentences.ts";
import { unlinked } from "./unlinked.ts";

/** Next steps that Easel's own parts call for, see `jobs`. */
type OwnNextStep =
  | "alreadySent"
  | "brokeOff"
  | "cannotLook"
  | "checkTaskId"
  | "deadline"
  | "download"
  | "enterCredentials"
  | "inputChanged"
  | "inputs"
  | "interrupted"
  | "nothingCame"
  | "secretStore"
  | "staleIntent"
  | "storage"
  | "truncated"
  | "wrongMedia";

/** A failure in words: what happened, why and what it means for the bill, what to do next; and what to quote to the vendor. */
export interface FailureText {
  title: string;
  detail: string;
  next: string;
  /** Shown small and to be copied: the vendor's code and request id. */
  facts: { label: string; value: string }[];
}

interface ReasonText {
  title(vendor: string): string;
  why(): string;
  next(): string;
}

/** What happened, where it is not what the reason says: no vendor has seen the key. */
const keyless: Readonly<Record<string, ((vendor: string) => string) | undefined>> = {
  enterCredentials: (vendor) => l10n.t("There is no key of {0}", vendor),
  secretStore: (vendor) => l10n.t("The key of {0} cannot be read", vendor),
};

const reasonTexts: Readonly<Record<ErrorReason, ReasonText>> = {
  credentials: {
    title: (vendor) => l10n.t("{0} did not accept the key", vendor),
    why: () => l10n.t("The key is wrong, switched off, or not allowed to do this."),
    next: () => l10n.t("Set the key again with “Easel: Set API Key…”, then try once more."),
  },
  balance: {
    title: (vendor) => l10n.t("{0} has no balance or quota left for this", vendor),
    why: () => l10n.t("The account cannot pay for this request as it stands."),
    next: () => l10n.t("Look at the balance and the plan in the vendor’s console, then try again."),
  },
  rateLimit: {
    title: (vendor) => l10n.t("{0} is taking no more requests for the moment", vendor),
    why: () => l10n.t("Too much was asked in too short a time, by this key or by everyone."),
    next: () => l10n.t("Wait a minute, then try again."),
  },
  policy: {
    title: (vendor) => l10n.t("{0} declined this under its content policy", vendor),
    why: () => l10n.t("Nothing is broken: the vendor’s content filter stopped the request or its result."),
    next: () => l10n.t("Change the prompt or the pictures. The same request would be declined again."),
  },
  invalid: {
    title: (vendor) => l10n.t("{0} cannot work with this request", vendor),
    why: () => l10n.t("A value or a file is not what the model takes."),
    next: () => l10n.t("Change what the message names, then try again."),
  },
  notFound: {
    title: (vendor) => l10n.t("{0} does not have what was asked for", vendor),
    why: () => l10n.t("The model, the endpoint or the task is unknown there, or not open to this key."),
    next: () =>
      l10n.t("Choose another model, or look in the vendor’s console whether this one is open to you."),
  },
  expired: {
    title: (vendor) => l10n.t("The result is no longer at {0}", vendor),
    why: () => l10n.t("Results are kept there for a limited time only."),
    next: () => l10n.t("It has to be made again, which is billed again."),
  },
  unavailable: {
    title: (vendor) => l10n.t("{0} could not do it this time", vendor),
    why: () => l10n.t("The service or the way to it failed."),
    next: () => l10n.t("Try again in a little while."),
  },
  ambiguous: {
    title: (vendor) => l10n.t("It is not known whether {0} made this", vendor),
    why: () => l10n.t("The request went out, but no clear answer came back."),
    next: () =>
      l10n.t("Look at the usage in the vendor’s console before you try again: trying again may pay twice."),
  },
  protocol: {
    title: (vendor) => l10n.t("{0} answered in a way Easel cannot read", vendor),
    why: () =>
      l10n.t(
        "The answer was not what the vendor documents; a gateway or a proxy in between may have changed it.",
      ),
    next: () =>
      l10n.t(
        "Check the address in the settings. If it is right, look at the vendor’s console before you try again.",
      ),
  },
};

const sentTexts: Readonly<Record<Sent, () => string>> = {
  no: () => l10n.t("The request did not leave this machine; nothing is billed."),
  refused: () => l10n.t("Nothing was made, and nothing is billed."),
  unknown: () => l10n.t("It may have been made and billed."),
};

const faultTexts: Readonly<Partial<Record<NetFault, () => string>>> = {
  refused: () => l10n.t("Nobody answers at the vendor’s address."),
  dns: () => l10n.t("The name in the vendor’s address cannot be found."),
  tls: () => l10n.t("No secure connection could be made: the certificate was not accepted."),
  proxy: () => l10n.t("The proxy did not let the request through."),
  reset: () => l10n.t("The connection broke."),
  timeout: () => l10n.t("No answer came in time."),
  aborted: () => l10n.t("It was stopped before an answer came."),
  tooLarge: () => l10n.t("The answer was larger than anything Easel expects."),
  truncated: () => l10n.t("The answer broke off in the middle."),
  redirect: () => l10n.t("The address led somewhere else."),
  insecure: () => l10n.t("The address is not encrypted, so Easel does not use it."),
  private: () => l10n.t("The result’s link led into a private network, so Easel did not follow it."),
  linkDead: () => l10n.t("The result’s link no longer works."),
  wrongType: () => l10n.t("What came was a page or a document, not media."),
  offline: () => l10n.t("This machine is not connected."),
};

const nextTexts: Readonly<
  Record<
    AnimoNextStep | GatewayNextStep | KlingNextStep | OwnNextStep | SeedreamNextStep | VisualNextStep,
    () => string
  >
> = {
  realPerson: () => l10n.t("Use a picture without the face of a real person."),
  copyright: () =>
    l10n.t("Leave out protected characters, brands and real people, in the prompt and in the pictures."),
  changePrompt: () => l10n.t("Say it in other words. The same prompt would be declined again."),
  changeInput: () => l10n.t("Use another picture. The same one would be declined again."),
  changePromptOrAgain: () =>
    l10n.t("What was drawn did not pass the filter. Change the prompt, or ask again for another result."),
  moderationDown: () => l10n.t("The vendor’s content filter itself failed. Try again in a little while."),
  checkLink: () =>
    l10n.t(
      "The vendor could not fetch a picture from its link. Check that the link is public, or use the file itself.",
    ),
  reportField: () =>
    l10n.t("This model or endpoint does not take one of the options. Set it back to its default."),
  badPicture: () => l10n.t("The vendor could not read a picture. Save it again as PNG or JPEG."),
  endpointStopped: () =>
    l10n.t("The inference endpoint is stopped. Start it in the vendor’s console, or use the model itself."),
  subscription: () =>
    l10n.t("Renew the plan in the vendor’s console, or use a key that is not bound to a plan."),
  soundDeclined: () => l10n.t("Turn the sound off, or change what is to be heard, and ask again."),
  taskType: () =>
    l10n.t(
      "The model took this for another kind of task. Say plainly what to make; leave out words such as add, remove or replace unless a clip is to be edited.",
    ),
  taskGone: () =>
    l10n.t(
      "The vendor no longer has this task: it keeps them for seven days. What was made cannot be fetched.",
    ),
  taskCancelled: () => l10n.t("The task was cancelled while it waited. Ask again if you still want it."),
  taskExpired: () =>
    l10n.t(
      "The task waited longer than its time limit. Ask again, with a longer limit if the queue is long.",
    ),
  checkKey: () =>
    l10n.t(
      "Check that the key belongs to this address (region and plan), then set it with “Easel: Set API Key…”.",
    ),
  checkPermission: () =>
    l10n.t("Check the key’s permissions and its list of allowed IP addresses in the vendor’s console."),
  topUp: () => l10n.t("Top up the account in the vendor’s console, then try again."),
  activateModel: () => l10n.t("Activate the model in the vendor’s console, then try again."),
  useEndpoint: () =>
    l10n.t(
      "This account needs an inference endpoint: create one in the vendor’s console and enter its ep-… id in the setting {0}.",
      "easel.seedream.endpoints",
    ),
  checkModel: () =>
    l10n.t(
      "The model is unknown at this address, retired, or not open to this key. Choose another model or check the endpoint id.",
    ),
  planModel: () => l10n.t("The plan does not include this model. Choose another one."),
  smallerInputs: () => l10n.t("Use fewer or smaller pictures."),
  freeTrialOver: () => l10n.t("The free trial is used up. Activate paid use in the vendor’s console."),
  quotaReset: () =>
    l10n.t(
      "The plan’s quota is used up. Wait until it starts anew, at the time the message names, or change the plan.",
    ),
  ownLimit: () => l10n.t("A spending limit of your own was reached. Raise it in the vendor’s console."),
  deadline: () =>
    l10n.t("It took longer than this model ever should. Look at the vendor’s console before you try again."),
  download: () =>
    l10n.t("The result was made but could not be fetched. Easel tries again while its link lives."),
  wrongMedia: () =>
    l10n.t(
      "What came back is not a file of the kind that was asked for, so it was not kept. Ask again, or tell the vendor.",
    ),
  truncated: () =>
    l10n.t("The file that came back is cut off, so it was not kept. Ask again, or tell the vendor."),
  interrupted: () =>
    l10n.t(
      "The result came inside the answer, and Easel was stopped before it was stored. It cannot be fetched again.",
    ),
  checkTaskId: () =>
    l10n.t("The vendor knows no such task under this key. Check the id, and what was asked for."),
  alreadySent: () =>
    l10n.t(
      "This request was sent once already and is not sent twice. Look at the vendor’s console before you ask again.",
    ),
  brokeOff: () =>
    l10n.t(
      "The answer ended too early. Look at the vendor’s console before you try again: trying again may pay twice.",
    ),
  enterCredentials: () =>
    l10n.t("There is no key for this address. Set one with “Easel: Set API Key…”, then try again."),
  secretStore: () => secretStoreText("read"),
  inputChanged: () =>
    l10n.t("An input file changed or went away after you asked. Ask again with the file as it is now."),
  inputs: () => l10n.t("An input file cannot be read. Check that it is still there, then ask again."),
  nothingCame: () =>
    l10n.t("The vendor said it was done but gave no result. Look at its console for what was billed."),
  staleIntent: () =>
    l10n.t("Easel was closed before it was sent, and that is long ago. Send it again if you still want it."),
  cannotLook: () => l10n.t("This vendor cannot be asked about a task again. Look at its console."),
  storage: () =>
    l10n.t(
      "The result could not be written. Make room on the disk that holds Easel’s storage, then try again.",
    ),
  accountAbnormal: () =>
    l10n.t("The vendor has stopped the account. Look at its console or ask its support."),
  clockSkew: () =>
    l10n.t("This machine’s clock and the vendor’s differ too much. Set the clock right, then try again."),
  klingKeyKind: () =>
    l10n.t(
      "This needs the single API key, not access key and secret key. Create one in the vendor’s console and set it with “Easel: Set API Key…”.",
    ),
  needsVendorId: () =>
    l10n.t(
      "This takes only the vendor’s own id of an earlier result, or a link. Use a result made there, or paste its id.",
    ),
  packUsedUp: () =>
    l10n.t(
      "The resource pack is used up or has expired. Buy another in the vendor’s console, then try again.",
    ),
  parallelLimit: () =>
    l10n.t("As many tasks run as the resource pack allows. Wait until one is done, then try again."),
  unknownElement: () =>
    l10n.t(
      "There is no element of that name in the vendor’s library. Correct the name; for a plain @ write @@.",
    ),
  unknownVoice: () =>
    l10n.t("There is no voice of that name in the vendor’s library. Correct the name or use its id."),
  tooManyElements: () => l10n.t("The prompt names more elements than this model takes. Leave some out."),
  changeClip: () => l10n.t("Use another video or sound. The same one would be declined again."),
  filesOrLinks: () =>
    l10n.t("Give all pictures as files or all as links: this vendor does not take some of each."),
  newSessionToken: () =>
    l10n.t(
      "The session token is wrong or over. Get new temporary keys and set them with “Easel: Set API Key…”.",
    ),
  noFaceSeen: () => l10n.t("No face was found in the picture. Use one in which a face is clearly seen."),
  noSubjectSeen: () =>
    l10n.t("The vendor found fewer people in the picture. Choose a smaller number, or 0 for its own choice."),
  productClosed: () =>
    l10n.t(
      "Open this product for the account in the vendor’s console, or let the key use it, then try again.",
    ),
  slotsUsed: () => l10n.t("As many tasks run as the account allows. Wait until one is done, then try again."),
  visualTaskGone: () =>
    l10n.t(
      "The vendor no longer has this task: it keeps them for 12 hours. What was made cannot be fetched.",
    ),
  noFace: () => l10n.t("No face was found in the video. Use one in which a face is clearly seen."),
  animoEndpoint: () => l10n.t("Check the endpoint URL: set it with the key, by “Easel: Set API Key…”."),
  animoNotVideo: () =>
    l10n.t(
      "The endpoint has to answer with an MP4 file, and this is none. Check that the endpoint URL is the one for videos.",
    ),
  animoJob: () =>
    l10n.t(
      "The endpoint answered with a job id, as the product’s own API does, but cannot be asked about that job. Look at its console.",
    ),
  shorterPrompt: () => l10n.t("The prompt is too long for it. Make it shorter."),
  ...gatewayNextTexts,
};

/** A failure as the ledger has it: a reason that a newer Easel wrote may be unknown here. */
type KeptFailure = { [K in keyof Omit<FailureRecord, "reason" | "sent">]?: FailureRecord[K] | undefined } & {
  reason: string;
  sent: Sent;
};

/** A failure in words. `vendor` is the vendor's name. */
export function failureText(failure: KeptFailure, { vendor }: { vendor: string }): FailureText {
  const reasons: Readonly<Record<string, ReasonText | undefined>> = reasonTexts;
  const reason = reasons[failure.reason] ?? reasonTexts.protocol;
  const steps: Readonly<Record<string, (() => string) | undefined>> = nextTexts;
  const withoutKey = keyless[failure.next ?? ""];
  const detail = [
    withoutKey
      ? undefined
      : failure.vendorMessage === undefined || failure.reason === "policy"
        ? whyText(failure, reason)
        : undefined,
    failure.vendorMessage === undefined
      ? undefined
      : l10n.t("{0} says: {1}", vendor, unlinked(failure.vendorMessage)),
    failure.field && !failure.vendorMessage?.includes(failure.field)
      ? l10n.t("It names the field “{0}”.", unlinked(failure.field))
      : undefined,
    failure.route ? l10n.t("The address has no route “{0}”.", failure.route) : undefined,
    sentTexts[failure.sent](),
  ];
  return {
    title: (withoutKey ?? reason.title)(vendor),
    detail: sentences(...detail),
    next: (failure.next === undefined ? undefined : steps[failure.next]?.()) ?? reason.next(),
    facts: factsOf(failure),
  };
}

function whyText(failure: KeptFailure, reason: ReasonText): string {
  const faults: Readonly<Record<string, (() => string) | undefined>> = faultTexts;
  return faults[failure.code ?? ""]?.() ?? reason.why();
}

function factsOf({ status, code, requestId }: KeptFailure): FailureText["facts"] {
  const facts: FailureText["facts"] = [];
  if (code) facts.push({ label: l10n.t("Code"), value: status ? `${code} (HTTP ${status})` : code });
  else if (status) facts.push({ label: l10n.t("Code"), value: `HTTP ${status}` });
  if (requestId) facts.push({ label: l10n.t("Request ID"), value: requestId });
  return facts;
}

/** A failure as sentences one after the other: what happened, why, and what to do. */
export function failureSentences(failure: FailureRecord, vendor: string): string {
  const { title, detail, next } = failureText(failure, { vendor });
  return sentences(sentence(title), detail, next);
}
