import type { HttpResponse } from "../../../net/types.ts";
import type { OutputFacts, VendorContext, VendorEvent } from "../../contract.ts";
import type { BodyObject } from "../../wire/body.ts";
import { withoutKey } from "../auth/auth.ts";
import { errorOfAnswer, requestIdOf, unreadable } from "../errors.ts";
import { linkExpiry, secureLink } from "../media.ts";
import { readBody, readError } from "../wire/answer.ts";
import { open, type Sending } from "../wire/call.ts";

/**
 * Speaks over OpenAI's route: the answer is the file itself, or a redirect to it, which carries its own rights and gets no credentials
 * (contract §3, §3.6).
 */
export async function speakOpenAi(context: VendorContext, json: BodyObject): Promise<VendorEvent[]> {
  const sending: Sending = {
    route: "compatible",
    path: "/audio/speech",
    json,
    headers: { accept: "audio/*, application/json;q=0.1" },
  };
  const response = await open(context, "speech-openai", sending, { redirects: true });
  const requestId = requestIdOf(response, undefined);
  const facts: OutputFacts = requestId === undefined ? {} : { requestId };
  const location = response.headers.location;
  if (response.status >= 300 && location !== undefined) {
    await response.discard();
    const at = URL.parse(location, context.baseUrl);
    if (!at) throw unreadable(response);
    const url = withoutKey(at, context).href;
    const link = { url: secureLink(url), expires: linkExpiry(url, undefined, context) };
    return [{ type: "output", index: 0, source: { kind: "link", ...link }, facts }, { type: "done" }];
  }
  if (response.headers["content-length"] === "0") throw unreadable(response);
  if (!isSound(response)) {
    const body = readBody(await response.text());
    throw readError(body.json) ? errorOfAnswer(response, body, sending, context) : unreadable(response);
  }
  return [
    { type: "output", index: 0, source: { kind: "stream", stream: response.body }, facts },
    { type: "done" },
  ];
}

/** What says it is sound, or does not say what it is; the bytes are looked at when they are stored. */
function isSound({ headers }: HttpResponse): boolean {
  return /^(audio\/|application\/octet-stream|$)/i.test(headers["content-type"] ?? "");
}
