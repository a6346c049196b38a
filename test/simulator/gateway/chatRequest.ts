import { invalid, Refusal } from "./errors.ts";
import { type Body, flag, integer, isObject, number, object, objects, text } from "./fields.ts";
import type { Asking } from "./guard.ts";
import type { FileRule, Input, Inputs } from "./inputs.ts";
import type { TextModel } from "./textModels.ts";

const ROLES = ["system", "developer", "user", "assistant", "tool", "function"];
const MOST_CACHE_MARKS = 4;
const PICTURE: FileRule = {
  kind: "image",
  field: "image_url",
  inline: true,
  megabytes: 20,
  sides: [10, 20_000],
};
const SOUND: FileRule = {
  kind: "audio",
  field: "input_audio",
  inline: true,
  megabytes: 10,
  seconds: [0, 300],
};
const FILM: FileRule = { kind: "video", field: "video_url", inline: true, megabytes: 100 };

/** What the last message of the user says, in every part of it. */
export type Said = { text: string; pictures: Input[]; sounds: Input[]; letters: number };

/** Parts of a message by type: where the file is, and its rule. */
const PARTS: Record<string, { rule: FileRule; value(part: Body): unknown }> = {
  image_url: { rule: PICTURE, value: (part) => object(part, "image_url").url },
  input_audio: { rule: SOUND, value: (part) => object(part, "input_audio").data },
  video_url: { rule: FILM, value: (part) => object(part, "video_url").url },
};

/** Reads the messages of a chat. Throws a Refusal for what no model takes (contract §3.1). */
export function readMessages({ body, exchange }: Asking, model: string, files: Inputs): Said {
  const messages = objects(body, "messages") ?? [];
  if (messages.length === 0) throw new Refusal("BadRequest.EmptyInput", "[] is too short - 'messages'");
  const said: Said = { text: "", pictures: [], sounds: [], letters: 0 };
  let marks = 0;
  for (const message of messages) {
    if (typeof message.role !== "string" || !ROLES.includes(message.role))
      throw invalid(`messages: role must be one of ${ROLES.join(", ")}`);
    const { content = null } = message;
    const called = message.tool_calls !== undefined || message.function_call !== undefined;
    const isUser = message.role === "user";
    if (isUser) Object.assign(said, { text: "", pictures: [], sounds: [] });
    if (content === null && message.role === "assistant" && called) continue;
    if (typeof content === "string") {
      said.letters += content.length;
      if (isUser) said.text = content;
      continue;
    }
    if (!Array.isArray(content) || !content.every(isObject))
      throw invalid("messages: content must be a string or an array of parts");
    for (const part of content) {
      if (part.cache_control !== undefined) marks += 1;
      if (part.type === "text") {
        if (typeof part.text !== "string") throw invalid("messages: a text part needs text");
        said.letters += part.text.length;
        if (isUser) said.text += `${said.text === "" ? "" : " "}${part.text}`;
        continue;
      }
      const known = PARTS[String(part.type)];
      if (known === undefined) {
        // Frames of a film, as a list of links: taken, not looked at.
        if (part.type === "video") continue;
        throw invalid(`Unexpected item type in content: ${String(part.type)}`);
      }
      const input = files.read(known.value(part), known.rule, { exchange, model });
      if (input.problem !== undefined) throw input.problem;
      if (isUser && known.rule.kind === "image") said.pictures.push(input);
      if (isUser && known.rule.kind === "audio") said.sounds.push(input);
    }
  }
  if (marks > MOST_CACHE_MARKS) throw invalid(`at most ${MOST_CACHE_MARKS} cache_control marks are allowed`);
  return said;
}

/** Checks the numbers and switches of a chat or completion; gives how it is to be answered. */
export function readSettings(body: Body, model: TextModel) {
  number(body, "temperature", 0, 2);
  number(body, "top_p", 0, 1);
  number(body, "presence_penalty", -2, 2);
  number(body, "frequency_penalty", -2, 2);
  integer(body, "max_tokens", 1, 32_768);
  integer(body, "seed", 0, 2 ** 31 - 1);
  text(body, "user");
  object(body, "chat_template_kwargs");
  const stream = flag(body, "stream") === true;
  const options = body.stream_options ?? undefined;
  if (options !== undefined && !stream)
    throw invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.");
  const thinking = flag(body, "enable_thinking");
  integer(body, "thinking_budget", 1, 1_000_000);
  if (model.streamOnly === "always" && !stream)
    throw invalid(
      "This model only support stream mode, please enable the stream parameter to access the model. ",
    );
  if (model.streamOnly === "thinking" && !stream && thinking !== false)
    throw invalid("parameter.enable_thinking must be set to false for non-streaming calls");
  return { stream, thinking: thinking === true || model.streamOnly === "always" };
}

/** The schema of a structured answer, in the wire's own shape or as the plugin sends it (fixture 06). */
export function readSchema(body: Body): Body | "object" | undefined {
  const format = object(body, "response_format");
  switch (format.type) {
    case undefined:
    case "text":
      return undefined;
    case "json_object":
      return "object";
    case "json_schema": {
      const given = object(format, "json_schema");
      if (Object.keys(given).length === 0) throw invalid("response_format.json_schema is required");
      return given.schema === undefined ? given : object(given, "schema");
    }
    default:
      throw invalid("response_format.type must be one of text, json_object, json_schema");
  }
}
