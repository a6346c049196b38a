import { mp3Clip, videoClip, wavClip } from "../media/clips.ts";
import { encodePicture } from "../media/picture.ts";
import type { Services } from "../vendor.ts";
import type { Ids } from "./ids.ts";
import type { Inputs } from "./inputs.ts";
import type { Element, Voice } from "./library.ts";
import type { Output } from "./plan.ts";

/** A result with its links; `seconds` is what the vendor says, while the file itself lasts two. */
export type Made =
  | {
      kind: "video";
      id: string;
      url: string;
      watermarkUrl: string;
      seconds: number;
      untimed: boolean;
      sound: boolean;
      sessionId: string | undefined;
    }
  | { kind: "image"; url: string; watermarkUrl: string; series: boolean }
  | { kind: "shots"; urls: string[] }
  | { kind: "audio"; id: string; mp3: string; wav: string; seconds: number }
  | { kind: "element"; element: Element }
  | { kind: "voice"; voice: Voice };

/** Generated files last 30 days (contract kling §2). */
const LIFE_MS = 30 * 24 * 3600 * 1000;

/** Makes results and publishes their files. */
export type Maker = {
  make(output: Output, index: number, watermark: boolean): Made;
  /** A single MP3, as the synchronous speech call answers it. */
  speech(seconds: number): { id: string; url: string };
  /** A picture as a link. */
  picture(seed: string): string;
};

export function createMaker(services: Services, vendor: string, ids: Ids, inputs: Inputs): Maker {
  const publish = (name: string, type: string, bytes: () => Buffer) =>
    services.links.publish({
      vendor,
      folder: "bs2/upload-kling-api",
      name,
      type,
      bytes,
      lifeMs: LIFE_MS,
      mostDownloads: Number.POSITIVE_INFINITY,
      sign: (now) => `x-kcdn-pid=112452&pkey=${ids.next()}&t=${now}`,
    });
  const facts = { width: 1280, height: 720, seconds: 0, fps: 24 };
  const image = (seed: string, index: number, size: { width: number; height: number }) =>
    publish(`${seed}_${index}.png`, "image/png", () =>
      encodePicture({ ...size, format: "png", seed, index: index % 9 }),
    );
  const sound = (seconds: number) => {
    const id = ids.next();
    const mp3 = publish(`${id}.mp3`, "audio/mpeg", () => mp3Clip(id));
    const wav = publish(`${id}.wav`, "audio/wav", () => wavClip(id));
    for (const url of [mp3, wav]) inputs.know(url, { ...facts, seconds });
    return { id, mp3, wav, seconds };
  };

  return {
    make: (output, index, watermark) => {
      const marked = <T>(make: (suffix: string) => T) => ({
        url: make(""),
        watermarkUrl: watermark ? make("-wm") : "",
      });
      switch (output.kind) {
        case "video": {
          const { size, seconds, fps = 24, sound: heard, untimed = false, sessionId } = output;
          const id = ids.next();
          const links = marked((suffix) => {
            const url = publish(`${id}${suffix}.mp4`, "video/mp4", () => videoClip(size, id + suffix));
            inputs.know(url, { ...size, seconds, fps });
            return url;
          });
          return { kind: "video", id, ...links, seconds, untimed, sound: heard, sessionId };
        }
        case "image": {
          const id = ids.next();
          const links = marked((suffix) => image(id + suffix, index, output.size));
          return { kind: "image", ...links, series: output.series === true };
        }
        case "shots":
          return { kind: "shots", urls: [0, 1, 2].map((at) => image(ids.next(), index + at, output.size)) };
        case "audio":
          return { kind: "audio", ...sound(output.seconds) };
        case "element":
          return { kind: "element", element: output.element };
        case "voice":
          return { kind: "voice", voice: output.voice };
      }
    },
    speech: (seconds) => {
      const { id, mp3 } = sound(seconds);
      return { id, url: mp3 };
    },
    picture: (seed) => image(seed, 0, { width: 320, height: 320 }),
  };
}
