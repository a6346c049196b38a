import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import type { Ready } from "../simulator/start.ts";
import { type Body, controlOf } from "./control.ts";
import { shapeBy } from "./shape.ts";

type Texts = Record<string, string>;

/** A fixture of the contract: one exchange with the vendor. */
export type Fixture = {
  request: { method: string; path: string; query: Texts; headers: Texts; body: Body };
  response: { status: number; headers: Texts; body: Body };
};

export const FIXTURES = new URL("../fixtures/contracts/volcengine-visual/", import.meta.url);

export function readFixture<T = Fixture>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as T;
}

/** What the fixtures are signed with. */
export const FIXTURE_KEYS = { accessKeyId: "AKTEST", secret: "SKTEST" };

/** When the fixtures are signed: milliseconds since the epoch. */
export const FIXTURE_TIME = Date.UTC(2026, 2, 1, 8, 9, 10);

const VERSION = "2022-08-31";

/** What the official Python and Go signers sign. */
const USUAL = ["content-type", "host", "x-content-sha256", "x-date"];

export type Signing = {
  accessKeyId: string;
  secret: string;
  token?: string;
  /** Milliseconds since the epoch. */
  now: number;
  names?: string[];
  service?: string;
  type?: string;
};

/** Headers of a call signed by the contract's recipe. */
export function signed(target: URL, body: string, signing: Signing): Texts {
  const { accessKeyId, secret, token, now, service = "cv", type = "application/json" } = signing;
  const sha = (data: string) => createHash("sha256").update(data).digest("hex");
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const headers: Texts = {
    "content-type": type,
    host: target.host,
    "x-content-sha256": sha(body),
    "x-date": date,
    ...(token !== undefined && { "x-security-token": token }),
  };
  const names = signing.names ?? [...USUAL, ...(token === undefined ? [] : ["x-security-token"])];
  const block = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const query = target.search.slice(1).split("&").toSorted().join("&");
  const canonical = `POST\n${target.pathname}\n${query}\n${block}\n${names.join(";")}\n${sha(body)}`;
  const scope = [date.slice(0, 8), "cn-north-1", service, "request"];
  const text = `HMAC-SHA256\n${date}\n${scope.join("/")}\n${sha(canonical)}`;
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
  const signature = hmac(scope.reduce<string | Buffer>(hmac, secret), text).toString("hex");
  return {
    ...headers,
    authorization: `HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

export type Answer = {
  status: number;
  text: string;
  body: { code: number; message: string; data: Body; ResponseMetadata: { Error: Body } & Body } & Body;
};

/** Sends exactly these headers, a Host of another place too. */
export function send(target: URL, headers: Texts, body: string, method = "POST"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(target, { method, headers }, (response) => {
      readText(response)
        .then(
          (text) =>
            resolve({ status: response.statusCode ?? 0, text, body: JSON.parse(text) as Answer["body"] }),
          reject,
        )
        .catch(reject);
    });
    call.on("error", reject).end(body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part;
  return text;
}

/** Simulated milliseconds of a task: so long that none ends by itself under a test. */
export const TASK_MS = 60_000;

/** Talks to a running simulator as a client of Volcengine Visual, and as its controller. */
export function visualClient(ready: Ready) {
  const { baseUrl, accessKeyId, secretAccessKey } = ready.visual;
  let offset = 0;
  const control = controlOf(ready, "visual");
  const client = {
    ...control,
    now: () => Date.now() + offset,
    call: (
      action: string,
      body: unknown,
      signing: Partial<Signing> & { version?: string } = {},
    ): Promise<Answer> => {
      const version = signing.version ?? (action === "CVCancelTask" ? "2024-06-06" : VERSION);
      const target = new URL(`${baseUrl}/?Action=${action}&Version=${version}`);
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const headers = signed(target, text, {
        accessKeyId,
        secret: secretAccessKey,
        now: client.now(),
        ...signing,
      });
      return send(target, headers, text);
    },
    process: (body: Body) => client.call("CVProcess", body),
    /** Submits and gives the task's id. */
    submit: async (body: Body, action = "CVSync2AsyncSubmitTask") => {
      const answer = await client.call(action, body);
      if (answer.body.code !== 10000) throw new Error(answer.text);
      return String(answer.body.data.task_id);
    },
    query: (reqKey: string, id: unknown, options?: unknown, action = "CVSync2AsyncGetResult") =>
      client.call(action, {
        req_key: reqKey,
        task_id: id,
        ...(options !== undefined && { req_json: JSON.stringify(options) }),
      }),
    /** Submits, lets it end and gives the query's answer. */
    finish: async (
      body: Body,
      options?: unknown,
      pair = ["CVSync2AsyncSubmitTask", "CVSync2AsyncGetResult"],
    ) => {
      const id = await client.submit(body, pair[0]);
      await client.advance(2 * TASK_MS);
      return client.query(String(body.req_key), id, options, pair[1]);
    },
    advance: (ms: number) => {
      offset += ms;
      return control.advance(ms);
    },
    reset: () => {
      offset = 0;
      return control.reset();
    },
  };
  return client;
}

/** What of a value of Visual the contract fixes. */
export function shape(value: unknown): unknown {
  const fixed =
    /^(code|codeN|message|status|Code|CodeN|Message|Action|Version|Service|Region|aigc_meta_tagged)$/;
  return shapeBy({ fixed, nested: "resp_data" }, value);
}
