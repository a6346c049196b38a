import { z } from "zod";
import type { Ranked, VendorContext } from "../../contract.ts";
import type { BodyObject } from "../../wire/body.ts";
import { unreadable } from "../errors.ts";
import { capabilityModel } from "../names.ts";
import { firstRoute } from "../routes.ts";
import { settingsOf } from "../settings.ts";
import type { Target } from "../wire/address.ts";
import { type Answer, call } from "../wire/call.ts";

const deadlineMs = 60_000;
/** Documents in one call (contract §3.5). */
const maxDocuments = 500;

interface Ask {
  model: string;
  query: string;
  documents: readonly string[];
}

type RouteId = "reranks" | "rerank" | "native";

/** The three routes, which take different bodies, in the order to try them (contract §3.5). */
const routes: Readonly<Record<RouteId, { target: Target; json(ask: Ask): BodyObject }>> = {
  reranks: {
    target: { route: "compatible", path: "/reranks" },
    json: (ask) => ({ ...ask, top_n: ask.documents.length }),
  },
  rerank: {
    target: { route: "compatible", path: "/rerank" },
    json: (ask) => ({ ...ask, top_n: ask.documents.length, return_documents: false }),
  },
  native: {
    target: { route: "native", path: "/api/v1/services/rerank/text-rerank/text-rerank" },
    json: ({ model, query, documents }) => ({
      model,
      input: { query, documents },
      parameters: { return_documents: false, top_n: documents.length },
    }),
  },
};

const order: readonly RouteId[] = ["reranks", "rerank", "native"];

/**
 * How well each document answers a query, best first. Scores are taken as they come: normalised, a single result would have none
 * (contract §3.5).
 */
export async function rerank(
  query: string,
  documents: readonly string[],
  context: VendorContext,
): Promise<Ranked[]> {
  const chosen = settingsOf(context).routes.rerank;
  let left: readonly RouteId[] = chosen === "auto" ? order : [chosen];
  const ranked: Ranked[] = [];
  for (let from = 0; from < documents.length; from += maxDocuments) {
    const batch = documents.slice(from, from + maxDocuments);
    const ask = { model: capabilityModel("rerank", context), query, documents: batch };
    const { answer, id } = await firstRoute(left, async (route) => {
      const { target, json } = routes[route];
      const step = `rerank-${route}-${from}`;
      return { answer: await call(context, step, { ...target, json: json(ask), deadlineMs }), id: route };
    });
    left = [id];
    ranked.push(
      ...readRanked(answer, batch.length).map(({ index, score }) => ({ index: from + index, score })),
    );
  }
  return ranked.sort((a, b) => b.score - a.score);
}

const resultsSchema = z.array(z.unknown());
const flatSchema = z.object({ results: resultsSchema });
const nestedSchema = z.object({ output: flatSchema });
const rankedSchema = z.object({ index: z.int().min(0), relevance_score: z.number() });

/** Gateways are known to give places that do not exist, and some twice: those are left out (contract §3.5). */
function readRanked({ body, requestId }: Answer, count: number): Ranked[] {
  const results = flatSchema.safeParse(body).data ?? nestedSchema.safeParse(body).data?.output;
  const found = new Map<number, Ranked>();
  for (const result of results?.results ?? []) {
    const parsed = rankedSchema.safeParse(result).data;
    if (!parsed || parsed.index >= count || found.has(parsed.index)) continue;
    found.set(parsed.index, { index: parsed.index, score: parsed.relevance_score });
  }
  if (found.size > 0) return [...found.values()];
  throw unreadable({ status: 200, headers: requestId ? { "x-request-id": requestId } : {} });
}
