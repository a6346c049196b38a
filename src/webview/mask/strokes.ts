import type { Spot } from "../shared/marks.ts";

/** One line of the brush: picture pixels. */
export interface Stroke {
  erases: boolean;
  /** Width in picture pixels. */
  size: number;
  spots: Spot[];
}

/** Draws strokes over each other; what an eraser went over is as it was before. */
export function draw(context: CanvasRenderingContext2D, strokes: readonly Stroke[], colour: string): void {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (const stroke of strokes) drawStroke(context, stroke, colour);
  context.globalCompositeOperation = "source-over";
}

function drawStroke(
  context: CanvasRenderingContext2D,
  { erases, size, spots }: Stroke,
  colour: string,
): void {
  const [first, ...rest] = spots;
  if (!first) return;
  context.globalCompositeOperation = erases ? "destination-out" : "source-over";
  context.strokeStyle = colour;
  context.lineWidth = size;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(first.x, first.y);
  // A single spot is a dab: a line of no length is not drawn.
  for (const { x, y } of rest.length > 0 ? rest : [{ x: first.x + 0.01, y: first.y }]) context.lineTo(x, y);
  context.stroke();
}

/** The mask as a PNG of the picture's size: white is painted over, black stays. Undefined if nothing is white. */
export async function maskOf(
  size: { width: number; height: number },
  strokes: readonly Stroke[],
): Promise<ArrayBuffer | undefined> {
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return undefined;
  draw(context, strokes, "white");
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "black";
  context.fillRect(0, 0, size.width, size.height);
  if (!harden(context, size)) return undefined;
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return blob?.arrayBuffer();
}

/** Makes every pixel black or white: the soft edge of a brush means nothing to a model. True if any is white. */
function harden(
  context: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
): boolean {
  let isPainted = false;
  // In bands, so that a picture of many megapixels is not held twice.
  const rows = 256;
  for (let top = 0; top < height; top += rows) {
    const band = context.getImageData(0, top, width, Math.min(rows, height - top));
    for (let at = 0; at < band.data.length; at += 4) {
      const value = (band.data[at] ?? 0) > 127 ? 255 : 0;
      isPainted ||= value === 255;
      band.data[at] = value;
      band.data[at + 1] = value;
      band.data[at + 2] = value;
      band.data[at + 3] = 255;
    }
    context.putImageData(band, 0, top);
  }
  return isPainted;
}
