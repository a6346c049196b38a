import { Refusal } from "../errors.ts";
import type { Body } from "../fields.ts";
import type { Content } from "./content.ts";

/** What 2.5 takes a request with reference media to be. */
type TaskType = "reference" | "edit" | "extend";

const WORDS: [TaskType, RegExp][] = [
  ["edit", /\b(edit|replace|remove|add|erase|swap)\b|编辑|替换|删除|移除|去掉|添加|增加/i],
  ["extend", /\b(extend|continue|prolong)\b|延长|延续|续写|续拍/i],
];

const NAMES = { reference: "reference generation", edit: "video editing", extend: "video extension" };

/** What the words of a prompt ask for. */
export function judged(prompt: string): TaskType {
  return WORDS.find(([, words]) => words.test(prompt))?.[0] ?? "reference";
}

const EDIT_SECONDS = { least: 4, most: 30 };

/** Fields that break the rules of a type, and how (contract ark §3.3, "2.5 task constraints"). */
function issues(
  type: TaskType | "frames",
  body: Body,
  { videos }: Content,
): [field: string, issue: string][] {
  const found: [string, string][] = [];
  if (type === "reference") return found;
  if (body.ratio !== undefined && body.ratio !== "adaptive") found.push(["ratio", "ratio must be adaptive"]);
  if (type === "frames") return found;
  if (type === "edit" && body.duration !== undefined && body.duration !== -1)
    found.push(["duration", "duration must be -1"]);
  if (videos.length === 0) found.push(["content", "at least one reference_video is required"]);
  const legal = ({ seconds }: { seconds: number }) =>
    seconds >= EDIT_SECONDS.least && seconds <= EDIT_SECONDS.most;
  if (type === "edit" && !videos.every(legal))
    found.push([
      "content",
      `the video to be edited must last ${EDIT_SECONDS.least} to ${EDIT_SECONDS.most} s`,
    ]);
  return found;
}

function constraint(type: TaskType | "frames", found: [string, string][]): Refusal {
  const fields = [...new Set(found.map(([field]) => field))];
  const determined = type === "frames" ? "first/last frame generation" : NAMES[type];
  const message =
    `The parameter(s) ${fields.join(" and ")} specified in the request are not valid. ` +
    `The task is determined as ${determined}. Issues: ${found.map(([, issue]) => issue).join("; ")}.`;
  return new Refusal(400, "InvalidParameter.TaskTypeConstraint", message, fields[0]);
}

/**
 * What is wrong with a request to 2.5, given what it is taken for: `now` for an explicit type, `later` (the task
 * fails) for `auto`, for frames, and where the prompt asks for another type than the explicit one.
 */
export function taskTypeOf(body: Body, content: Content): { now?: Refusal; later?: Refusal } {
  const told = body.omni_reference_task_type ?? "auto";
  if (content.mode !== "r2v") {
    if (told !== "auto")
      return { now: constraint(told as TaskType, [["content", "reference media content is required"]]) };
    const found = content.mode === "t2v" ? [] : issues("frames", body, content);
    return found.length > 0 ? { later: constraint("frames", found) } : {};
  }
  const asked = judged(content.prompt);
  const type = told === "auto" ? asked : (told as TaskType);
  const found = issues(type, body, content);
  if (found.length > 0) return { [told === "auto" ? "later" : "now"]: constraint(type, found) };
  if (type === asked) return {};
  const message =
    `The parameter omni_reference_task_type specified in the request is not valid. ` +
    `The task is determined as ${NAMES[asked]}, but ${NAMES[type]} was specified.`;
  return { later: new Refusal(400, "InvalidParameter.TaskTypeMismatch", message) };
}
