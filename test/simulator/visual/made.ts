import { createHash, randomBytes } from "node:crypto";
import { videoClip } from "../media/clips.ts";
import { encodePicture } from "../media/picture.ts";
import type { Size } from "../media/scene.ts";
import type { Services } from "../vendor.ts";
import type { Body } from "./fields.ts";
import type { Inputs } from "./inputs.ts";
import { labelled, labelText } from "./label.ts";
import type { Options } from "./options.ts";
import type { Output } from "./product.ts";
import { VIDEO_PLACES } from "./videoPlaces.ts";

/** Lives of result links (contract volcengine-visual §8). */
const PICTURE_LIFE_MS = 24 * 3_600_000;
const OTHER_LIFE_MS = 3_600_000;

/** A result to be answered. */
type Result<T extends Output = Output> = {
  output: T;
  /** Decides what it looks like. */
  id: string;
  options: Options;
  /** The words of `[odd …]`. */
  odd: ReadonlySet<string>;
  /** What `binary_data_base64` is beside links: a list in answers of `CVProcess`, nothing in those of tasks. */
  noFiles: [] | null;
};

type Kind<K extends Output["kind"]> = Result<Extract<Output, { kind: K }>>;

/**
 * Gives the `data` members of a result as asked for: every answer has links of its own, so one task can be
 * fetched several times with other options.
 */
export type Maker = (result: Result) => Body;

export function createMaker({ links, clock }: Services, vendor: string, inputs: Inputs): Maker {
  const publish = (name: string, type: string, lifeMs: number, bytes: () => Buffer) =>
    links.publish({
      vendor,
      folder: "tos-cn-i-example",
      name,
      type,
      bytes,
      lifeMs,
      mostDownloads: Number.POSITIVE_INFINITY,
      sign: (now) => {
        const signature = encodeURIComponent(createHash("sha1").update(randomBytes(20)).digest("base64"));
        return `x-expires=${Math.floor((now + lifeMs) / 1000)}&x-signature=${signature}`;
      },
    });
  const images = ({ output: { sizes, format }, id, options, odd, noFiles }: Kind<"images">) => {
    const files = sizes.map(
      (size, index) => () =>
        labelled(encodePicture({ ...size, format, seed: id, index: index % 9 }), format, labelText(options)),
    );
    if (!options.returnUrl)
      return {
        binary_data_base64: files.map((file) => file().toString("base64")),
        image_urls: unused(odd, null),
      };
    const urls = files.map((file, index) =>
      publish(`${id}_${index}.${format}~tplv-example-image.image`, `image/${format}`, PICTURE_LIFE_MS, file),
    );
    return { binary_data_base64: unused(odd, noFiles), image_urls: urls };
  };
  const video = ({ output, id, options, odd }: Kind<"video">) => {
    const { size, seconds } = output;
    const url = publish(`${id}.mp4`, "video/mp4", OTHER_LIFE_MS, () =>
      videoClip(size, id + labelText(options)),
    );
    inputs.know(url, { ...size, seconds });
    const place = odd.has("resp") ? "urls" : odd.has("url") ? "url" : (output.place ?? "own");
    return VIDEO_PLACES[place](url, { ...size, seconds }, clock.now());
  };
  const masks = (count: number, size: Size, id: string) =>
    Array.from({ length: count }, (_, index) =>
      publish(`${id}-mask${index}`, "image/png", OTHER_LIFE_MS, () =>
        encodePicture({ ...size, format: "png", seed: `${id}-mask`, index }),
      ),
    );

  return (result) => {
    const { output, id, options, odd } = result;
    const tagged = options.meta === undefined ? {} : { aigc_meta_tagged: true };
    if (odd.has("nothing")) return {};
    switch (output.kind) {
      case "images":
        return { ...images({ ...result, output }), ...tagged };
      case "video":
        return { ...video({ ...result, output }), ...tagged };
      case "masks": {
        const url = masks(output.count, output.size, id);
        return {
          resp_data: JSON.stringify({ code: 0, object_detection_result: { mask: { url } }, status: 1 }),
        };
      }
      case "report":
        return { binary_data_base64: [], image_urls: null, resp_data: JSON.stringify(output.data) };
    }
  };
}

/** The list that carries nothing. */
function unused(odd: ReadonlySet<string>, usual: [] | null): unknown {
  if (odd.has("absent")) return undefined;
  if (odd.has("empty")) return [];
  return odd.has("null") ? null : usual;
}
