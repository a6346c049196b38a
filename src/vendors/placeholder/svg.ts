import { createHash } from "node:crypto";
import type { Caption } from "./label.ts";
import { markWords } from "./mark.ts";
import { type Paint, type Path, round, type Scene, type Shape } from "./scene.ts";

/**
 * A scene as an SVG document: no script, no reference to anything outside it, ids of its own so that several can stand in one
 * page. The prompt is its title, escaped; its metadata say what it is.
 */
export function toSvg(scene: Scene & { caption?: Caption }, prompt: string): string {
  const { width, height } = scene;
  const body = scene.shapes.map((shape) => ({ shape, d: pathData(shape.path) }));
  const prefix = `easel-${createHash("sha256").update(JSON.stringify(scene)).digest("hex").slice(0, 8)}`;
  const gradients: string[] = [];
  const paint = (of: Paint) => {
    if (!of.to || !of.axis) return of.from;
    gradients.push(gradient(of, `${prefix}-${gradients.length}`));
    return `url(#${prefix}-${gradients.length - 1})`;
  };
  const background = `<path fill="${paint(scene.background)}" d="M0 0H${width}V${height}H0Z"/>`;
  const shapes = body.map(({ shape, d }) => element(shape, d, paint(shape.paint)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" overflow="hidden">`,
    `<title>${escaped(prompt.trim() || markWords.title)}</title>`,
    `<metadata>${escaped(markWords.description)}</metadata>`,
    `<defs>${gradients.join("")}</defs>`,
    background,
    ...shapes,
    ...(scene.caption ? [captionElement(scene.caption)] : []),
    "</svg>",
    "",
  ].join("\n");
}

function element({ opacity, stroke }: Shape, d: string, color: string): string {
  const fade = opacity < 1 ? ` opacity="${round(opacity)}"` : "";
  return stroke
    ? `<path fill="none" stroke="${color}" stroke-width="${round(stroke)}" stroke-linecap="round" stroke-linejoin="round"${fade} d="${d}"/>`
    : `<path fill="${color}"${fade} d="${d}"/>`;
}

function gradient({ from, to, axis }: Paint, id: string): string {
  const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = axis ?? [];
  const place = `x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"`;
  return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${place}><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
}

function pathData(path: Path): string {
  return path.map(([command, ...numbers]) => command + numbers.map(round).join(" ")).join("");
}

/** The inner `svg` clips: whatever font the viewer has, the words stay on the plate. */
function captionElement({ text, x, y, width, size, color }: Caption): string {
  const [top, height] = [round(y - size * 1.2), round(size * 1.7)];
  return [
    `<svg x="${round(x)}" y="${top}" width="${round(width)}" height="${height}" overflow="hidden">`,
    `<text x="0" y="${round(size * 1.2)}" font-family="system-ui, sans-serif" font-size="${round(size)}" fill="${color}" opacity="0.85">`,
    `${escaped(text)}</text></svg>`,
  ].join("");
}

/** Text as XML content: markup escaped, characters that XML 1.0 forbids and lone surrogates dropped. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
