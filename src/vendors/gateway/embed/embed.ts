import { z } from "zod";
import type { Embeddings, VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import type { BodyObject } from "../../wire/body.ts";
import { isMissingRoute, unreadable } from "../errors.ts";
import { capabilityModel } from "../names.ts";
import type { Target } from "../wire/address.ts";
import { type Answer, call } from "../wire/call.ts";

const deadlineMs = 300_000;

/** Texts in one call: ten, and more at the first two generations (contract §3.4). */
const batchSize = (model: string) => (/^text-embedding-v[12]$/.test(model) ? 25 : 10);

type Use = "document" | "query";

/** A route for embeddings: what is sent, and the vectors of an answer by the index of their text. */
interface Route {
  target: Target;
  json(model: string, texts: readonly string[], use: Use): BodyObject;
  read(body: unknown): { index: number; vector: readonly number[] }[] | undefined;
}

const vector = z.array(z.number()).min(1);
const index = z.int();

const compatibleSchema = z.object({ data: z.array(z.object({ embedding: vector, index })) });
const nativeSchema = z.object({
  output: z.object({ embeddings: z.array(z.object({ embedding: vector, text_index: index })) }),
});

const compatible: Route = {
  target: { route: "compatible", path: "/embeddings" },
  json: (model, texts) => ({ model, input: texts, encoding_format: "float" }),
  read: (body) =>
    compatibleSchema
      .safeParse(body)
      .data?.data.map((each) => ({ index: each.index, vector: each.embedding })),
};

/** The only one that is told what a text is for (contract §3.4). */
const native: Route = {
  target: { route: "native", path: "/api/v1/services/embeddings/text-embedding/text-embedding" },
  json: (model, texts, use) => ({
    model,
    input: { texts },
    parameters: { text_type: use, output_type: "dense" },
  }),
  read: (body) =>
    nativeSchema
      .safeParse(body)
      .data?.output.embeddings.map((each) => ({ index: each.text_index, vector: each.embedding })),
};

/**
 * What texts mean, as one vector each. By the compatible route, and where the gateway has none, by the native one; all texts by the same.
 * The model is the one that answered: routing may change it (contract §4).
 */
export async function embed(texts: readonly string[], use: Use, context: VendorContext): Promise<Embeddings> {
  const asked = capabilityModel("embedding", context);
  const size = batchSize(asked);
  const vectors: (readonly number[])[] = [];
  let route = compatible;
  let model: string | undefined;
  for (let from = 0; from < texts.length; from += size) {
    const batch = texts.slice(from, from + size);
    const send = (by: Route) => sendBatch(by, { model: asked, texts: batch, use, from }, context);
    const answer = await send(route).catch((error: unknown) => {
      if (from > 0 || !isMissingRoute(error)) throw error;
      route = native;
      return send(native).catch((second: unknown) => {
        throw isMissingRoute(second) ? error : second;
      });
    });
    const echoed = typeof answer.body.model === "string" && answer.body.model ? answer.body.model : asked;
    model ??= echoed;
    vectors.push(...orderedVectors(route.read(answer.body), batch.length, answer));
    if (echoed !== model || vectors.some(({ length }) => length !== vectors[0]?.length)) {
      throw new VendorError({ reason: "protocol", sent: "unknown", code: "mixedModels" });
    }
  }
  return { model: model ?? asked, vectors };
}

function sendBatch(
  { target, json }: Route,
  { model, texts, use, from }: { model: string; texts: readonly string[]; use: Use; from: number },
  context: VendorContext,
): Promise<Answer> {
  return call(context, `embed-${target.route}-${from}`, {
    ...target,
    json: json(model, texts, use),
    deadlineMs,
  });
}

/** One vector for each text, by index; anything else is not an answer to what was asked. */
function orderedVectors(
  found: { index: number; vector: readonly number[] }[] | undefined,
  count: number,
  { requestId }: Answer,
): (readonly number[])[] {
  const byIndex = new Map(found?.map((each) => [each.index, each.vector]));
  const ordered = Array.from({ length: count }, (_, at) => byIndex.get(at)).filter(
    (each) => each !== undefined,
  );
  if (ordered.length === count && found?.length === count) return ordered;
  throw unreadable({ status: 200, headers: requestId ? { "x-request-id": requestId } : {} });
}
