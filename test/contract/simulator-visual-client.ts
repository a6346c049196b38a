import { imageSize } from "image-size";
import { type Body, useClient } from "./control.ts";
import { BODIES } from "./visual-bodies.ts";
import { type Answer, TASK_MS, visualClient } from "./visual-client.ts";

export const T2I = "jimeng_t2i_v31";
export const T2V = "jimeng_t2v_v30";
export const OMNI = "jimeng_realman_avatar_picture_omni_v15";
export const CAT = { req_key: T2I, prompt: "a cat" };
export const PAIR = ["CVSync2AsyncSubmitTask", "CVSync2AsyncGetResult"];
export const OTHER_PAIR = ["CVSubmitTask", "CVGetResult"];

export type Data = Body & {
  image_urls: string[];
  binary_data_base64: string[];
  video_url: string;
  resp_data: string;
};

/** A simulator, and a client of Volcengine Visual in it. */
export function useVisual() {
  const { client: visual } = useClient(visualClient, { taskMs: TASK_MS, imageMs: 1 });

  /** A product's own least body, with changes. */
  const ask = (reqKey: string, change: Body = {}) => {
    const { action = PAIR[0], body } = BODIES[reqKey] ?? {};
    return visual.call(String(action), { req_key: reqKey, ...body, ...change });
  };
  const code = async (reqKey: string, change: Body = {}) => (await ask(reqKey, change)).body.code;
  const data = (answer: Answer) => answer.body.data as Data;
  const fetched = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers });
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };
  return { visual, ask, code, data, fetched };
}

/** The first link of a result, wherever it is. */
export function linkOf(result: Data): string | undefined {
  const text = JSON.stringify([result.video_url, result.image_urls, result.resp_data]);
  return /https?:[^"\\]+/.exec(text)?.[0];
}

/** Width and height of a picture, given as it is or in base64. */
export function pixels(picture: string | Buffer = ""): [number, number] {
  const { width, height } = imageSize(typeof picture === "string" ? Buffer.from(picture, "base64") : picture);
  return [width, height];
}
