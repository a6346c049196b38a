import { html, nothing, type TemplateResult } from "lit";
import { actions as sheetActions } from "../../review/actions.ts";
import { facts, failedSlots } from "../../review/failures.ts";
import { form } from "../../review/form.ts";
import { layerList, stacked } from "../../review/layers.ts";
import { progress } from "../../review/screens.ts";
import { isRunning } from "../../review/strip.ts";
import "../../shared/stage.ts";
import type { ItemAction } from "../../../studio/studioProtocol.ts";
import type { DetailView, ItemActionView, ItemView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";
import { upload } from "../upload.ts";
import "./audio.ts";
import "./compare.ts";
import { linkForm } from "./linkForm.ts";
import type { ChosenFrame } from "./video.ts";
import "./video.ts";

/** Actions that the sheet beside the picture has already. */
const sheetKinds = new Set(["decide", "insertLink"]);

const hidden = new Set<string>();

/** One item large, or two to compare, with all that is known of it and can be done with it. */
export function detail(store: StudioStore, step: (by: 1 | -1) => void): TemplateResult {
  const { view, failure, compared } = store.detail;
  return html`<section class="detail" aria-label=${compared ? store.text("compare") : (view?.item.label ?? store.text("loading"))}>
    ${head(store, view, step)}
    ${
      compared && store.words && store.review
        ? html`<easel-compare .items=${compared} .words=${store.words} .stageWords=${store.review}></easel-compare>`
        : failure !== undefined
          ? html`<div class="region-empty" role="alert">${icon("warning")}<p dir="auto">${failure}</p></div>`
          : view
            ? html`<div class="detail-body">${large(store, view)}${side(store, view)}</div>`
            : html`<div class="region-empty quiet">${icon("loading", true)}<span>${store.text("loading")}</span></div>`
    }
  </section>`;
}

function head(store: StudioStore, view: DetailView | undefined, step: (by: 1 | -1) => void): TemplateResult {
  const tool = (name: string, label: string, act: () => void) =>
    html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${act}>${icon(name)}</button>`;
  const compared = store.detail.compared !== undefined;
  const shown =
    view && !compared
      ? view.actions.filter(({ id }) => !sheetKinds.has(id) && !(store.detail.sheet && id === "discard"))
      : [];
  return html`<header class="detail-head">
    <button type="button" class="tool back" title=${`${store.text("back")} (Esc)`} aria-label=${store.text("back")} @click=${() => store.detail.close()}>${icon("arrow-left")}</button>
    ${compared ? nothing : html`${tool("chevron-left", store.text("previous"), () => step(-1))}${tool("chevron-right", store.text("next"), () => step(1))}`}
    <h2 class="clip grow" tabindex="-1"><bdi>${compared ? store.text("compare") : (view?.item.label ?? "")}</bdi></h2>
    <div class="detail-actions" role="toolbar" aria-label=${store.text("moreActions")}>${shown.map((action) => actionButton(store, view, action))}</div>
  </header>`;
}

function actionButton(
  store: StudioStore,
  view: DetailView | undefined,
  action: ItemActionView,
): TemplateResult {
  const { id, label, icon: name, key, danger } = action;
  const title = key ? `${label} (${key})` : label;
  return html`<button type="button" class="tool ${danger ? "danger" : ""}" title=${title} aria-label=${label} data-action=${id}
    aria-keyshortcuts=${key ?? nothing} @click=${() => view && runAction(store, view.item, id)}>${icon(name)}</button>`;
}

/** Does one of an item's actions; those that fill Compose show it. */
export function runAction(store: StudioStore, item: ItemView, id: string): void {
  const action = { kind: id } as ItemAction;
  void store.act([item.id], action).then((done) => {
    if (done && (id === "editAgain" || id === "sameSeed" || id === "useAsReference")) store.goToCompose();
  });
}

function large(store: StudioStore, view: DetailView): TemplateResult {
  const { item, media } = view;
  const { sheet } = store.detail;
  const { src = "", width, height, label } = item;
  if (!item.src)
    return html`<div class="media-broken">${icon("warning")}<p>${store.text("missing")}</p></div>`;
  if (item.kind === "text")
    return html`<pre class="text-view" dir="auto" tabindex="0">${store.detail.text ?? store.text("loading")}</pre>`;
  if (!media.playable)
    return html`<div class="media-broken">${icon("device-camera-video")}<p>${store.text("notPlayable")}</p>${media.playNote ? html`<p class="quiet">${media.playNote}</p>` : nothing}
    <button type="button" class="button" @click=${() => runAction(store, item, "openOutside")}>${icon("link-external")}<span>${store.review?.openOutside}</span></button></div>`;
  if (item.kind === "video") {
    return html`<easel-video .src=${src} .label=${label} .note=${media.playNote} .uses=${view.frameUses} .words=${store.words}
      @frame=${({ detail: frame }: CustomEvent<ChosenFrame>) => void useFrame(store, item, frame)}></easel-video>`;
  }
  if (item.kind === "audio")
    return html`<easel-audio .src=${src} .label=${label} .note=${media.playNote} .words=${store.words}></easel-audio>`;
  const base = sheet?.view?.layered ? sheet.subject : undefined;
  const alt = sheet?.draft?.alt || label;
  const pictures = base && sheet?.view ? stacked(sheet.view.assets, hidden, alt) : [{ src, alt }];
  const size = base ?? { width, height };
  return html`<easel-stage class="stage" .strings=${store.review} .pictures=${pictures}
    .size=${size.width && size.height ? { width: size.width, height: size.height } : undefined}></easel-stage>`;
}

async function useFrame(
  store: StudioStore,
  item: ItemView,
  { use, picture, seconds }: ChosenFrame,
): Promise<void> {
  const purpose = { kind: "frame", item: item.id, use, seconds } as const;
  const result = await upload(store.wire, purpose, picture, store.text("inputTooLarge", item.label));
  if (result.message !== undefined)
    store.say({ severity: result.outcome === "done" ? "info" : "error", text: result.message });
  if (result.outcome === "done" && use !== "poster") store.goToCompose();
}

function side(store: StudioStore, view: DetailView): TemplateResult {
  const { sheet } = store.detail;
  const job = sheet?.view;
  const { strings, subject } = sheet ?? {};
  const decides = sheet && strings && job && subject;
  return html`<div class="detail-side">
    <div class="side-scroll">
      ${decides && isRunning(job) ? progress(job, strings, sheet) : nothing}
      ${decides && sheet.canPlace ? form(sheet, strings, subject) : nothing}
      ${decides && job.layered ? layerList(job.assets, hidden, strings, (id) => toggleLayer(store, id)) : nothing}
      ${decides ? nothing : linkForm(store, view)}
      ${view.prompt ? html`<section class="asked"><h3>${store.text("prompt")}</h3><p dir="auto" class="prompt-text">${view.prompt}</p></section>` : nothing}
      <section class="about-asset" aria-label=${store.text("details")}><h3>${store.text("details")}</h3>
        <p class="quiet about">${[view.vendor, view.operation].filter(Boolean).join(" · ")}</p>
        ${facts(view.facts, { copy: store.review?.copy ?? "" }, store)}
      </section>
      ${view.roles.length > 1 ? useAs(store, view) : nothing}
      ${decides ? failedSlots(job.failures, strings, sheet) : nothing}
    </div>
    ${decides ? sheetActions(sheet, strings, job, subject) : nothing}
  </div>`;
}

/** Where it could stand in Compose; where there is one place only, the tool above says enough. */
function useAs(store: StudioStore, { item, roles }: DetailView): TemplateResult {
  return html`<section class="use-as"><h3>${store.text("useAsReference")}</h3><div class="buttons">${roles.map(
    ({ role, label }) =>
      html`<button type="button" class="button small" @click=${async () => {
        if (await store.act([item.id], { kind: "useAsReference", role })) store.goToCompose();
      }}>${label}</button>`,
  )}</div></section>`;
}

function toggleLayer(store: StudioStore, id: string): void {
  if (!hidden.delete(id)) hidden.add(id);
  store.redraw();
}
