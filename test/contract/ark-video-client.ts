import { mp3Clip, videoClip, wavClip } from "../simulator/media/clips.ts";
import type { Ready } from "../simulator/start.ts";
import type { Body } from "./control.ts";
import { arkClient, dataUri } from "./simulator-client.ts";

/** A fixture with an answer that any route may give. */
export type TaskAnswer = {
  id: string;
  status: string;
  content: { video_url: string; last_frame_url?: string };
  usage: { completion_tokens: number };
  error: { code: string; message: string; param: string } | null;
  total: number;
  items: TaskAnswer[];
} & Body;

const TASKS = "/contents/generations/tasks";

export const text = (words: string) => ({ type: "text", text: words });
export const image = (url: string, role?: string) => ({
  type: "image_url",
  image_url: { url },
  ...(role !== undefined && { role }),
});
export const video = (url: string, role = "reference_video") => ({
  type: "video_url",
  video_url: { url },
  role,
});
export const audio = (url: string, role = "reference_audio") => ({
  type: "audio_url",
  audio_url: { url },
  role,
});
export const wavUri = (seconds: number) =>
  `data:audio/wav;base64,${wavClip("in", seconds).toString("base64")}`;
export const mp3Uri = `data:audio/mp3;base64,${mp3Clip("in").toString("base64")}`;
export const mp4Uri = `data:video/mp4;base64,${videoClip({ width: 16, height: 9 }, "in").toString("base64")}`;

const FILLINGS: [string, () => string][] = [
  ["<BASE64_PNG>", () => dataUri().replace(/.*,/, "")],
  ["<BASE64_JPEG>", () => dataUri({ format: "jpeg" }).replace(/.*,/, "")],
  ["<BASE64_WAV>", () => wavUri(3).replace(/.*,/, "")],
];

/** A fixture's request body with real files where it has placeholders. */
export function filledTask(body: Body | null): Body {
  const whole = FILLINGS.reduce((json, [name, make]) => json.replace(name, make), JSON.stringify(body));
  return JSON.parse(whole) as Body;
}

/** Talks to a running simulator as a client of Ark's video tasks. */
export function videoClient(ready: Ready) {
  const ark = arkClient(ready);
  const read = async (response: Response) => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as TaskAnswer,
  });
  const create = async (body: Body) =>
    read(
      await ark.call("POST", TASKS, {
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      }),
    );
  const get = async (id: string) => read(await ark.call("GET", `${TASKS}/${id}`));
  return {
    ...ark,
    create,
    /** The id of a task that must be accepted. */
    made: async (body: Body) => {
      const { status, body: answer } = await create(body);
      if (status !== 200) throw new Error(`refused: ${JSON.stringify(answer)}`);
      return answer.id;
    },
    get,
    list: async (query = "") => {
      await ark.advance(1000);
      return read(await ark.call("GET", `${TASKS}${query}`));
    },
    remove: async (id: string) => read(await ark.call("DELETE", `${TASKS}/${id}`)),
  };
}
