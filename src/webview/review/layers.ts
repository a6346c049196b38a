import { html, type TemplateResult } from "lit";
import type { AssetView, ReviewStrings } from "../../studio/protocol.ts";
import type { StagePicture } from "../shared/stage.ts";
import { fill } from "../shared/view.ts";

function byHeight(one: AssetView, other: AssetView): number {
  return (one.layer?.zIndex ?? -1) - (other.layer?.zIndex ?? -1);
}

/** The layers as one picture, from the base up, without those switched off. */
export function stacked(
  assets: readonly AssetView[],
  hidden: ReadonlySet<string>,
  alt: string,
): StagePicture[] {
  const upward = [...assets].sort(byHeight);
  const shown = upward.filter(({ id }) => !hidden.has(id));
  return shown.map(({ src, layer }, index) => ({
    src,
    alt: index === 0 ? alt : "",
    ...(layer?.box && { box: layer.box }),
  }));
}

/** The layers by name, the uppermost first, each with a switch. */
export function layerList(
  assets: readonly AssetView[],
  hidden: ReadonlySet<string>,
  strings: ReviewStrings,
  toggle: (assetId: string) => void,
): TemplateResult {
  const downward = [...assets].sort((one, other) => byHeight(other, one));
  return html`<section class="layers" aria-label=${strings.layers}>
    <h2>${strings.layers}</h2>
    <ul>${downward.map((asset) => {
      const name = asset.layer?.name ?? asset.label;
      return html`<li><label>
        <input type="checkbox" .checked=${!hidden.has(asset.id)} aria-label=${fill(strings.showLayer, name)}
          @change=${() => toggle(asset.id)}>
        <span class="thumb"><img src=${asset.src} alt="" decoding="async"></span>
        <span class="name" dir="auto">${name}</span>
        <span class="quiet">${asset.width && asset.height ? `${asset.width} × ${asset.height}` : ""}</span>
      </label></li>`;
    })}</ul>
  </section>`;
}
