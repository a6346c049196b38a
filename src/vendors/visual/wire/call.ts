import type { Json } from "../../../model/json.ts";
import type { BillableHttp, HttpBodyRequest, HttpResponse } from "../../../net/types.ts";
import type { VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { againByItsClock, errorOfFault } from "../../wire/faults.ts";
import { unreadable } from "../../wire/refusal.ts";
import { errorOfAnswer, isSuccess, readSaid } from "../errors.ts";
import { learnClock, vendorTime } from "../sign/clock.ts";
import { signedHeaders } from "../sign/sign.ts";
import { type Body, readBody } from "./answer.ts";

/** `data` of an answer that says that all is well (contract §5). */
export interface Answer extends Pick<Body, "take" | "toLookAt"> {
  data: unknown;
  requestId?: string;
}

const version = "2022-08-31";
/** Actions that came later than all others (contract §3). */
const laterVersions: Readonly<Record<string, string>> = { CVCancelTask: "2024-06-06" };

const contentType = "application/json";
const readDeadlineMs = 60_000;

/** A read that costs nothing; `action` says which. One refused for its time is signed again by the vendor's clock, once. */
export async function ask(
  context: VendorContext,
  action: string,
  body: Json,
  deadlineMs = readDeadlineMs,
): Promise<Answer> {
  const once = async () => {
    const bytes = Buffer.from(JSON.stringify(body));
    return answerOf(await context.http.ask(signed(context, action, bytes, deadlineMs)), context);
  };
  try {
    return await againByItsClock(once);
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

/** Takes something back: sent once. */
export async function withdraw(context: VendorContext, action: string, body: Json): Promise<Answer> {
  try {
    const request = signed(context, action, Buffer.from(JSON.stringify(body)), readDeadlineMs);
    return await answerOf(await context.http.withdraw({ ...request, method: "POST" }), context);
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

/** A call that may cost, inside a journalled step. */
export async function send(
  http: BillableHttp,
  context: VendorContext,
  action: string,
  bytes: Uint8Array,
  deadlineMs: number,
): Promise<Answer> {
  try {
    return await answerOf(await http.send(signed(context, action, bytes, deadlineMs)), context);
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

function signed(
  context: VendorContext,
  action: string,
  bytes: Uint8Array,
  deadlineMs: number,
): HttpBodyRequest {
  const { baseUrl, credentials, signal } = context;
  const url = new URL(`${baseUrl}/`);
  url.searchParams.append("Action", action);
  url.searchParams.append("Version", laterVersions[action] ?? version);
  const { accessKeyId = "", secretAccessKey = "", sessionToken = "" } = credentials;
  const headers = signedHeaders(
    { method: "POST", url, contentType, body: bytes, at: vendorTime(context) },
    { accessKeyId, secretAccessKey, sessionToken },
  );
  return { url: url.href, headers, bytes, signal, deadlineMs };
}

/** The data of an answer, or its error. One about the time may be tried again if the answer's `Date` told a new one. */
async function answerOf(response: HttpResponse, context: VendorContext): Promise<Answer> {
  const isNews = learnClock(context, response.headers);
  const { json, ...body } = await readBody(response);
  const said = readSaid(json);
  const isGood = response.status >= 200 && response.status < 300;
  if (isGood && isSuccess(said)) {
    const { data } = json as { data?: unknown };
    return { ...body, data, ...(said.requestId ? { requestId: said.requestId } : {}) };
  }
  if (isGood && said.code === undefined) throw unreadable(response.status, said.requestId);
  const secrets = Object.values(context.credentials).filter((value) => value !== "");
  const error = errorOfAnswer(response, said, { secrets, now: context.clock.now() });
  if (error.facts.next !== "clockSkew") throw error;
  throw new VendorError({ ...error.facts, retryable: isNews });
}
