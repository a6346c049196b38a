import type { OutputFacts, Usage, VendorEvent } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import type { TranscriptFormat } from "./subtitles.ts";

/** A transcript as it is handed over. */
export interface Transcript {
  text: string;
  /** What was asked for, where the text is only that and has no times. */
  missed?: Exclude<TranscriptFormat, "text">;
  usage?: Usage["units"];
  requestId?: string | undefined;
}

/** A transcript as a job hears of it. Nothing heard is an end too: it is billed, and there is no file. */
export function* transcriptEvents({
  text,
  missed,
  usage = {},
  requestId,
}: Transcript): Generator<VendorEvent> {
  yield { type: "usage", usage: { units: usage } };
  const id = requestId ? { requestId } : {};
  if (text.trim() === "") {
    yield {
      type: "failed",
      index: 0,
      error: new VendorError({
        reason: "invalid",
        sent: "unknown",
        retryable: false,
        next: "nothingHeard",
        ...id,
      }),
    };
    yield { type: "done" };
    return;
  }
  if (missed) yield { type: "warning", code: "noTimes" };
  const facts: OutputFacts = { kind: "text", ...id };
  yield { type: "output", index: 0, source: { kind: "stream", stream: bytesOf(text) }, facts };
  yield { type: "done" };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text.endsWith("\n") ? text : `${text}\n`, "utf8");
}
