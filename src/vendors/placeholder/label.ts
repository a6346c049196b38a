import { textPath, textWidth } from "./glyphs.ts";
import type { Palette } from "./palettes.ts";
import { type Canvas, rectangle, type Shape, solid } from "./scene.ts";

const word = "PLACEHOLDER";
const tracking = 2.3;
const figureTracking = 1.7;

/** A line of the user's own words below the label: SVG only, where the viewer's fonts can show any script. Pixels. */
export interface Caption {
  text: string;
  x: number;
  /** Baseline. */
  y: number;
  width: number;
  size: number;
  color: string;
}

interface Layout {
  cap: number;
  withWord: boolean;
}

/**
 * A small plate in the lower left corner with "PLACEHOLDER" and the size in figures. What does not fit is left out: first the
 * word, then everything; it never reaches past the picture.
 */
export function label(
  canvas: Canvas,
  palette: Palette,
  captionText?: string,
): { shapes: Shape[]; caption?: Caption } {
  const figures = `${canvas.width}×${canvas.height}`;
  const layout = fitting(canvas, figures);
  if (!layout) return { shapes: [] };
  const { cap, withWord } = layout;
  const unit = cap / 10;
  const wordWidth = withWord ? textWidth(word, tracking) * unit : 0;
  const gap = withWord ? cap * 0.95 : 0;
  const lineWidth = wordWidth + gap + textWidth(figures, figureTracking) * unit;
  const room = canvas.width - 2 * (margin(canvas) + padding(cap));
  const size = cap * 1.4;
  const hasCaption = Boolean(captionText) && withWord && cap * 12 < canvas.height;
  const caption = hasCaption
    ? shortened(captionText ?? "", size, Math.max(lineWidth, Math.min(room * 0.6, cap * 36)))
    : undefined;
  const inner = Math.max(lineWidth, caption?.width ?? 0);
  const plate = {
    width: inner + 2 * padding(cap),
    height: cap + (caption ? size * 1.55 : 0) + 1.7 * cap,
  };
  const [left, top] = [margin(canvas), canvas.height - margin(canvas) - plate.height];
  const [x, y] = [left + padding(cap), top + cap * 0.85];
  const stroke = cap * 0.125;
  const lines: Shape[] = [
    { ...solid(textPath(figures, x + wordWidth + gap, y, cap, figureTracking), palette.ink, 0.75), stroke },
  ];
  if (withWord) lines.unshift({ ...solid(textPath(word, x, y, cap, tracking), palette.ink), stroke });
  return {
    shapes: [
      solid(rectangle(left, top, plate.width, plate.height, cap * 0.6), palette.plate, 0.86),
      ...lines,
    ],
    ...(caption
      ? { caption: { ...caption, x, y: y + cap + size * 1.4, width: inner, size, color: palette.ink } }
      : {}),
  };
}

function margin({ short }: Canvas): number {
  return Math.min(32, Math.max(3, short * 0.03));
}

function padding(cap: number): number {
  return cap * 0.95;
}

/** The largest cap height of up to 2 % of the shorter side at which a line fits, but not below what can be read. */
function fitting(canvas: Canvas, figures: string): Layout | undefined {
  const wanted = Math.min(48, Math.max(7, canvas.short * 0.02));
  for (const withWord of [true, false]) {
    const units = textWidth(figures, figureTracking) + (withWord ? textWidth(word, tracking) + 9.5 : 0);
    const acrossUnits = units / 10 + 2 * 0.95;
    const cap = Math.min(
      wanted,
      (canvas.width - 2 * margin(canvas)) / acrossUnits,
      (canvas.height - 2 * margin(canvas)) / 2.7,
    );
    if (cap >= 6) return { cap, withWord };
  }
  return undefined;
}

/** A text cut to a width, by widths no common font exceeds much; the drawn text is clipped there besides. */
function shortened(text: string, size: number, most: number): { text: string; width: number } {
  let width = 0;
  let kept = "";
  for (const letter of text) {
    const next = width + letterWidth(letter) * size;
    if (next > most - size) return { text: `${kept.trimEnd()}…`, width: width + size * 0.8 };
    width = next;
    kept += letter;
  }
  return { text: kept, width };
}

function letterWidth(letter: string): number {
  if ((letter.codePointAt(0) ?? 0) > 0x2e7f) return 1.04;
  return /[A-ZMWmw@%]/.test(letter) ? 0.8 : 0.6;
}
