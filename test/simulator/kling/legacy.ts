import type { Route } from "../vendor.ts";
import type { Account } from "./account.ts";
import { invalid, Refusal } from "./errors.ts";
import { type Body, readTail } from "./fields.ts";
import type { Guard, Handle } from "./guard.ts";
import { elementView, OWNER, voiceView } from "./library.ts";
import { readMarkers, refuseForAccount } from "./markers.ts";
import type { Product } from "./plan.ts";
import { speak, TEXT_TO_AUDIO, VIDEO_TO_AUDIO } from "./products/audio.ts";
import { EXTEND_VIDEO, MULTI_ELEMENTS, MULTI_IMAGE_TO_VIDEO } from "./products/editVideo.ts";
import { AVATAR, EFFECTS, MOTION_CONTROL } from "./products/figures.ts";
import {
  EXPAND_IMAGE,
  GENERATE_IMAGE,
  MULTI_IMAGE,
  MULTI_SHOT,
  OMNI_IMAGE,
  TRY_ON,
} from "./products/images.ts";
import { CREATE_ELEMENT, CREATE_VOICE, deleteElement, deleteVoice } from "./products/library.ts";
import { LIP_SYNC, OLD_LIP_SYNC } from "./products/lipSync.ts";
import {
  type Answered,
  changeSelection,
  clearSelection,
  identifyFace,
  initSelection,
  previewSelection,
  recognizeImage,
} from "./products/looks.ts";
import { OMNI_VIDEO } from "./products/omniVideo.ts";
import { IMAGE_TO_VIDEO, TEXT_TO_VIDEO } from "./products/video.ts";
import { createdView, givenView, taskView } from "./views.ts";

const PRODUCTS: Product[] = [
  TEXT_TO_VIDEO,
  IMAGE_TO_VIDEO,
  OMNI_VIDEO,
  MULTI_IMAGE_TO_VIDEO,
  MOTION_CONTROL,
  EXTEND_VIDEO,
  AVATAR,
  EFFECTS,
  MULTI_ELEMENTS,
  LIP_SYNC,
  OLD_LIP_SYNC,
  GENERATE_IMAGE,
  OMNI_IMAGE,
  MULTI_IMAGE,
  EXPAND_IMAGE,
  TRY_ON,
  MULTI_SHOT,
  CREATE_ELEMENT,
  CREATE_VOICE,
  TEXT_TO_AUDIO,
  VIDEO_TO_AUDIO,
];

/** Calls that answer at once, by path. */
const AT_ONCE: Record<string, (body: Body, account: Account) => Answered> = {
  "/v1/videos/identify-face": identifyFace,
  "/v1/videos/image-recognize": recognizeImage,
  "/v1/videos/multi-elements/init-selection": initSelection,
  "/v1/videos/multi-elements/add-selection": changeSelection(true),
  "/v1/videos/multi-elements/delete-selection": changeSelection(false),
  "/v1/videos/multi-elements/clear-selection": clearSelection,
  "/v1/videos/multi-elements/preview-selection": previewSelection,
  "/v1/audio/tts": speak,
};

const DELETIONS: Record<string, (body: Body, account: Account) => Body> = {
  "/v1/general/delete-elements": deleteElement,
  "/v1/general/delete-advanced-elements": deleteElement,
  "/v1/general/delete-voices": deleteVoice,
};

/** Every legacy path (contract kling §2, §4 to §6). */
export function legacyRoutes(account: Account, guard: Guard): Route[] {
  const post = (path: string, handle: Handle): Route => ({
    method: "POST",
    path,
    handle: guard("any", handle),
  });
  const get = (path: string | RegExp, handle: Handle): Route => ({
    method: "GET",
    path,
    handle: guard("any", handle),
  });
  return [
    ...PRODUCTS.flatMap((product) => [
      post(product.path, create(product, account)),
      get(product.path, list(product, account)),
      get(new RegExp(`^${product.path}/([^/]+)$`), query(product, account)),
    ]),
    ...Object.entries(AT_ONCE).map(([path, answer]) => post(path, atOnce(answer, account))),
    ...Object.entries(DELETIONS).map(([path, remove]) => post(path, ({ body }) => remove(body, account))),
    get("/v1/general/advanced-presets-elements", presetElements(account)),
    get("/v1/general/presets-voices", presetVoices(account)),
  ];
}

