import { encodeJpeg } from "./jpeg.ts";
import { encodePng } from "./png.ts";
import { type Size, scene } from "./scene.ts";

export type PictureFormat = "png" | "jpeg";

export type Picture = Size & {
  format: PictureFormat;
  /** Decides the colours. */
  seed: string;
  /** Place in a group, from 0; shows as the number of squares. */
  index: number;
  /** PNG only: everything but the drawing is transparent. */
  transparent?: boolean;
};

/** The file of a picture: the same bytes for the same picture. */
export function encodePicture(picture: Picture): Buffer {
  const bands = scene(
    picture,
    picture.seed,
    picture.index,
    picture.transparent === true && picture.format === "png",
  );
  return picture.format === "png" ? encodePng(picture, bands) : encodeJpeg(picture, bands);
}
