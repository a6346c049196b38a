import type { Size } from "../media/scene.ts";
import type { Body } from "./fields.ts";

type VideoFacts = Size & { seconds: number };

/** `data` members that say where a video is: their place varies (contract volcengine-visual §5). */
export const VIDEO_PLACES: Record<
  "own" | "both" | "urls" | "url" | "report",
  (url: string, facts: VideoFacts, now: number) => Body
> = {
  own: (url) => ({ video_url: url }),
  both: (url) => ({
    binary_data_base64: [],
    image_urls: null,
    resp_data: JSON.stringify({ urls: [url] }),
    video_url: url,
  }),
  urls: (url) => ({ binary_data_base64: [], image_urls: null, resp_data: JSON.stringify({ urls: [url] }) }),
  url: (url) => ({ binary_data_base64: null, image_urls: null, url }),
  report: (url, { width, height, seconds }, now) => ({
    binary_data_base64: [],
    image_urls: null,
    resp_data: JSON.stringify({
      progress: 100,
      received_at: Math.floor(now / 1000) - 20,
      finished_at: Math.floor(now / 1000),
      vid: {
        Vid: "v0example",
        VideoMeta: {
          Height: height,
          Width: width,
          Duration: seconds,
          Format: "MP4",
          Size: 1853802,
          FileType: "video",
        },
        url,
      },
      code: 0,
      msg: "success",
    }),
  }),
};
