import { json } from "../answer.ts";
import { tokensOf } from "./chatWords.ts";
import { type Dialect, invalid, Refusal, URL_ERROR } from "./errors.ts";
import { type Body, choice, integer, object, text } from "./fields.ts";
import { type Asking, type Handle, refuseAsTold } from "./guard.ts";
import { plain } from "./markers.ts";
import { requiredModel } from "./models.ts";
import type { TextModel } from "./textModels.ts";
import { vectorOf } from "./vectors.ts";

const TOO_MANY =
  "<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than";

/** `POST /v1/embeddings` (contract alibaba-ai-gateway §3.4, fixture 08). */
export const embeddings: Handle = (asking) => {
  const { body, requestId } = asking;
  const { id, model } = embeddingModel(asking, "compat");
  choice(body, "encoding_format", ["float", "base64"]);
  text(body, "user");
  const dimension = readDimension(body, "dimensions", model);
  const inputs = readTexts(typeof body.input === "string" ? [body.input] : body.input, "input", model);
  const tokens = accept(asking, id, inputs);
  return json(200, {
    // Floats whatever the format asked for, as the models' host does ("Also seen").
    data: inputs.map((input, index) => ({
      embedding: vectorOf(plain(input), dimension),
      index,
      object: "embedding",
    })),
    model: id,
    object: "list",
    usage: { prompt_tokens: tokens, total_tokens: tokens },
    id: requestId,
  });
};

/** The native path (contract §3.4, fixture 09). */
export const nativeEmbeddings: Handle = (asking) => {
  const { body, requestId } = asking;
  const { id, model } = embeddingModel(asking, "native");
  const parameters = object(body, "parameters");
  choice(parameters, "text_type", ["query", "document"]);
  const type = choice(parameters, "output_type", ["dense", "sparse", "dense&sparse"]) ?? "dense";
  const dimension = readDimension(parameters, "dimension", model);
  const inputs = readTexts(object(body, "input").texts, "input.texts", model);
  const tokens = accept(asking, id, inputs);
  return json(200, {
    output: {
      embeddings: inputs.map((input, index) => ({
        ...(type.includes("sparse") && {
          sparse_embedding: [{ index: 7149, value: 0.829, token: plain(input).slice(0, 8) }],
        }),
        ...(type.includes("dense") && { embedding: vectorOf(plain(input), dimension) }),
        text_index: index,
      })),
    },
    usage: { total_tokens: tokens },
    request_id: requestId,
  });
};

function embeddingModel({ body, exchange }: Asking, dialect: Dialect): { id: string; model: TextModel } {
  const { id, model } = requiredModel(body, exchange.now(), dialect);
  if (model.kind !== "embedding") throw invalid(URL_ERROR);
  return { id, model };
}

function readDimension(body: Body, field: string, { dimensions = [1024] }: TextModel): number {
  const value = integer(body, field, 1, 4096) ?? dimensions[0] ?? 1024;
  if (!dimensions.includes(value)) throw invalid(`${field} must be one of ${dimensions.join(", ")}`);
  return value;
}

function readTexts(value: unknown, field: string, { batch = 10, tokens = 8192 }: TextModel): string[] {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal("BadRequest.EmptyInput");
  if (!value.every((item) => typeof item === "string" && item !== ""))
    throw invalid(`<400> InternalError.Algo.InvalidParameter: ${field} must be non-empty strings`);
  if (value.length > batch) throw invalid(`${TOO_MANY} ${batch}.: input.contents`);
  const texts = value as string[];
  if (texts.some((each) => tokensOf(each) > tokens))
    throw invalid(
      `<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, ${tokens}]`,
    );
  return texts;
}

function accept({ markers, exchange, requestId }: Asking, model: string, inputs: string[]): number {
  refuseAsTold(markers);
  const amount = inputs.reduce((sum, input) => sum + tokensOf(input), 0);
  exchange.charge({ id: requestId, operation: "embedding", model, amount, unit: "token" });
  return amount;
}
