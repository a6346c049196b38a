import { setTimeout as delay } from "node:timers/promises";
import { type Answer, json } from "../answer.ts";
import { createRate, type Rate } from "../rate.ts";
import type { Services } from "../vendor.ts";
import { guardedAnswer, invalid, Refusal, URL_ERROR } from "./errors.ts";
import { failureOf } from "./failure.ts";
import type { Body } from "./fields.ts";
import { type Asking, type Handle, isSse, refuseAsTold } from "./guard.ts";
import type { Family, ImageModel } from "./imageModels.ts";
import { type ImagePlan, planImages, refuseProblems } from "./imagePlan.ts";
import type { Inputs } from "./inputs.ts";
import { type Jobs, refuseAsync, requireAsync } from "./jobs.ts";
import type { Maker } from "./made.ts";
import { slowMs } from "./markers.ts";
import { requiredModel } from "./models.ts";
import { nativeEvents } from "./nativeStream.ts";

/** The path of each asynchronous family, below `/api/v1/services/` (contract alibaba-ai-gateway §5). */
export const ASYNC_FAMILIES: Record<string, Family> = {
  "aigc/text2image/image-synthesis": "A1",
  "aigc/image2image/image-synthesis": "A2",
  "aigc/image-generation/generation": "A3",
};

const PART_REFUSED = {
  code: "DataInspectionFailed",
  message: "Output data may contain inappropriate content.",
};
export type Images = {
  /** The answer of the synchronous family; the model has been found. */
  sync(asking: Asking, id: string, model: ImageModel): Promise<Answer>;
  submit: Handle;
  reset(): void;
};

