import type { VendorRequest } from "../../contract.ts";
import type { BodyObject, BodyValue } from "../../wire/body.ts";
import type { SeedreamWarning } from "../warnings.ts";
import { expiryHours, keepsLength, taskType } from "./options.ts";
import type { VideoPlan } from "./plan.ts";

/**
 * Everything of a task's body except its content (contract §3.1): what moves the cost always, the rest where it is not the
 * vendor's own default. What the model's schema does not have is not looked at.
 */
export function videoFields(plan: VideoPlan, model: string): BodyObject {
  const { options, step, billed } = plan;
  const fields: Record<string, BodyValue | undefined> = { model, resolution: billed.resolution };
  if (step !== "final") Object.assign(fields, madeFields(plan));
  fields.watermark = options.watermark ?? false;
  if (options.lastFrame === true && !(step === "draft" && plan.profile.draft?.noLastFrame)) {
    fields.return_last_frame = true;
  }
  if (options.format === "mov") fields.output_format = "mov";
  const hours = Number(options.expiresAfter ?? expiryHours.default);
  if (hours !== expiryHours.default) fields.execution_expires_after = hours * 3600;
  if (Number(options.priority ?? 0) > 0) fields.priority = options.priority;
  return fields;
}

/** What a final takes over from its draft and must not be told again. */
function madeFields({ profile, operation, options, step }: VideoPlan): BodyObject {
  const fields: Record<string, BodyValue | undefined> = { ratio: options.ratio ?? "adaptive" };
  const type = taskType(profile, operation);
  if (type) fields.omni_reference_task_type = type;
  if (Number(options.frames ?? 0) > 0) fields.frames = options.frames;
  else fields.duration = keepsLength(profile, operation) ? -1 : options.duration;
  if (profile.sound) fields.generate_audio = options.sound ?? true;
  if (Number(options.seed ?? -1) >= 0) fields.seed = options.seed;
  if (options.cameraFixed === true) fields.camera_fixed = true;
  if ("serviceTier" in options) fields.service_tier = options.serviceTier;
  if (step === "draft") fields.draft = true;
  return fields;
}

interface Warning {
  code: SeedreamWarning;
  args?: Record<string, string | number>;
}

/** Options written into the prompt the old way; the vendor still reads them, with weak checks (contract §3.3, Inline flags). */
const flag =
  /(?:^|\s)(--(?:rs|resolution|rt|ratio|dur|duration|frames|fps|framepersecond|framespersecond|seed|cf|camerafixed|wm|watermark))\b/i;

/** Words by which a model that tells kinds of task apart may take a new clip for an edit (contract §3.2). */
const editWords = /\b(add|remove|replace|edit)\b|添加|增加|删除|移除|去掉|替换|编辑/i;

/** What was changed or dropped, and what may go otherwise than meant. */
export function videoWarnings(plan: VideoPlan, { prompt }: Pick<VendorRequest, "prompt">): Warning[] {
  const { options, step, profile, operation } = plan;
  const found: Warning[] = plan.dropped.map((option) => ({ code: "optionDropped", args: { option } }));
  if (step === "final") return found;
  if (step === "draft" && options.resolution !== "480p") found.push({ code: "draftResolution" });
  if (step === "draft" && profile.draft?.noLastFrame && options.lastFrame === true) {
    found.push({ code: "optionDropped", args: { option: "lastFrame" } });
  }
  const written = flag.exec(prompt)?.[1];
  if (written) found.push({ code: "promptFlags", args: { flag: written } });
  if (taskType(profile, operation) === "reference" && editWords.test(prompt)) {
    found.push({ code: "promptReadsAsEdit" });
  }
  return found;
}
