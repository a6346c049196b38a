import type { BillableHttp, HttpResponse } from "../../../net/types.ts";
import type { VendorContext } from "../../contract.ts";
import { type BodyObject, encodeBody } from "../../wire/body.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { authorize } from "../auth/auth.ts";
import { errorOfAnswer, requestIdOf, unreadable } from "../errors.ts";
import { addressOf, type Target } from "./address.ts";
import { isObject, readBody, readError } from "./answer.ts";

/** A call with a body: JSON, or a form. */
export interface Sending extends Target {
  json?: BodyObject;
  form?: FormData;
  /** In lower case; `accept` is `application/json` unless given. */
  headers?: Readonly<Record<string, string>>;
  /** Longest time to the end of the answer's headers; without it only the context's signal ends the wait. */
  deadlineMs?: number;
  /** Longest silence in the middle of the answer; none unless given. */
  idleMs?: number;
}

/** A good answer's JSON. */
export interface Answer {
  body: Record<string, unknown>;
  requestId?: string;
  /** What the other side's clock said, in ms since the epoch, to the second. */
  date?: number;
}

const readDeadlineMs = 60_000;
const withdrawDeadlineMs = 30_000;

/**
 * The way to a call that may cost: journals `step`, sends, and reads the answer as JSON. Throws a {@link VendorError} for an error in any
 * dialect, one inside a good answer included.
 */
export async function call(context: VendorContext, step: string, sending: Sending): Promise<Answer> {
  const request = await requestOf(context, sending);
  return context.spend(step, (http) =>
    told(async () => answerOf(await http.send(request), sending, context)),
  );
}

/**
 * As {@link call}, but hands the answer over with its body unread: a stream, a file, or (with `redirects`) a 3xx. An event stream's or a
 * body's own error is the caller's to see.
 */
export async function open(
  context: VendorContext,
  step: string,
  sending: Sending,
  { redirects = false } = {},
): Promise<HttpResponse> {
  const request = await requestOf(context, sending);
  const send = async (http: BillableHttp) => {
    const response = await http.send(request);
    if (isGood(response) || (redirects && isRedirect(response))) return response;
    throw errorOfAnswer(response, readBody(await response.text()), sending, context);
  };
  return context.spend(step, (http) => told(() => send(http)));
}

export interface ReadOptions {
  query?: Readonly<Record<string, string>>;
  deadlineMs?: number;
  /** Without credentials, to learn whether they are looked at. */
  anonymous?: boolean;
}

/** A read that costs nothing; it is tried again on transport faults. */
export async function read(
  context: VendorContext,
  target: Target,
  { query = {}, deadlineMs = readDeadlineMs, anonymous = false }: ReadOptions = {},
): Promise<Answer> {
  const plain = outgoingOf(context, "GET", target, query, {});
  const { url, headers } = anonymous ? plain : authorize(context, plain);
  return told(async () =>
    answerOf(
      await context.http.get({ url: url.href, headers, signal: context.signal, deadlineMs }),
      target,
      context,
    ),
  );
}

/** A free call with an effect, such as cancelling a task: sent once. */
export async function withdraw(context: VendorContext, sending: Sending): Promise<Answer> {
  const request = await requestOf(context, sending);
  return told(async () =>
    answerOf(
      await context.http.withdraw({ deadlineMs: withdrawDeadlineMs, ...request, method: "POST" }),
      sending,
      context,
    ),
  );
}

async function requestOf(context: VendorContext, sending: Sending) {
  const { bytes, type } = await payloadOf(sending);
  const { url, headers } = authorize(
    context,
    outgoingOf(
      context,
      "POST",
      sending,
      {},
      {
        ...(type === undefined ? {} : { "content-type": type }),
        ...sending.headers,
      },
    ),
  );
  return {
    url: url.href,
    headers,
    signal: context.signal,
    ...(bytes === undefined ? {} : { bytes }),
    ...(sending.deadlineMs === undefined ? {} : { deadlineMs: sending.deadlineMs }),
    ...(sending.idleMs === undefined ? {} : { idleMs: sending.idleMs }),
  };
}

async function payloadOf({ json, form }: Sending): Promise<{ bytes?: Uint8Array; type?: string }> {
  if (json) return { bytes: await encodeBody(json), type: "application/json" };
  if (!form) return {};
  const encoded = new Response(form);
  const type = encoded.headers.get("content-type") ?? "multipart/form-data";
  return { bytes: new Uint8Array(await encoded.arrayBuffer()), type };
}

/** A call with all that a signature covers: the network adds nothing to it. `Accept` is always said, or a library would say its own. */
function outgoingOf(
  context: VendorContext,
  method: string,
  target: Target,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
) {
  const url = new URL(addressOf(context, target));
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return { method, url, headers: { accept: "application/json", ...headers } };
}

async function answerOf(response: HttpResponse, target: Target, context: VendorContext): Promise<Answer> {
  const body = readBody(await response.text());
  if (!isGood(response) || isFailure(body.json)) throw errorOfAnswer(response, body, target, context);
  if (!isObject(body.json)) throw unreadable(response);
  const id = requestIdOf(response, undefined) ?? body.json.request_id;
  const date = Date.parse(response.headers.date ?? "");
  return {
    body: body.json,
    ...(typeof id === "string" && id !== "" ? { requestId: id } : {}),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

/** A good status says nothing yet: `code` or `error` at the top make it a failure (contract §3.5, §4.2). */
function isFailure(json: unknown): boolean {
  return readError(json) !== undefined;
}

function isGood({ status }: Pick<HttpResponse, "status">): boolean {
  return status >= 200 && status < 300;
}

function isRedirect({ status, headers }: HttpResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status) && Boolean(headers.location);
}

async function told<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (fault) {
    throw errorOfFault(fault);
  }
}
