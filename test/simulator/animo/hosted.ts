import { randomUUID } from "node:crypto";
import { type Answer, json } from "../answer.ts";
import { videoClip } from "../media/clips.ts";
import { createTasks, type Task } from "../tasks.ts";
import type { Exchange, Services } from "../vendor.ts";
import { readJson, requiredText } from "./body.ts";
import { Refusal } from "./errors.ts";
import { readMarkers } from "./markers.ts";

type Job = { failure: string | undefined; success: string; url?: string };

export const STATUS = "/v1/video/generation/status/";

export type Hosted = {
  generate(exchange: Exchange): Answer;
  status(exchange: Exchange): Answer;
  reset(): void;
};

/** A time as this product writes it: microseconds and an offset. */
const iso = (ms: number) => new Date(ms).toISOString().replace("Z", "000+00:00");

/** The jobs of the hosted product (contract animo §B). The key has been checked. */
export function createHosted(services: Services, vendor: string): Hosted {
  const tasks = createTasks<Job>(services.clock);

  const outcome = (task: Task<Job>) => {
    const phase = tasks.phase(task);
    const nothing = { videoUrl: null, generatedCode: null, error: null, processingTime: null };
    if (phase !== "ended")
      return { ...nothing, status: phase === "queued" ? "PENDING" : (task.oddStatus ?? "PROCESSING") };
    const processingTime = (task.endsAt - task.createdAt) / 1000;
    if (task.value.failure !== undefined)
      return { ...nothing, status: "FAILED", error: task.value.failure, processingTime };
    task.value.url ??= services.links.publish({
      vendor,
      folder: "videos",
      name: `${task.id}.mp4`,
      type: "video/mp4",
      bytes: () => videoClip({ width: 1280, height: 720 }, task.id),
    });
    return {
      ...nothing,
      status: task.value.success,
      videoUrl: task.value.url,
      generatedCode: "from manim import *",
      processingTime,
    };
  };

  return {
    generate: (exchange) => {
      const markers = readMarkers(requiredText(readJson(exchange), "prompt"));
      if (markers.error !== undefined) throw new Refusal(markers.error.status, undefined, markers.error);
      const id = randomUUID();
      const value = { failure: markers.failure, success: markers.success };
      tasks.add({ id, ms: markers.slowMs ?? services.taskMs, value }, exchange.fault);
      exchange.charge({ id, operation: "text-to-video", model: "animo", amount: 1, unit: "call" });
      const message = "Your request has been submitted and is being processed.";
      return json(200, { message, requestId: id, status: "PENDING" });
    },
    status: ({ path, fault }) => {
      const id = path.slice(STATUS.length);
      const task = tasks.find((one) => one.id === id, fault);
      if (task === undefined) throw new Refusal(404, "Request not found");
      const { status, ...rest } = outcome(task);
      const times = { createdAt: iso(task.createdAt), updatedAt: iso(tasks.updatedAt(task)) };
      return json(200, { requestId: id, status, ...rest, ...times });
    },
    reset: () => tasks.reset(),
  };
}
