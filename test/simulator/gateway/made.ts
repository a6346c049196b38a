import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mp3Clip, videoClip, wavClip } from "../media/clips.ts";
import { encodePicture } from "../media/picture.ts";
import type { Size } from "../media/scene.ts";
import type { Services } from "../vendor.ts";
import type { Inputs } from "./inputs.ts";

/** Result links live this long and are signed (contract alibaba-ai-gateway §7). */
const LIFE_MS = 24 * 3600 * 1000;

/** Makes files and publishes them; each gives a link. */
export type Maker = {
  image(size: Size, index: number): string;
  /** `seconds` is what the vendor says; the file lasts two. */
  video(size: Size, seconds: number): string;
  wav(): string;
  mp3(): string;
  document(value: unknown): string;
  /** When a link made now dies, in seconds since the epoch. */
  expiresAt(): number;
};

export function createMaker({ clock, links }: Services, vendor: string, inputs: Inputs): Maker {
  const expiresAt = () => Math.floor((clock.now() + LIFE_MS) / 1000);
  const publish = (extension: string, type: string, bytes: (id: string) => Buffer) => {
    const id = randomUUID();
    return links.publish({
      vendor,
      folder: `7d/${id.slice(0, 2)}`,
      name: `${id}.${extension}`,
      type,
      bytes: () => bytes(id),
      lifeMs: LIFE_MS,
      mostDownloads: Number.POSITIVE_INFINITY,
      sign: () => {
        const signature = createHash("sha1").update(randomBytes(20)).digest("base64");
        return `Expires=${expiresAt()}&OSSAccessKeyId=LTAIsimulator&Signature=${encodeURIComponent(signature)}`;
      },
    });
  };
  return {
    image: (size, index) =>
      publish("png", "image/png", (seed) =>
        encodePicture({ ...size, format: "png", seed, index: index % 9 }),
      ),
    video: (size, seconds) => {
      const url = publish("mp4", "video/mp4", (id) => videoClip(size, id));
      inputs.know(url, { ...size, seconds });
      return url;
    },
    wav: () => publish("wav", "audio/wav", (id) => wavClip(id)),
    mp3: () => publish("mp3", "audio/mpeg", (id) => mp3Clip(id)),
    document: (value) => publish("json", "application/json", () => Buffer.from(JSON.stringify(value))),
    expiresAt,
  };
}
