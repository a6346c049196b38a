import { html, type TemplateResult } from "lit";
import type { AssetView, ReviewStrings } from "../../studio/protocol.ts";
import { fill, icon } from "../shared/view.ts";

/** A text to read, such as a transcript, with a button that copies what is shown. */
export function textStage(
  { text = "", label }: AssetView,
  strings: ReviewStrings,
  copy: () => void,
): TemplateResult {
  return html`<div class="stage text-stage">
    <pre dir="auto" tabindex="0" role="region" aria-label=${label}>${text}</pre>
    <button type="button" class="button copy-text" @click=${copy}>${icon("copy")}<span>${fill(strings.copy, label)}</span></button>
  </div>`;
}
