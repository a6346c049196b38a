import assert from "node:assert/strict";
import { encodePicture } from "../simulator/media/picture.ts";
import { type Body, useClient } from "./control.ts";
import { FIXTURE_TIME, klingClient } from "./kling-client.ts";

/** Simulated milliseconds of a task. */
export const TASK_MS = 1000;
export const TEXT = "/v1/videos/text2video";
export const IMAGE = "/v1/videos/image2video";
export const OMNI = "/v1/videos/omni-video";
export const V3 = { model_name: "kling-v3", prompt: "a boat", duration: "5" };
export const PNG = "https://example.com/a.png";
export const MP4 = "https://example.com/a.mp4";
export const MP3 = "https://example.com/a.mp3";

export type Kling = ReturnType<typeof klingClient>;

/** A simulator whose clock stands where the tokens of the fixtures are good, and a client of its Kling. */
export function useKling() {
  const { ready, client: kling } = useClient(klingClient, { taskMs: TASK_MS });
  beforeEach(() => kling.advance(FIXTURE_TIME - Date.now()));

  /** Posts what must be refused with a code and a message. */
  const refused = async (path: string, body: unknown, code: number, message: RegExp) => {
    const answer = await kling.post(path, body);
    assert.deepEqual([answer.body.code, "data" in answer.body], [code, false], answer.text);
    assert.match(answer.body.message, message);
    return answer;
  };
  return { ready, kling, refused };
}

/** A PNG as raw base64. */
export function picture(width: number, height: number): string {
  return encodePicture({ width, height, format: "png", seed: "input", index: 0 }).toString("base64");
}

/** The id of a session in which faces were looked for. */
export async function session(kling: Kling): Promise<string> {
  return String((await kling.post("/v1/videos/identify-face", { video_url: MP4 })).body.data.session_id);
}

/** The id of a video that was made. */
export async function videoId(kling: Kling, model_name: string): Promise<string> {
  const { task_result } = await kling.finish(TEXT, { ...V3, model_name });
  return String((task_result as { videos: Body[] }).videos[0]?.id);
}
