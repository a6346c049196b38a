import { json } from "../answer.ts";
import { answerTo, pieces, tokensOf } from "./chatWords.ts";
import { invalid, Refusal, URL_ERROR } from "./errors.ts";
import { choice, flag, integer, isObject, object, objects, text } from "./fields.ts";
import { type Asking, type Handle, isSse, refuseAsTold } from "./guard.ts";
import type { Images } from "./images.ts";
import type { Input, Inputs } from "./inputs.ts";
import { requiredModel } from "./models.ts";
import { nativeEvents } from "./nativeStream.ts";
import type { Speech } from "./speech.ts";
import type { TextModel } from "./textModels.ts";
import type { Transcribe } from "./transcribe.ts";

export type Kinds = { images: Images; speech: Speech; transcribe: Transcribe; files: Inputs };

/** The native path that many kinds of models share (contract alibaba-ai-gateway §3.6, §5). */
export function multimodalGeneration(kinds: Kinds): Handle {
  return (asking) => {
    const { id, model } = requiredModel(asking.body, asking.exchange.now(), "native");
    switch (model.kind) {
      case "image":
        return kinds.images.sync(asking, id, model);
      case "tts":
        return kinds.speech.native(asking, id, model);
      case "asr":
        return kinds.transcribe.native(asking, id);
      case "chat":
        return generate(asking, id, model, "aigc/multimodal-generation/generation", kinds.files);
      default:
        throw invalid(URL_ERROR);
    }
  };
}

/** The native path of the models that know text alone (fixtures 77, 77b). */
export function textGeneration(kinds: Kinds): Handle {
  return (asking) => {
    const { id, model } = requiredModel(asking.body, asking.exchange.now(), "native");
    if (model.kind !== "chat") throw invalid(URL_ERROR);
    return generate(asking, id, model, "aigc/text-generation/generation", kinds.files);
  };
}

function generate(asking: Asking, id: string, model: TextModel, path: string, files: Inputs) {
  const { body, exchange, markers, requestId } = asking;
  if (model.native !== path) throw invalid(URL_ERROR);
  const parameters = object(body, "parameters");
  integer(parameters, "max_tokens", 1, 32_768);
  const format = choice(parameters, "result_format", ["text", "message"]);
  const isMultimodal = path.startsWith("aigc/multimodal");
  const isMessage = isMultimodal || format === "message";
  const isGrowing = flag(parameters, "incremental_output") !== true;
  const said = readInput(asking, id, files);
  refuseAsTold(markers);
  const answer = answerTo(said, markers, undefined);
  const [asked, given] = [tokensOf(said.text) + 8, tokensOf(answer)];
  const usage = { input_tokens: asked, output_tokens: given, total_tokens: asked + given };
  exchange.charge({ id: requestId, operation: "chat", model: id, amount: usage.total_tokens, unit: "token" });
  const result = (words: string, finish: string) => {
    const content = isMultimodal ? [{ text: words }] : words;
    const output = isMessage
      ? { choices: [{ finish_reason: finish, message: { role: "assistant", content } }] }
      : { text: words, finish_reason: finish };
    return { output, usage, request_id: requestId };
  };
  if (!isSse(exchange)) return json(200, result(answer, "stop"));
  // Without `incremental_output` each event repeats what came before (contract §3.2).
  async function* parts() {
    let soFar = "";
    for (const piece of pieces(answer)) {
      soFar += piece;
      yield result(isGrowing ? soFar : piece, "null");
    }
    yield result(isGrowing ? answer : "", "stop");
  }
  return nativeEvents(parts());
}

function readInput({ body, exchange }: Asking, model: string, files: Inputs) {
  const input = object(body, "input");
  const prompt = text(input, "prompt");
  const messages =
    objects(input, "messages") ?? (prompt === undefined ? [] : [{ role: "user", content: prompt }]);
  const last = messages.findLast(({ role }) => role === "user");
  if (last === undefined) throw new Refusal("BadRequest.EmptyInput");
  const content: unknown[] = Array.isArray(last.content) ? last.content : [{ text: last.content }];
  const pictures: Input[] = [];
  const texts: string[] = [];
  for (const item of content) {
    if (!isObject(item)) throw invalid("content items are objects");
    if (typeof item.text === "string") texts.push(item.text);
    if (item.image === undefined) continue;
    const rule = { kind: "image", field: "image", inline: true, megabytes: 20 } as const;
    const picture = files.read(item.image, rule, { exchange, model });
    if (picture.problem !== undefined) throw picture.problem;
    pictures.push(picture);
  }
  const joined = texts.join(" ");
  return { text: joined, pictures, sounds: [], letters: joined.length };
}
