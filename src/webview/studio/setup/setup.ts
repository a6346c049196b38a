import { html, nothing, type TemplateResult } from "lit";
import type { SetupView, VendorSetupView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";

/** What stands before a vendor, by what is known of its key. */
const marks: Record<VendorSetupView["test"]["state"], string> = {
  none: "circle-large-outline",
  running: "loading",
  accepted: "pass-filled",
  rejected: "error",
  cannotTell: "pass-filled",
};

/** Which vendors have keys, where results land, and what happens with the user's words. */
export function setup(store: StudioStore): TemplateResult {
  const view = store.setup;
  if (!view)
    return html`<div class="region-empty quiet">${icon("loading", true)}<span>${store.text("loading")}</span></div>`;
  return html`<section class="setup" aria-label=${store.text("setup")}><div class="setup-page">
    ${view.first ? welcome(store) : nothing}
    ${
      view.trusted
        ? nothing
        : html`<div class="words warning">${icon("shield")}<p class="grow">${store.text("untrusted")}</p>
            <button type="button" class="button" @click=${() => store.wire.command("manageTrust", {})}>${store.text("manageTrust")}</button></div>`
    }
    <section><h2>${store.text("vendors")}</h2><ul class="vendors">${view.vendors.map((each) => vendor(store, each))}</ul></section>
    ${results(store, view)}
    <section><h2>${store.text("privacy")}</h2>
      <ul class="privacy">${view.privacy.map((sentence) => html`<li>${icon("lock")}<span>${sentence}</span></li>`)}</ul>
      <button type="button" class="link" @click=${() => store.wire.command("openPrivacy", {})}>${store.text("openPrivacy")}</button></section>
    <div class="buttons">
      ${view.first ? nothing : html`<button type="button" class="button" @click=${() => store.tryPlaceholder()}>${icon("beaker")}<span>${store.text("tryPlaceholder")}</span></button>`}
      <button type="button" class="button" @click=${() => store.wire.command("openWalkthrough", {})}>${icon("book")}<span>${store.text("openWalkthrough")}</span></button>
    </div>
  </div></section>`;
}

function welcome(store: StudioStore): TemplateResult {
  return html`<section class="welcome"><div class="welcome-mark" aria-hidden="true">${icon("sparkle")}</div>
    <h1>${store.text("setupFirst")}</h1><p class="quiet">${store.text("setupFirstDetail")}</p>
    <button type="button" class="button primary" @click=${() => store.tryPlaceholder()}>${store.text("tryPlaceholder")}</button></section>`;
}

function vendor(store: StudioStore, view: VendorSetupView): TemplateResult {
  const { id, name, makes, needsKey, hasKey, address, problem, test } = view;
  const busy = test.state === "running";
  const ready = !needsKey || (hasKey && test.state === "none") || marks[test.state] === marks.accepted;
  const button = (label: string, act: () => void) =>
    html`<button type="button" class="button small" aria-label=${store.text("labelled", label, name)} @click=${act}>${label}</button>`;
  return html`<li class="vendor" data-vendor=${id}>
    <span class="vendor-key ${ready ? "ok" : ""}">${icon(ready ? "pass-filled" : marks[test.state], busy)}</span>
    <div class="vendor-words"><h3>${name}</h3><p class="quiet">${makes}</p>
      ${address ? html`<p class="quiet address"><bdi>${address}</bdi></p>` : nothing}
      ${problem ? html`<p class="field-problem">${icon(hasKey ? "error" : "info")}<span>${problem}</span></p>` : nothing}
      <p class="test ${test.state}" role="status">${test.state === "none" ? nothing : html`<span dir="auto">${test.text}</span>`}</p></div>
    <div class="buttons vendor-buttons">${
      !needsKey
        ? nothing
        : hasKey
          ? html`${button(store.text("testKey"), () => !busy && store.wire.command("testKey", { vendor: id }))}
              ${button(store.text("changeKey"), () => store.wire.command("setKey", { vendor: id }))}
              ${button(store.text("removeKey"), () => store.wire.command("removeKey", { vendor: id }))}`
          : button(store.text("setKey"), () => store.wire.command("setKey", { vendor: id }))
    }</div>
  </li>`;
}

function results(store: StudioStore, view: SetupView): TemplateResult {
  const row = (label: string, words: string, button: string, act: () => void) =>
    html`<li class="setting"><div class="grow"><h3>${label}</h3><p class="quiet" dir="auto">${words}</p></div>
      <button type="button" class="button small" aria-label=${store.text("labelled", button, label)} @click=${act}>${button}</button></li>`;
  const open = (setting: "outputFolder" | "recipes") => () => store.wire.command("openSetting", { setting });
  return html`<section><h2>${store.text("results")}</h2><ul class="settings">
    ${row(store.text("outputFolder"), view.outputFolder, store.text("openSettings"), open("outputFolder"))}
    ${row(store.text("recipes"), store.text(view.recipes ? "recipesOn" : "recipesOff"), store.text("openSettings"), open("recipes"))}
    ${view.placed > 0 ? row(store.text("gallery"), store.text("forgetPlacedDetail", view.placed), store.text("forgetPlaced"), () => store.wire.command("forgetPlaced", {})) : nothing}
  </ul></section>`;
}
