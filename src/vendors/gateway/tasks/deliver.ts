import type { Json } from "../../../model/json.ts";
import type { OutputFacts, Usage, VendorContext, VendorEvent } from "../../contract.ts";
import { errorOfTask, unreadable } from "../errors.ts";
import { linkExpiry, secureLink } from "../media.ts";
import type { Answer } from "../wire/call.ts";
import { readResults } from "./results.ts";
import { headOf } from "./task.ts";

/** Longest answer that is kept to look at, in bytes. */
const maxAnswerBytes = 64 * 1024;

/** What a good answer brings; `usageOf` gets the number of results that came. */
export interface Delivery {
  answer: Answer;
  /** A task can be looked at again where its results cannot be read. */
  isTask: boolean;
  /** The seed that was asked for. */
  seed?: number | undefined;
  usageOf(results: number): Usage;
}

/**
 * Everything in a good answer as events: results with their links, places that failed on their own, words, what was used (contract §5, §7).
 * What is made is paid for: an answer that leads nowhere is an error that says so, not an end.
 */
export function* deliver(
  { answer, isTask, seed, usageOf }: Delivery,
  context: VendorContext,
): Generator<VendorEvent> {
  const { results, texts, failed } = readResults(answer.body.output);
  const isEmpty = results.every(({ kind }) => kind === "empty");
  if (isEmpty && failed === 0 && (isTask || results.length === 0)) throw unreadable(headOf(answer));
  yield* shown(answer);
  for (const text of texts) yield { type: "text", text };
  for (const [index, result] of results.entries()) {
    if (result.kind !== "link") {
      const error =
        result.kind === "failed" ? errorOfTask(result, answer.requestId) : unreadable(headOf(answer));
      yield { type: "failed", index, error };
      continue;
    }
    const facts: OutputFacts = {
      ...(answer.requestId ? { requestId: answer.requestId } : {}),
      ...(seed === undefined || results.length > 1 ? {} : { seed }),
    };
    const { url } = result;
    const source = {
      kind: "link",
      url: secureLink(url),
      expires: linkExpiry(url, undefined, context),
    } as const;
    yield { type: "output", index, source, facts };
  }
  yield* lost(results.length, failed - results.filter(({ kind }) => kind !== "link").length, answer);
  yield { type: "usage", usage: usageOf(results.filter(({ kind }) => kind === "link").length) };
  yield { type: "done" };
}

/** The answer to look at: it holds links, no media. */
export function* shown({ body }: Answer): Generator<VendorEvent> {
  if (Buffer.byteLength(JSON.stringify(body)) <= maxAnswerBytes) yield { type: "answer", body: body as Json };
}

/** Places the vendor only counts as failed. */
function* lost(from: number, count: number, { requestId }: Answer): Generator<VendorEvent> {
  for (let index = from; index < from + count; index++) {
    yield { type: "failed", index, error: errorOfTask({}, requestId) };
  }
}
