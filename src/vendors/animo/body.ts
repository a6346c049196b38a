import type { OptionValues } from "../../model/options.ts";
import type { VendorRequest } from "../contract.ts";

type Asked = Pick<VendorRequest, "prompt" | "options">;

/** A request's body, and the options that it has no place for. */
export interface Body {
  json: Readonly<Record<string, string | number>>;
  dropped: readonly string[];
}

/** The plugin's contract: always exactly these four members (contract §A2). */
export function pluginBody({ prompt, options }: Asked): Body {
  const { duration, style, resolution } = options;
  return {
    json: { prompt, duration: Number(duration), style: String(style), resolution: sizeText(resolution) },
    dropped: [],
  };
}

/** Who writes the animation's code, as the product's own client names it (contract §B). */
const writer = { engine: "anthropic", model: "claude-3-7-sonnet-20250219" };

/** The product's own API: a prompt and no more (contract §B). */
export function hostedBody({ prompt }: Asked): Body {
  return { json: { prompt, ...writer }, dropped: ["duration", "style", "resolution"] };
}

/** The server one runs oneself: of the resolution only its ratio (contract §C). */
export function ownBody({ prompt, options }: Asked): Body {
  return {
    json: { prompt, ...writer, aspect_ratio: ratioOf(options) },
    dropped: ["duration", "style"],
  };
}

/** Written with the letter x, whichever sign was typed; anything else as it is. */
function sizeText(resolution: OptionValues[string] | undefined): string {
  const text = String(resolution).trim();
  const [, width, height] = /^(\d+)\s*[x×*]\s*(\d+)$/i.exec(text) ?? [];
  return width && height ? `${width}x${height}` : text;
}

const ratios = { "16:9": 16 / 9, "1:1": 1, "9:16": 9 / 16 } as const;

/** The ratio nearest to the resolution's; the first for one that is no size. */
function ratioOf({ resolution }: OptionValues): string {
  const [width = Number.NaN, height] = sizeText(resolution).split("x").map(Number);
  const wanted = Math.log(width / (height ?? Number.NaN));
  if (!Number.isFinite(wanted)) return "16:9";
  const distance = (ratio: number) => Math.abs(Math.log(ratio) - wanted);
  const [nearest] = Object.entries(ratios).sort(([, a], [, b]) => distance(a) - distance(b));
  return nearest?.[0] ?? "16:9";
}
