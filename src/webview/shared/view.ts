import { html, LitElement, type TemplateResult } from "lit";

/** A component in the page's own tree, so that one style sheet (and no inline style) serves all. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** A codicon that says nothing to a screen reader. */
export function icon(name: string, spin = false): TemplateResult {
  return html`<span class="codicon codicon-${name} ${spin ? "codicon-modifier-spin" : ""}" aria-hidden="true"></span>`;
}

/** Puts values into a text with `{0}`, `{1}`. */
export function fill(text: string, ...values: (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
