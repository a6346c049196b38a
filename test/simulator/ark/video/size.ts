import type { Size } from "../../media/scene.ts";
import type { VideoModel } from "./models.ts";

const SIX = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];

/** Values of `ratio`. */
export const ratioNames = [...SIX, "adaptive"];

/** Ratios that the service names besides the six when a frame or a video decides (contract ark §3.3). */
const OTHERS = ["5:4", "4:5", "7:5", "5:7", "3:2", "2:3", "2:1", "1:2"];

type Shape = Size & { ratio: string };

function quotient(ratio: string): number {
  const [across = 1, down = 1] = ratio.split(":").map(Number);
  return across / down;
}

function nearest(ratios: readonly string[], wanted: number): string {
  const distance = (ratio: string) => Math.abs(Math.log(quotient(ratio) / wanted));
  return ratios.reduce((best, next) => (distance(next) < distance(best) ? next : best));
}

/** Pixels of one of the six ratios. */
function published(model: VideoModel, resolution: string, ratio: string): Shape {
  const table = model.resolutions[resolution] ?? {};
  const [across = "", down = ""] = ratio.split(":");
  const landscape = table[ratio];
  if (landscape !== undefined) return { ratio, width: landscape[0], height: landscape[1] };
  const [width, height] = table[`${down}:${across}`] ?? [0, 0];
  return { ratio, width: height, height: width };
}

/** What comes out. `adaptive` follows `input` where there is one that decides, else a ratio named in the prompt. */
export function videoShape(
  model: VideoModel,
  asked: { resolution: string; ratio: string; prompt: string },
  input: Size | undefined,
): Shape {
  const { resolution, ratio, prompt } = asked;
  if (ratio !== "adaptive") return published(model, resolution, ratio);
  if (input === undefined) {
    const named = SIX.find((name) => new RegExp(`\\b${name}\\b`).test(prompt));
    return published(model, resolution, named ?? "16:9");
  }
  const wanted = input.width / input.height;
  const name = nearest([...SIX, ...OTHERS], wanted);
  if (SIX.includes(name)) return published(model, resolution, name);
  const area = published(model, resolution, "1:1").width ** 2;
  const width = 2 * Math.round(Math.sqrt(area * quotient(name)) / 2);
  return { ratio: name, width, height: 2 * Math.round(area / width / 2) };
}
