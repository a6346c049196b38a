import type { Size } from "../media/scene.ts";
import { invalid } from "./errors.ts";
import type { SizeRule } from "./imageModels.ts";

const WORD_SIZES: Record<string, number> = { "1K": 1024, "2K": 2048, "4K": 4096 };

/** `W*H` as pixels; nothing for any other form. */
export function pixels(size: string): Size | undefined {
  const [, width, height] = /^(\d{1,5})\*(\d{1,5})$/.exec(size) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** The size of a picture that is asked for by a legal `size` (contract §5). Throws a Refusal. */
export function imageSizeOf(size: string, rule: SizeRule): Size {
  const side = rule.words?.includes(size) ? WORD_SIZES[size] : undefined;
  if (side !== undefined) return { width: side, height: side };
  const found = pixels(size);
  if (found === undefined) throw invalid(`size must be in the format of width*height: ${size}`);
  if (!isLegal(found, size, rule)) throw invalid(`The size is not match the allowed size: ${size}`);
  return found;
}

function isLegal({ width, height }: Size, text: string, rule: SizeRule): boolean {
  const { preset, total, side, ratio } = rule;
  if (preset !== undefined && !preset.includes(text)) return false;
  if (total !== undefined && (width * height < total[0] || width * height > total[1])) return false;
  if (side !== undefined && [width, height].some((each) => each < side[0] || each > side[1])) return false;
  return ratio === undefined || Math.max(width / height, height / width) <= ratio;
}
