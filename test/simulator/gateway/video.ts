import type { Services } from "../vendor.ts";
import { guardedAnswer, invalid, URL_ERROR } from "./errors.ts";
import { failureOf } from "./failure.ts";
import type { Body } from "./fields.ts";
import { type Handle, refuseAsTold } from "./guard.ts";
import type { Inputs } from "./inputs.ts";
import { type Jobs, requireAsync } from "./jobs.ts";
import type { Maker } from "./made.ts";
import { plain } from "./markers.ts";
import { requiredModel } from "./models.ts";
import type { VideoModel } from "./videoModels.ts";
import { planVideo, type VideoPlan } from "./videoPlan.ts";

/** Submits a video, on either of its paths (contract alibaba-ai-gateway §6). */
export function createVideo(services: Services, maker: Maker, files: Inputs, jobs: Jobs): Handle {
  return (asking) => {
    const { body, exchange, markers } = asking;
    const service = exchange.path.replace(/^.*\/services\//, "");
    const { id, model } = requiredModel(body, exchange.now(), "native");
    if (model.kind !== "video" || service !== `aigc/${model.path}/video-synthesis`) throw invalid(URL_ERROR);
    requireAsync(asking);
    const plan = planVideo(asking, id, model, files);
    refuseAsTold(markers);
    if (markers.has("blocked")) return guardedAnswer();
    return jobs.submit(asking, {
      model: id,
      service,
      ms: services.taskMs,
      parallel: model.parallel,
      failure: failureOf(markers, plan.inputs),
      output: () => output(plan, model, maker),
      usage: usage(plan, id, model),
      charge: { operation: "video", amount: plan.seconds + plan.inputSeconds, unit: "second" },
    });
  };
}

function output({ prompt, extend, size, seconds }: VideoPlan, model: VideoModel, maker: Maker): Body {
  const told = plain(prompt);
  return {
    orig_prompt: told,
    ...(model.actualPrompt && extend && { actual_prompt: `${told}, morning light` }),
    video_url: maker.video(size, seconds),
  };
}

/** Each generation counts in words of its own (contract §6). */
function usage(plan: VideoPlan, id: string, model: VideoModel): Body {
  const { seconds, inputSeconds, resolution, ratio, sizeText, sound } = plan;
  const lines = Number.parseInt(resolution, 10);
  switch (model.usage) {
    case "2.1":
      return { video_duration: seconds, video_ratio: "standard", video_count: 1 };
    case "2.5":
      return { duration: seconds, SR: lines, video_count: 1 };
    case "2.6":
      return {
        duration: seconds + inputSeconds,
        input_video_duration: inputSeconds,
        output_video_duration: seconds,
        video_count: 1,
        SR: lines,
        ...(model.shape === "size" && { size: sizeText }),
        ...(model.shape === "ratio" && { ratio }),
        ...(id.includes("i2v-flash") && { audio: sound }),
      };
  }
}
