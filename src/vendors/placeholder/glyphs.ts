import { ellipse, type Path, type Segment } from "./scene.ts";

/** A letter as lines of even width in a box 10 units high (baseline at 10); `width` without the space around it. */
interface Glyph {
  width: number;
  path: Path;
}

const bowl: Path = [
  ["M", 0, 10],
  ["L", 0, 0],
  ["L", 3.4, 0],
  ["C", 5.2, 0, 6, 1.2, 6, 2.8],
  ["C", 6, 4.4, 5.2, 5.6, 3.4, 5.6],
  ["L", 0, 5.6],
];

const six: Path = [
  ["M", 4.5, 0],
  ["C", 2.2, 1.7, 0, 4.2, 0, 6.9],
  ["C", 0, 8.7, 1.2, 10, 2.9, 10],
  ["C", 4.6, 10, 5.8, 8.7, 5.8, 7],
  ["C", 5.8, 5.3, 4.6, 4.1, 3, 4.1],
  ["C", 1.7, 4.1, 0.6, 4.8, 0.1, 6.1],
];

function line(...points: readonly (readonly [number, number])[]): Segment[] {
  return points.map(([x, y], index) => [index ? "L" : "M", x, y]);
}

/** Turned by half around the middle of a box as wide as `six`. */
function turned(path: Path): Path {
  return path.map((segment): Segment => {
    if (segment[0] === "Z") return segment;
    const [command, ...numbers] = segment;
    return [command, ...numbers.map((value, index) => (index % 2 ? 10 : 5.8) - value)] as unknown as Segment;
  });
}

/** The letters of PLACEHOLDER, the figures, and the sign between width and height. */
const glyphs: Readonly<Record<string, Glyph>> = {
  P: { width: 6, path: bowl },
  L: { width: 5, path: line([0, 0], [0, 10], [5, 10]) },
  A: { width: 6.8, path: [...line([0, 10], [3.4, 0], [6.8, 10]), ...line([1.2, 6.7], [5.6, 6.7])] },
  C: {
    width: 6.8,
    path: [
      ["M", 6.8, 2.1],
      ["C", 6.2, 0.8, 5.2, 0, 3.9, 0],
      ["C", 1.6, 0, 0, 2, 0, 5],
      ["C", 0, 8, 1.6, 10, 3.9, 10],
      ["C", 5.2, 10, 6.2, 9.2, 6.8, 7.9],
    ],
  },
  E: { width: 5, path: [...line([5, 0], [0, 0], [0, 10], [5, 10]), ...line([0, 4.9], [4.3, 4.9])] },
  H: { width: 6, path: [...line([0, 0], [0, 10]), ...line([6, 0], [6, 10]), ...line([0, 4.9], [6, 4.9])] },
  O: { width: 7.6, path: ellipse(3.8, 5, 3.8, 5) },
  D: {
    width: 6.5,
    path: [
      ["M", 0, 0],
      ["L", 0, 10],
      ["L", 2.6, 10],
      ["C", 5, 10, 6.5, 8, 6.5, 5],
      ["C", 6.5, 2, 5, 0, 2.6, 0],
      ["Z"],
    ],
  },
  R: { width: 6, path: [...bowl, ...line([3.1, 5.6], [6, 10])] },
  "0": { width: 5.8, path: ellipse(2.9, 5, 2.9, 5) },
  "1": { width: 3.2, path: line([0.2, 2], [2.7, 0], [2.7, 10]) },
  "2": {
    width: 5.6,
    path: [
      ["M", 0.2, 2.7],
      ["C", 0.2, 1.1, 1.3, 0, 2.8, 0],
      ["C", 4.4, 0, 5.4, 1.1, 5.4, 2.6],
      ["C", 5.4, 4.6, 3.2, 6.3, 0, 10],
      ["L", 5.6, 10],
    ],
  },
  "3": {
    width: 5.6,
    path: [
      ["M", 0.3, 1.8],
      ["C", 0.7, 0.7, 1.6, 0, 2.7, 0],
      ["C", 4.2, 0, 5.2, 1, 5.2, 2.4],
      ["C", 5.2, 3.9, 4.1, 4.7, 2.4, 4.7],
      ["C", 4.4, 4.7, 5.6, 5.7, 5.6, 7.3],
      ["C", 5.6, 9, 4.4, 10, 2.8, 10],
      ["C", 1.4, 10, 0.4, 9.2, 0, 8],
    ],
  },
  "4": { width: 5.8, path: line([4.3, 10], [4.3, 0], [0, 7.1], [5.8, 7.1]) },
  "5": {
    width: 5.8,
    path: [
      ["M", 5.1, 0],
      ["L", 1, 0],
      ["L", 0.6, 4.7],
      ["C", 1.2, 4.1, 2, 3.8, 2.9, 3.8],
      ["C", 4.6, 3.8, 5.8, 5, 5.8, 6.8],
      ["C", 5.8, 8.7, 4.6, 10, 2.8, 10],
      ["C", 1.5, 10, 0.5, 9.3, 0, 8.2],
    ],
  },
  "6": { width: 5.8, path: six },
  "7": { width: 5.4, path: line([0, 0], [5.4, 0], [1.8, 10]) },
  "8": { width: 5.8, path: [...ellipse(2.9, 2.35, 2.3, 2.35), ...ellipse(2.9, 7.35, 2.9, 2.65)] },
  "9": { width: 5.8, path: turned(six) },
  "×": { width: 4.4, path: [...line([0, 3.6], [4.4, 8]), ...line([4.4, 3.6], [0, 8])] },
  " ": { width: 2.4, path: [] },
};

/** Width of a text in units of a tenth of its cap height, `tracking` units between letters. */
export function textWidth(text: string, tracking: number): number {
  const letters = [...text];
  return letters.reduce((sum, letter) => sum + (glyphs[letter]?.width ?? 0) + tracking, -tracking);
}

/** Lines that draw a text with its top left at a point; `cap` is its height in pixels. */
export function textPath(text: string, x: number, y: number, cap: number, tracking: number): Path {
  const unit = cap / 10;
  let pen = x;
  return [...text].flatMap((letter) => {
    const glyph = glyphs[letter];
    if (!glyph) return [];
    const start = pen;
    pen += (glyph.width + tracking) * unit;
    return glyph.path.map((segment): Segment => {
      if (segment[0] === "Z") return segment;
      const [command, ...numbers] = segment;
      const moved = numbers.map((value, index) => value * unit + (index % 2 ? y : start));
      return [command, ...moved] as unknown as Segment;
    });
  });
}