export function createImages(services: Services, maker: Maker, files: Inputs, jobs: Jobs): Images {
  const rates = new Map<ImageModel, Rate>();
  const hold = ({ markers, exchange }: Asking, id: string, model: ImageModel) => {
    if (!markers.has("limits") || model.rate === undefined) return;
    const rate = rates.get(model) ?? createRate(model.rate.most, model.rate.ms);
    rates.set(model, rate);
    if (!rate.take(id, exchange.now())) throw new Refusal("Throttling.RateQuota");
  };
  return {
    sync: async (asking, id, model) => {
      const { exchange, requestId, markers } = asking;
      refuseAsync(asking, model.asyncStatus);
      if (!model.families.includes("S")) throw invalid(URL_ERROR);
      const plan = planImages(asking, "S", { id, model }, files);
      refuseProblems(plan.inputs);
      hold(asking, id, model);
      refuseAsTold(markers);
      if (markers.has("blocked")) return guardedAnswer();
      const made = plan.pictures.filter(Boolean).length;
      if (made === 0) throw new Refusal("DataInspectionFailed", PART_REFUSED.message);
      exchange.charge({ id: requestId, model: id, ...chargeOf(plan, made) });
      await delay(slowMs(markers) ?? services.imageMs, undefined, { signal: exchange.signal });
      const body = {
        output: syncOutput(plan, asking, maker),
        usage: usageOf(plan, made),
        request_id: requestId,
      };
      return isSse(exchange) ? nativeEvents(stepwise(body)) : json(200, body);
    },
    submit: (asking) => {
      const { exchange, body, markers } = asking;
      const service = exchange.path.replace(/^.*\/services\//, "");
      const family = ASYNC_FAMILIES[service] ?? "A1";
      const { id, model } = requiredModel(body, exchange.now(), "native");
      if (model.kind !== "image" || !model.families.includes(family)) throw invalid(URL_ERROR);
      requireAsync(asking);
      const plan = planImages(asking, family, { id, model }, files);
      hold(asking, id, model);
      refuseAsTold(markers);
      if (markers.has("blocked")) return guardedAnswer();
      const made = plan.pictures.filter(Boolean).length;
      const failure = failureOf(markers, plan.inputs) ?? (made === 0 ? PART_REFUSED : undefined);
      return jobs.submit(asking, {
        model: id,
        service,
        ms: Math.ceil(services.taskMs / 2),
        parallel: model.parallel ?? 5,
        failure,
        output: () => (family === "A3" ? syncOutput(plan, asking, maker) : taskOutput(plan, maker)),
        usage: family === "A3" ? usageOf(plan, made) : { image_count: made },
        charge: chargeOf(plan, made),
      });
    },
    reset: () => rates.clear(),
  };
}

function chargeOf({ inputs }: ImagePlan, amount: number) {
  return { operation: inputs.length > 0 ? "image-edit" : "image-generation", amount, unit: "image" };
}

/** Every picture in content items; the wan models give a choice each (fixtures 30, 31, 32). */
function syncOutput(plan: ImagePlan, { markers }: Asking, maker: Maker): Body {
  const { model, pictures, size, inputs, prompt, extend, id } = plan;
  const isWan = model.style === "wan";
  const items = pictures.flatMap((comes, index): Body[] =>
    comes ? [{ image: maker.image(size, index), ...(isWan && { type: "image" }) }] : [],
  );
  const spoken = (words: string): Body => ({ ...(isWan && { type: "text" }), text: words });
  const told =
    plan.interleaved || markers.has("words")
      ? items.flatMap((item, index) => [spoken(`Step ${index + 1}: ${prompt}`), item])
      : items;
  // z-image gives the prompt it has made of the given one, and how it came to it (contract §5).
  const extended = id.startsWith("z-image") && extend;
  const content = extended ? [...told, { text: rewritten(prompt) }] : told;
  const choice = (list: Body[]) => ({
    finish_reason: "stop",
    message: {
      role: "assistant",
      content: list,
      ...(extended && { reasoning_content: "The prompt was made more exact." }),
    },
  });
  const several = (isWan && !extended && told === items) || markers.has("choices");
  const choices = several ? content.map((item) => choice([item])) : [choice(content)];
  if (isWan) return { choices, finished: true };
  const counts = metrics(pictures);
  return inputs.length > 0 ? { choices } : { choices, task_metric: counts };
}

/** The results of a task, one for each picture asked for, made or not (fixture 35). */
function taskOutput({ model, pictures, size, prompt, extend }: ImagePlan, maker: Maker): Body {
  if (model.translates) return { image_url: maker.image(size, 0) };
  return {
    results: pictures.map((comes, index) =>
      comes
        ? {
            orig_prompt: prompt,
            ...(extend && { actual_prompt: rewritten(prompt) }),
            url: maker.image(size, index),
          }
        : PART_REFUSED,
    ),
    task_metrics: metrics(pictures),
  };
}

function metrics(pictures: boolean[]) {
  const made = pictures.filter(Boolean).length;
  return { TOTAL: pictures.length, SUCCEEDED: made, FAILED: pictures.length - made };
}

function rewritten(prompt: string): string {
  return `${prompt}, morning light`;
}

function usageOf({ model, size, sizeText }: ImagePlan, count: number): Body {
  return model.style === "wan"
    ? { image_count: count, input_tokens: 0, output_tokens: 0, size: sizeText, total_tokens: 0 }
    : { height: size.height, image_count: count, width: size.width };
}

/** The answer as a stream: each content item as it comes, then the end. */
async function* stepwise(body: { output: Body; usage: Body; request_id: string }): AsyncIterable<Body> {
  const choices = body.output.choices as { message: { role: string; content: Body[] } }[];
  for (const choice of choices)
    for (const item of choice.message.content)
      yield {
        ...body,
        output: {
          choices: [{ ...choice, finish_reason: "null", message: { ...choice.message, content: [item] } }],
          finished: false,
        },
      };
  yield {
    ...body,
    output: {
      choices: [{ finish_reason: "stop", message: { role: "assistant", content: [] } }],
      finished: true,
    },
  };
}
