import { readFileSync } from "node:fs";
import { encodePicture, type Picture } from "../simulator/media/picture.ts";
import type { Ready } from "../simulator/start.ts";
import { type Body, controlOf } from "./control.ts";

/** A fixture of the contract: one exchange with the vendor. */
export type Fixture = {
  name: string;
  request: { method: string; path: string; body: Body | null };
  response: { status: number; headers: Record<string, string>; body: unknown };
};

export const FIXTURES = new URL("../fixtures/contracts/ark/", import.meta.url);

export function readFixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as Fixture;
}

/** The data URI of a picture made for the purpose. */
export function dataUri(picture: Partial<Picture> = {}, subtype?: string): string {
  const whole: Picture = { width: 1024, height: 1024, format: "png", seed: "input", index: 0, ...picture };
  return `data:image/${subtype ?? whole.format};base64,${encodePicture(whole).toString("base64")}`;
}

const FILLINGS: Record<string, () => string> = {
  "data:image/png;base64,<BASE64_PNG>": () => dataUri(),
  "data:image/jpeg;base64,<BASE64_JPEG>": () => dataUri({ format: "jpeg" }),
  "data:image/png;base64,<BASE64_PNG_WITH_ALPHA>": () => dataUri({ transparent: true }),
};

/** A fixture's body with real pictures where it has placeholders. */
export function filled(body: Body | null): Body {
  return JSON.parse(JSON.stringify(body), (_key, value: unknown) =>
    typeof value === "string" ? (FILLINGS[value]?.() ?? value) : value,
  ) as Body;
}

/** What varies from call to call, made alike: addresses, picture data, times, request ids. */
export function normalised(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (key === "created") return "created";
    if (key === "url" || key === "b64_json") return key;
    return typeof inner === "string" ? inner.replace(/\b02\d{13}[0-9a-f]{38}\b/g, "<id>") : inner;
  });
}

/** Talks to a running simulator as a client of Ark and as its controller. */
export function arkClient(ready: Ready) {
  const { baseUrl, apiKey } = ready.seedream;
  return {
    ...controlOf(ready, "seedream"),
    call: (method: string, path: string, init: RequestInit = {}) =>
      fetch(baseUrl + path, {
        method,
        ...init,
        headers: { Authorization: `Bearer ${apiKey}`, ...init.headers },
      }),
    generate: (body: Body, init: RequestInit = {}) =>
      fetch(`${baseUrl}/images/generations`, {
        method: "POST",
        body: JSON.stringify(body),
        ...init,
        headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json", ...init.headers },
      }),
  };
}

/** An answer of the image route as far as tests read it. */
export type ImageAnswer = {
  data: { url: string; b64_json: string; size: string; error?: { code: string } }[];
  usage: Body;
  error: { code: string; message: string; param: string; type: string };
};

export async function answerOf(response: Response): Promise<ImageAnswer> {
  return (await response.json()) as ImageAnswer;
}
