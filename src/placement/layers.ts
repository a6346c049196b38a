import { freeName, nameKey, slug } from "./naming.ts";

/** A layer as it came back: where it sits on the base picture (left, top, right, bottom in its pixels; the base has none). */
export interface LayerFacts {
  extension: string;
  width?: number;
  height?: number;
  name?: string;
  description?: string;
  zIndex?: number;
  box?: readonly [number, number, number, number];
}

/** Name of the file that tells where each layer sits. */
export const layersFile = "layers.json";

/** Keeps the manifest of a hundred layers far below what the editor creates at once without slowing down (256 KB). */
const maxWords = 500;

/** File names for layers inside a folder of their own, base first: `base.png`, `sky.png`, `layer-2.png`. */
export function layerNames(layers: readonly LayerFacts[]): string[] {
  const used = new Set([nameKey(layersFile)]);
  return layers.map((layer, index) => {
    const wanted = index === 0 ? "base" : slug(layer.name ?? "", { fallback: `layer-${index}` });
    const name = freeName(wanted, layer.extension, (key) => used.has(key));
    used.add(nameKey(name));
    return name;
  });
}

/**
 * The contents of `layers.json`. To put the picture together again: scale each layer to the size of its box, put it at the box's left
 * and top on the base, and stack by `zIndex`.
 */
export function layersJson(layers: readonly LayerFacts[], names: readonly string[]): string {
  const [base] = layers;
  const entries = layers.map(({ name, description, zIndex, box }, index) => ({
    file: names[index],
    ...(name && { name: name.slice(0, maxWords) }),
    ...(description && { description: description.slice(0, maxWords) }),
    zIndex: zIndex ?? index,
    ...(box && { box: { left: box[0], top: box[1], right: box[2], bottom: box[3] } }),
  }));
  const size = base?.width && base.height ? { width: base.width, height: base.height } : {};
  return `${JSON.stringify({ base: names[0], ...size, layers: entries }, undefined, 2)}\n`;
}
