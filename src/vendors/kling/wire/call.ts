import type { BillableHttp, HttpResponse } from "../../../net/types.ts";
import type { VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { againByItsClock, errorOfFault } from "../../wire/faults.ts";
import { exactJsonOf } from "../../wire/json.ts";
import { unreadable } from "../../wire/refusal.ts";
import { authHeaders, learnClock, secretsOf } from "../auth/auth.ts";
import { errorOfAnswer } from "../errors.ts";

/** What the envelope held (contract §2). */
export interface Answer {
  data: unknown;
  requestId?: string;
}

const readDeadlineMs = 60_000;
/** Creates carry files of up to 50 MB together and answer at once. */
const sendDeadlineMs = 180_000;

/** A read that costs nothing. A token refused for its time is made again with the vendor's clock, once. */
export async function read(
  context: VendorContext,
  path: string,
  query: Record<string, string> = {},
  deadlineMs = readDeadlineMs,
): Promise<Answer> {
  const once = async () => {
    const headers = authHeaders(context);
    const response = await context.http.get({
      url: context.baseUrl + path,
      query,
      headers,
      signal: context.signal,
      deadlineMs,
    });
    return answerOf(response, context, headers);
  };
  try {
    return await againByItsClock(once);
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

/** A call with a body, inside a journalled step. */
export async function send(
  http: BillableHttp,
  context: VendorContext,
  path: string,
  bytes: Uint8Array,
): Promise<Answer> {
  try {
    const headers = authHeaders(context);
    const response = await http.send({
      url: context.baseUrl + path,
      headers: { ...headers, "content-type": "application/json" },
      bytes,
      signal: context.signal,
      deadlineMs: sendDeadlineMs,
    });
    return await answerOf(response, context, headers);
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

/**
 * The data of an answer, or its error. One about the token's time may be tried again if the answer's `Date` led to another token than
 * the one `used`.
 */
async function answerOf(
  response: HttpResponse,
  context: VendorContext,
  used: Record<string, string>,
): Promise<Answer> {
  learnClock(context, response.headers);
  const body = exactJsonOf(await response.text());
  const code: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "code") : undefined;
  const isGood = response.status >= 200 && response.status < 300;
  if (isGood && code === 0) {
    const { data, request_id: requestId } = body as { data?: unknown; request_id?: unknown };
    return { data, ...(typeof requestId === "string" ? { requestId } : {}) };
  }
  if (isGood && typeof code !== "number") throw unreadable(response.status);
  const error = errorOfAnswer(response, body, { secrets: secretsOf(context), now: context.clock.now() });
  if (error.facts.next !== "clockSkew") throw error;
  const retryable = authHeaders(context).authorization !== used.authorization;
  throw new VendorError({ ...error.facts, retryable });
}
