import type { OutputFacts, OutputSource, VendorEvent } from "../contract.ts";
import { unreadable } from "../wire/refusal.ts";
import type { Answer } from "./wire/call.ts";
import { readData, sourcesOf } from "./wire/result.ts";

/** What an answer brought: at least one result. */
export interface Outcome {
  answer: Answer;
  sources: readonly OutputSource[];
  /** Whether a hidden label was written, where the answer says so. */
  tagged?: boolean | undefined;
}

/** Reads a finished answer. One that says it is done and has no result is an error: it may be billed (contract §5). */
export function outcomeOf(answer: Answer, kind: "image" | "video", now: number): Outcome {
  const data = readData(answer.data);
  const sources = data ? sourcesOf(data, answer, kind, now) : [];
  if (sources.length === 0) throw unreadable(200, answer.requestId);
  return { answer, sources, tagged: data?.aigc_meta_tagged };
}

/** Tells a result to its end. `labelled`: a hidden label was asked for. */
export function* resultEvents(
  { answer, sources, tagged }: Outcome,
  { labelled, seed }: { labelled: boolean; seed?: number | undefined },
): Generator<VendorEvent> {
  const body = answer.toLookAt();
  if (body !== undefined) yield { type: "answer", body };
  if (labelled && tagged === false) yield { type: "warning", code: "labelNotWritten" };
  const facts: OutputFacts = {
    ...(seed === undefined ? {} : { seed }),
    ...(answer.requestId ? { requestId: answer.requestId } : {}),
  };
  for (const [index, source] of sources.entries()) yield { type: "output", index, source, facts };
  yield { type: "done" };
}
