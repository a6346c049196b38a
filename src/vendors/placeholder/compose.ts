import { type Caption, label } from "./label.ts";
import { palettes, type Theme, themes } from "./palettes.ts";
import { random } from "./random.ts";
import type { Canvas, Scene, Shape } from "./scene.ts";
import { arches } from "./scenes/arches.ts";
import { blobs } from "./scenes/blobs.ts";
import { grid } from "./scenes/grid.ts";
import { horizon } from "./scenes/horizon.ts";
import { waves } from "./scenes/waves.ts";

const families = { horizon, waves, blobs, arches, grid };

export type Style = keyof typeof families;
export const styles = Object.keys(families) as Style[];

/** What a placeholder picture is made from; the same values give the same picture, whatever its format. */
export interface Composition {
  width: number;
  height: number;
  seed: number;
  prompt: string;
  /** Which of several; neighbours differ in style and colours. */
  index: number;
  style: Style | "auto";
  theme: Theme | "auto";
  label: boolean;
}

/** Composes the picture. With `caption`, the prompt stands on the label: only SVG can draw it. */
export function compose(what: Composition, options: { caption: boolean }): Scene & { caption?: Caption } {
  const { width, height, index } = what;
  const canvas: Canvas = { width, height, short: Math.min(width, height), long: Math.max(width, height) };
  const key = JSON.stringify([what.seed, what.prompt]);
  const choice = random(key);
  const offset = choice.whole(0, 1000);
  const themeTurn = choice.whole(0, 2);
  const style = what.style === "auto" ? at(styles, offset + index) : what.style;
  const theme = what.theme === "auto" ? at([themes[0], themes[0], themes[1]], themeTurn + index) : what.theme;
  const palette = at(palettes[theme], choice.whole(0, 1000) + index * 3);
  const shapes: Shape[] = families[style](canvas, palette, random(`${key}${index}${style}`));
  const mark = what.label
    ? label(canvas, palette, options.caption ? oneLine(what.prompt) : undefined)
    : { shapes: [] };
  const [from, to] = palette.background;
  return {
    width,
    height,
    background: {
      from,
      to,
      axis: [
        [0, 0],
        [0, height],
      ],
    },
    shapes: [...shapes, ...mark.shapes],
    ...("caption" in mark && mark.caption ? { caption: mark.caption } : {}),
  };
}

function at<T>(items: readonly [T, ...T[]] | readonly T[], index: number): T {
  return items[index % items.length] as T;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