function create(product: Product, account: Account): Handle {
  return ({ body, exchange }) => {
    const markers = readMarkers(body);
    refuseForAccount(markers);
    const tail = readTail(body);
    const plan = product.check(body, account);
    const task = account.accept({ product, plan, tail, markers }, exchange);
    for (const output of plan.outputs) {
      if (task.value.failure !== undefined) continue;
      if (output.kind === "element") account.library.elements.push(output.element);
      if (output.kind === "voice") account.library.voices.push(output.voice);
    }
    return createdView(task, account, product.bareCreate === true);
  };
}

/** By the vendor's id or the caller's own, on the product's own path alone. */
function query(product: Product, account: Account): Handle {
  return ({ exchange }) => {
    const id = decodeURIComponent(exchange.path.slice(product.path.length + 1));
    const task = account.tasks.find(
      ({ id: own, value }) =>
        value.product.path === product.path &&
        (own === id || (product.ownIdOnly !== true && value.tail.externalId === id)),
      exchange.fault,
    );
    if (task === undefined) throw invalid(`Task not found by id/external id: ${id}`);
    return taskView(task, account, false);
  };
}

function list(product: Product, account: Account): Handle {
  return ({ exchange }) => {
    const own = account.tasks
      .newestFirst()
      .filter(({ value }) => value.product.path === product.path)
      .map((task) => taskView(task, account, true));
    return paged([...own, ...olderElements(product, account)], exchange.query, product.mostPageSize);
  };
}

/** Elements that were there before the first task. */
function olderElements(product: Product, { library, tasks, now }: Account): Body[] {
  if (product !== CREATE_ELEMENT) return [];
  const made = tasks.newestFirst().flatMap(({ value }) => value.made);
  return library.elements
    .filter(({ ownedBy, deleted }) => ownedBy === OWNER && !deleted)
    .filter((element) => !made.some((each) => each.kind === "element" && each.element === element))
    .toReversed()
    .map((element) => givenView(`t${element.id}`, "elements", elementView(element), now()));
}

function presetElements({ library, now }: Account): Handle {
  return ({ exchange }) => {
    const own = library.elements.filter(({ ownedBy }) => ownedBy !== OWNER);
    const views = own.map((each) => givenView(`t${each.id}`, "elements", elementView(each), now()));
    return paged(views, exchange.query);
  };
}

function presetVoices({ library, now }: Account): Handle {
  return ({ exchange }) => {
    const own = library.voices.filter(({ ownedBy }) => ownedBy !== OWNER);
    return paged(
      own.map((each) => givenView(`t${each.id}`, "voices", voiceView(each), now())),
      exchange.query,
      1000,
    );
  };
}

function paged<T>(items: T[], query: URLSearchParams, mostPageSize = 500): T[] {
  const whole = (name: string, otherwise: number, most: number) => {
    const value = query.get(name) ?? String(otherwise);
    if (!/^\d+$/.test(value) || Number(value) < 1 || Number(value) > most)
      throw invalid(`${name} must be between 1 and ${most}`);
    return Number(value);
  };
  const page = whole("pageNum", 1, 1000);
  const size = whole("pageSize", 30, mostPageSize);
  return items.slice((page - 1) * size, page * size);
}

function atOnce(answer: (body: Body, account: Account) => Answered, account: Account): Handle {
  return ({ body, exchange, requestId }) => {
    const { error } = readMarkers(body);
    if (error !== undefined) throw new Refusal(error);
    const { model, operation, price, data } = answer(body, account);
    if (price !== undefined) exchange.charge({ id: requestId, operation, model, ...price });
    return data;
  };
}
