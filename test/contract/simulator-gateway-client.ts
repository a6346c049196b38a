import { readFileSync } from "node:fs";
import { request } from "node:http";
import { wavClip } from "../simulator/media/clips.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import type { Ready } from "../simulator/start.ts";
import { type Body, controlOf } from "./control.ts";

/** One part of a form as the fixtures write it. */
export type FormPart = {
  name: string;
  value?: string;
  filename?: string;
  contentType?: string;
  data?: Buffer;
};

/** A fixture of the contract: one exchange with the gateway. */
export type Fixture = {
  request: {
    method: string;
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    body: Body | null;
  };
  response: { status: number; headers: Record<string, string>; body: unknown };
};

export const FIXTURES = new URL("../fixtures/contracts/alibaba-ai-gateway/", import.meta.url);

export function readFixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as Fixture;
}

export type Ask = {
  method?: string;
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** A value is sent as JSON, bytes as they are. */
  body?: unknown;
};
export type Answer = {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  body: Body;
};

export const PNG = encodePicture({ width: 1024, height: 768, format: "png", seed: "input", index: 0 });
export const WAV = wavClip("input");

/** A fixture's body with keys and real files where it has placeholders. */
export function filled<T>(value: T, ready: Ready): T {
  const { apiKey, direct } = ready.gateway;
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll("{GATEWAY_CONSUMER_KEY}", apiKey)
      .replaceAll("{DASHSCOPE_API_KEY}", direct.apiKey)
      .replaceAll("{BASE64_PNG}", PNG.toString("base64"))
      .replaceAll("{BASE64_WAV}", WAV.toString("base64")),
  ) as T;
}

/** A form as bytes, with a boundary of `----b`. */
export function form(parts: FormPart[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, value = "", filename, contentType, data }) => [
      Buffer.from(
        `------b\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n` +
          `${contentType === undefined ? "" : `Content-Type: ${contentType}\r\n`}\r\n`,
      ),
      data ?? Buffer.from(value),
      Buffer.from("\r\n"),
    ]),
    Buffer.from("------b--\r\n"),
  ]);
}

/** Sends exactly the given headers: nothing is added but `Host` and the length. */
function send(
  origin: string,
  { method = "POST", path, query = {}, headers = {}, body }: Ask,
): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  const url = new URL(origin + path + (search === "" ? "" : `?${search}`));
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: url.hostname, port: url.port, method, path: url.pathname + url.search, headers },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(parts).toString("utf8");
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string | undefined>,
            text,
            body: parsed(text),
          });
        });
      },
    );
    asked.on("error", reject);
    if (body === undefined || body === null) asked.end();
    else asked.end(Buffer.isBuffer(body) || typeof body === "string" ? body : JSON.stringify(body));
  });
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

const ASYNC = { "X-DashScope-Async": "enable" };

/** Talks to a running simulator as a consumer of the gateway with its API key, and as its controller. */
export function gatewayClient(ready: Ready) {
  const { nativeUrl: origin, apiKey } = ready.gateway;
  const headers = { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json", Accept: "*/*" };
  const client = {
    ...controlOf(ready, "gateway"),
    send: (ask: Ask) => send(origin, ask),
    /** With the API key. */
    call: (ask: Ask) => send(origin, { ...ask, headers: { ...headers, ...ask.headers } }),
    compat: (rest: string, body: unknown, more: Record<string, string> = {}) =>
      client.call({ path: `/v1/${rest}`, body, headers: more }),
    service: (rest: string, body: unknown, more: Record<string, string> = {}) =>
      client.call({ path: `/api/v1/services/${rest}`, body, headers: more }),
    chat: (content: unknown, more: Body = {}) =>
      client.compat("chat/completions", {
        model: "qwen-plus",
        messages: [{ role: "user", content }],
        ...more,
      }),
    submit: (rest: string, body: unknown, more: Record<string, string> = {}) =>
      client.service(rest, body, { ...ASYNC, ...more }),
    /** Submits a video and gives the answer. */
    video: (body: unknown, path = "video-generation") => client.submit(`aigc/${path}/video-synthesis`, body),
    get: (path: string, query: Record<string, string> = {}) => client.call({ method: "GET", path, query }),
    query: async (id: string) =>
      (await client.get(`/api/v1/tasks/${id}`)).body as { output: Body; usage: Body },
    cancel: (id: string) => client.call({ path: `/api/v1/tasks/${id}/cancel` }),
  };
  return client;
}

/** The id of the task that was accepted. */
export function taskId({ body, text }: Answer): string {
  const id = (body.output as Body | undefined)?.task_id;
  if (typeof id !== "string") throw new Error(text);
  return id;
}

/** The data of each server-sent event, in order: parsed where it is JSON. */
export function frames(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice("data:".length).trim())
    .map((data) => (data.startsWith("{") ? (JSON.parse(data) as unknown) : data));
}
