import { text, videoClient } from "./ark-video-client.ts";
import { type Body, useClient } from "./control.ts";

export const V25 = "doubao-seedance-2-5-260628";
export const V20 = "doubao-seedance-2-0-260128";
export const FAST = "doubao-seedance-2-0-fast-260128";
export const MINI = "doubao-seedance-2-0-mini-260615";
export const PRO = "doubao-seedance-1-0-pro-250528";
export const PRO_FAST = "doubao-seedance-1-0-pro-fast-251015";
export const SECOND = 1000;
/** So long that only the simulated clock ends a task. */
export const TASK_MS = 60 * SECOND;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;
export const PNG = "https://cdn.example/a.png";
export const MP4 = "https://cdn.example/a.mp4";
export const MP3 = "https://cdn.example/a.mp3";

export const boat = { model: V20, content: [text("a boat")], resolution: "720p", ratio: "16:9", duration: 5 };
export const saying = (words: string, more: Body = {}) => ({ ...boat, content: [text(words)], ...more });
export const withFrame = { ...boat, return_last_frame: true };

/** A model and nothing that it may not take. */
export function plain(model: string): Body {
  return { model, resolution: undefined, ratio: undefined, duration: undefined };
}

/** A simulator, and a client of Ark's video tasks in it. */
export function useArkVideo() {
  const { ready, client: ark } = useClient(videoClient, { taskMs: TASK_MS });
  /** The code that a task is refused with. */
  const code = async (body: Body) => (await ark.create(body)).body.error?.code;
  /** A task that has run its course. */
  const finished = async (body: Body) => {
    const id = await ark.made(body);
    await ark.advance(TASK_MS);
    return (await ark.get(id)).body;
  };
  return { ready, ark, code, finished };
}
