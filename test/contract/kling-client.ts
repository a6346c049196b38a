import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Ready } from "../simulator/start.ts";
import { type Body, controlOf } from "./control.ts";
import { shapeBy } from "./shape.ts";

/** A fixture of the contract: one exchange with the vendor. */
export type Fixture = {
  request: { method: string; path: string; query: Record<string, string>; headers: Body; body: Body | null };
  response: { status: number; body: Body };
};

export const FIXTURES = new URL("../fixtures/contracts/kling/", import.meta.url);

export function readFixture<T = Fixture>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as T;
}

/** When the tokens of the fixtures are good: milliseconds since the epoch. */
export const FIXTURE_TIME = 1_767_225_600_000;

/** A token of the contract's three claims, good from five seconds before `now` (seconds) for half an hour. */
export function token(
  accessKey: string,
  secretKey: string,
  now: number,
  claims: Body = {},
  alg = "HS256",
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg, typ: "JWT" })}.${part({ iss: accessKey, exp: now + 1800, nbf: now - 5, ...claims })}`;
  return `${input}.${createHmac("sha256", secretKey).update(input).digest("base64url")}`;
}

export type Answer = { status: number; text: string; body: { code: number; message: string; data: Body } };

/** Talks to a running simulator as a client of Kling with its API key, and as its controller. */
export function klingClient(ready: Ready) {
  const { baseUrl, apiKey } = ready.kling;
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    authorization = `Bearer ${apiKey}`,
  ): Promise<Answer> => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers: { Authorization: authorization, "Content-Type": "application/json" },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: JSON.parse(text) as Answer["body"] };
  };
  const client = {
    ...controlOf(ready, "kling"),
    call,
    get: (path: string) => call("GET", path),
    post: (path: string, body: unknown) => call("POST", path, body),
    /** Creates a task and gives its id. */
    create: async (path: string, body: unknown) => {
      const { body: answer, text } = await call("POST", path, body);
      if (answer.code !== 0) throw new Error(text);
      return String(answer.data.task_id ?? answer.data.id);
    },
    /** Creates a task, lets it end and gives the query's `data`. */
    finish: async (path: string, body: unknown) => {
      const id = await client.create(path, body);
      await client.advance(60_000);
      return (await client.get(`${path}/${id}`)).body.data;
    },
  };
  return client;
}

/** What of a value of Kling the contract fixes. */
export function shape(value: unknown): unknown {
  const fixed =
    /^(code|message|msg|(task_)?status|external_(task_)?id|reference_type|enabled|charge_type|type)$/;
  return shapeBy({ fixed }, value);
}
