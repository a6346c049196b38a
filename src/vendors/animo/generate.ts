import type { BillableHttp, HttpResponse } from "../../net/types.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { errorOfFault } from "../wire/faults.ts";
import { withoutRepeated } from "../wire/links.ts";
import { type Body, hostedBody, ownBody, pluginBody } from "./body.ts";
import { type Endpoint, endpointOf } from "./endpoint.ts";
import { errorOfAnswer, factsOf, readSaid, type Said } from "./errors.ts";
import { jobOf, linked } from "./job.ts";

/** Longest silence within a video that has begun to come; before its first byte there is none (contract §A5). */
const idleMs = 60_000;
/** Times a call is repeated where the endpoint says that it has moved. */
const maxMoves = 3;

/** One call: `step` names it in the journal. */
interface Call {
  step: string;
  url: URL;
  headers: Record<string, string>;
  body: Body;
}

/**
 * Asks for a video and hands on what comes: the video itself, streamed; or where the answer is plainly another dialect's, its job or its
 * link, so that nothing paid for is lost (contract §A, §B, §C). Anything else is an error that says what came.
 */
export async function* generate(request: VendorRequest, context: VendorContext): AsyncGenerator<VendorEvent> {
  const endpoint = endpointOf(context);
  const first = firstCall(request, endpoint, context);
  const { call, response } = await answered(first, context).catch((error: unknown) => {
    if (!wantsOtherHeader(error)) throw error;
    return answered(ownCall(request, endpoint, context), context);
  });
  for (const option of call.body.dropped) yield { type: "warning", code: "optionDropped", args: { option } };
  yield* read(response, call, endpoint, context);
}

function firstCall(request: VendorRequest, { url, isHosted }: Endpoint, context: VendorContext): Call {
  return {
    step: "generate",
    url,
    headers: { authorization: `Bearer ${context.credentials.apiKey ?? ""}` },
    body: isHosted ? hostedBody(request) : pluginBody(request),
  };
}

/** The server one runs oneself does not know the usual header, and refuses in words of its own (contract §C). */
function wantsOtherHeader(error: unknown): boolean {
  return (
    error instanceof VendorError &&
    error.facts.status === 401 &&
    error.facts.vendorMessage === "Invalid or missing API key"
  );
}

function ownCall(request: VendorRequest, { url }: Endpoint, { credentials }: VendorContext): Call {
  return {
    step: "generateOwn",
    url,
    headers: { "x-api-key": credentials.apiKey ?? "" },
    body: ownBody(request),
  };
}

/** The answer to a call; where it has moved, to its repetition there: with the key on the same origin, without it elsewhere. */
async function answered(
  first: Call,
  context: VendorContext,
): Promise<{ call: Call; response: HttpResponse }> {
  let call = first;
  for (let moves = 0; ; moves++) {
    const response = await context.spend(call.step, (http) => send(http, call, context));
    const target = response.status === 307 || response.status === 308 ? movedTo(response, call) : undefined;
    if (!target) return { call, response };
    await response.discard();
    if (moves === maxMoves) throw new VendorError({ reason: "protocol", sent: "refused", code: "redirect" });
    const step = `${first.step}-moved${moves + 1}`;
    const isSame = target.origin === call.url.origin;
    call = isSame
      ? { ...call, step, url: target }
      : { ...call, step, url: withoutRepeated(target, first.url), headers: {} };
  }
}

function movedTo({ headers }: HttpResponse, { url }: Call): URL | undefined {
  return headers.location === undefined ? undefined : (URL.parse(headers.location, url.href) ?? undefined);
}

async function send(http: BillableHttp, call: Call, context: VendorContext): Promise<HttpResponse> {
  try {
    const response = await http.send({
      url: call.url.href,
      headers: { accept: "*/*", ...call.headers },
      json: call.body.json,
      idleMs,
      signal: context.signal,
    });
    if (response.status < 400 && (response.status < 300 || response.headers.location)) return response;
    throw errorOfAnswer(response, await readSaid(response), context);
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

async function* read(
  response: HttpResponse,
  call: Call,
  endpoint: Endpoint,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  // See other: what was made lies there, for whoever has the link.
  const target = response.status >= 300 ? movedTo(response, call) : undefined;
  if (target) {
    await response.discard();
    return yield* linked(target.href, call.url);
  }
  const type = mediaType(response);
  const bytes = Number(response.headers["content-length"]);
  if (type === "video/mp4" && bytes !== 0) {
    const source = { kind: "stream" as const, stream: response.body, ...(bytes > 0 ? { bytes } : {}) };
    const { requestId } = factsOf(response, {}, context);
    yield { type: "output", index: 0, source, facts: requestId ? { requestId } : {} };
    yield { type: "done" };
    return;
  }
  const said = await readSaid(response).catch((fault: unknown) => {
    throw errorOfFault(fault);
  });
  const job = jobOf(said);
  if (job) {
    yield { type: "accepted", operation: { origin: endpoint.url.origin, id: job.id } };
    return;
  }
  const link = linkIn(said);
  if (link !== undefined) return yield* linked(link, call.url);
  const facts = factsOf(response, said, context);
  throw new VendorError({
    ...facts,
    reason: "protocol",
    sent: "unknown",
    code: type || "no-content-type",
    next: "animoNotVideo",
  });
}

/** Without parameters and in lower case: `VIDEO/MP4; codecs=…` is a video too (contract §A3). Empty where there is none. */
function mediaType({ headers }: HttpResponse): string {
  return headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** A finished video's link, as the server one runs oneself tells it (contract §C). */
function linkIn({ json }: Said): string | undefined {
  const link = json?.video_url;
  return typeof link === "string" && link !== "" ? link : undefined;
}
