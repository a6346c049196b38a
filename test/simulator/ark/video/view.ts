import { videoClip } from "../../media/clips.ts";
import { encodePicture } from "../../media/picture.ts";
import type { Services } from "../../vendor.ts";
import type { Files } from "./files.ts";
import { stateOf, type VideoTask } from "./job.ts";

/** How tasks are told. */
export type Views = {
  /** The answer of a GET of one task. */
  whole(task: VideoTask): Record<string, unknown>;
  /** An item of the list: the official sample leaves a few fields out. */
  item(task: VideoTask): Record<string, unknown>;
};

const LIFE_MS = 24 * 3600 * 1000;
const seconds = (ms: number) => Math.floor(ms / 1000);

export function createViews(services: Services, vendor: string, files: Files): Views {
  const { clock, links } = services;

  /** Results live for a day from the end of the task, whenever they are first asked for. */
  const linksOf = (task: VideoTask): NonNullable<VideoTask["value"]["links"]> => {
    const { plan, model } = task.value;
    const publish = (name: string, type: string, bytes: () => Buffer) =>
      links.publish({
        vendor,
        folder: `ark-acg-cn-beijing/${model.family}`,
        name,
        type,
        bytes,
        lifeMs: task.endsAt + LIFE_MS - clock.now(),
      });
    const moving = plan.format === "mov";
    const video_url = publish(`${task.id}.${plan.format}`, moving ? "video/quicktime" : "video/mp4", () => {
      const clip = videoClip(plan, task.id);
      // The brand in front is what tells a QuickTime file from an MP4.
      if (moving) clip.write("qt  ", 8, "latin1");
      return clip;
    });
    files.know(video_url, { width: plan.width, height: plan.height, seconds: plan.seconds, fps: 24 });
    if (!plan.lastFrame) return { video_url };
    const picture = {
      width: plan.width,
      height: plan.height,
      format: "png",
      seed: task.id,
      index: 0,
    } as const;
    return {
      video_url,
      last_frame_url: publish(`${task.id}_last.png`, "image/png", () => encodePicture(picture)),
    };
  };

  const result = (task: VideoTask) => {
    const { plan, draftTaskId } = task.value;
    task.value.links ??= linksOf(task);
    const tokens = { completion_tokens: plan.tokens, total_tokens: plan.tokens };
    return {
      content: task.value.links,
      usage: { ...tokens, ...(plan.webSearch && { tool_usage: { web_search: 1 } }) },
      seed: plan.seed,
      resolution: plan.resolution,
      ratio: plan.ratio,
      ...(plan.frames === undefined ? { duration: plan.seconds } : { frames: plan.frames }),
      framespersecond: 24,
      ...(draftTaskId !== undefined && { draft_task_id: draftTaskId }),
      ...(plan.webSearch && { tools: [{ type: "web_search" }] }),
    };
  };

  /** What every view says, and the result. */
  const brief = (task: VideoTask) => {
    const { modelId, failure, plan } = task.value;
    const { status, since } = stateOf(task, clock.now());
    return {
      id: task.id,
      model: modelId,
      status: status === "running" ? (task.oddStatus ?? status) : status,
      ...(status === "failed" && { error: failure }),
      ...(status === "succeeded" && result(task)),
      created_at: seconds(task.createdAt),
      updated_at: seconds(since),
      service_tier: plan.tier,
    };
  };

  return {
    whole: (task) => {
      const { plan, model } = task.value;
      const succeeded = stateOf(task, clock.now()).status === "succeeded";
      return {
        ...brief(task),
        execution_expires_after: plan.expiresAfterSeconds,
        ...(succeeded && {
          error: null,
          draft: plan.draft,
          ...(model.modern && { generate_audio: plan.audio, priority: plan.priority }),
          ...(model.tasked && { output_format: plan.format }),
        }),
        ...(plan.safetyIdentifier !== undefined && { safety_identifier: plan.safetyIdentifier }),
      };
    },
    item: (task) => {
      const view: Record<string, unknown> = brief(task);
      if (!task.value.markers.thin) return view;
      const { ratio, resolution, duration, error, ...rest } = view;
      return { ...rest, ...(error !== undefined && { failure_reason: error }) };
    },
  };
}
