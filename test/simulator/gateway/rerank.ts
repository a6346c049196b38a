import { type Answer, json } from "../answer.ts";
import { tokensOf } from "./chatWords.ts";
import { type Dialect, invalid, Refusal, URL_ERROR } from "./errors.ts";
import { type Body, flag, integer, isObject, object, requiredText, text } from "./fields.ts";
import { type Asking, type Handle, refuseAsTold } from "./guard.ts";
import { plain } from "./markers.ts";
import { requiredModel } from "./models.ts";
import { relevance } from "./vectors.ts";

const MOST_DOCUMENTS = 500;
const MOST_TOKENS = 4000;
const MOST_TOKENS_IN_ALL = 120_000;

type Result = { index: number; relevance_score: number; document?: { text: string } };
type Ranked = { model: string; results: Result[]; usage: { total_tokens: number } };

/** The three routes of one thing (contract alibaba-ai-gateway §3.5, fixtures 10, 11, 12). */
export const rerank: Handle = (asking) => {
  const { model, results, usage } = rank(asking, "compat", asking.body, asking.body);
  return json(200, { id: asking.requestId, object: "list", model, results, usage });
};

export const reranks: Handle = (asking) => {
  const { model, results, usage } = rank(asking, "compat", asking.body, asking.body);
  const bare = results.map(({ index, relevance_score }) => ({ index, relevance_score }));
  return json(200, { results: bare, model, id: asking.requestId, usage });
};

export const nativeRerank: Handle = (asking): Answer => {
  const { body, requestId, markers } = asking;
  const nested = isObject(body.input);
  const { results, usage } = nested
    ? rank(asking, "native", object(body, "input"), object(body, "parameters"))
    : rank(asking, "native", body, body);
  // A failure that comes as a success (fixture 12).
  if (markers.get("ranks") === "code")
    return json(200, { code: "InternalError", message: "Internal server error.", request_id: requestId });
  return json(200, { output: { results }, usage, request_id: requestId });
};

function rank(asking: Asking, dialect: Dialect, input: Body, parameters: Body): Ranked {
  const { body, exchange, markers, requestId } = asking;
  const { id, model } = requiredModel(body, exchange.now(), dialect);
  if (model.kind !== "rerank") throw invalid(URL_ERROR);
  if (model.nestedOnly && (dialect === "compat" || !isObject(body.input)))
    throw new Refusal("InvalidParameter", "Field required: input");
  const query = requiredText(input, "query");
  const documents = readDocuments(input);
  const top = integer(parameters, "top_n", 1, Number.MAX_SAFE_INTEGER) ?? documents.length;
  const isTold = flag(parameters, "return_documents") === true;
  text(parameters, "instruct");
  const tokens = countTokens(query, documents);
  refuseAsTold(markers);
  const usage = { total_tokens: tokens };
  exchange.charge({ id: requestId, operation: "rerank", model: id, amount: tokens, unit: "token" });
  const results = documents
    .map(
      (document, index): Result => ({
        index,
        relevance_score: relevance(plain(query), plain(document)),
        ...(isTold && { document: { text: document } }),
      }),
    )
    .toSorted((a, b) => b.relevance_score - a.relevance_score)
    .slice(0, top);
  return { model: id, results: markers.get("ranks") === "bad" ? spoiled(results) : results, usage };
}

/** Texts, or objects that hold one or a picture (the model of pictures). */
function readDocuments(input: Body): string[] {
  const { documents } = input;
  if (!Array.isArray(documents) || documents.length === 0) throw new Refusal("BadRequest.EmptyInput");
  if (documents.length > MOST_DOCUMENTS) throw invalid(`The number of documents exceeds ${MOST_DOCUMENTS}`);
  return documents.map((document: unknown) => {
    const value = isObject(document) ? (document.text ?? document.image) : document;
    if (typeof value !== "string" || value === "") throw invalid("documents must be non-empty strings");
    return value;
  });
}

function countTokens(query: string, documents: string[]): number {
  const counts = documents.map((document) => tokensOf(document));
  const asked = tokensOf(query);
  if ([asked, ...counts].some((count) => count > MOST_TOKENS))
    throw invalid(`Range of input length should be [1, ${MOST_TOKENS}]`);
  const all = asked * documents.length + counts.reduce((sum, count) => sum + count, 0);
  if (all > MOST_TOKENS_IN_ALL) throw invalid(`Total tokens of the request exceed ${MOST_TOKENS_IN_ALL}`);
  return all;
}

/** What a bad gateway makes of the places: one twice, and one that is not there (contract §3.5). */
function spoiled(results: Result[]): Result[] {
  const [first] = results;
  return first === undefined ? [] : [...results, first, { index: 9999, relevance_score: 0.5 }];
}
