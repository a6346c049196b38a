import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, json } from "../answer.ts";
import { videoClip } from "../media/clips.ts";
import { createRate } from "../rate.ts";
import type { Exchange, Services } from "../vendor.ts";
import { aspectSize, readJson, requiredText } from "./body.ts";
import { Refusal } from "./errors.ts";
import { readMarkers } from "./markers.ts";

/** Errors of the self-hosted server by code (contract animo §C). */
const FAILURES: Record<string, readonly [status: number, message: string]> = {
  code_generation_failed: [500, "Failed to generate code"],
  render_failed: [500, "Video rendering failed"],
  video_not_found: [500, "Rendered video not found"],
  render_error: [500, "Error while rendering the video"],
  unexpected_error: [500, "Unexpected error"],
  render_timeout: [504, "Video rendering timed out"],
};

const PER_MINUTE = 20;

export type Renders = {
  /** The self-hosted server's generation: one call, answered when the video is there. */
  generate(exchange: Exchange): Promise<Answer>;
  /** Renders given code; with `stream`, as lines of JSON under a wrong label. */
  render(exchange: Exchange): Promise<Answer>;
  /** Joins videos. */
  merge(exchange: Exchange): Promise<Answer>;
  reset(): void;
};

/** The synchronous calls of both products (contract animo §B, §C). The key has been checked. */
export function createRenders(services: Services, vendor: string): Renders {
  const rate = createRate(PER_MINUTE, 60_000);

  const made = async (exchange: Exchange, size: { width: number; height: number }, slowMs?: number) => {
    const id = randomUUID();
    exchange.charge({ id, operation: "text-to-video", model: "animo", amount: 1, unit: "call" });
    await delay(slowMs ?? services.taskMs, undefined, { signal: exchange.signal });
    const bytes = () => videoClip(size, id);
    return services.links.publish({
      vendor,
      folder: "public",
      name: `video-${id}.mp4`,
      type: "video/mp4",
      bytes,
    });
  };

  return {
    generate: async (exchange) => {
      if (!rate.take("video", exchange.now()))
        throw new Refusal(429, `Rate limit exceeded: ${PER_MINUTE} per 1 minute`);
      const body = readJson(exchange);
      const markers = readMarkers(requiredText(body, "prompt"));
      const size = aspectSize(body);
      const [status, message] = FAILURES[markers.failure ?? ""] ?? [];
      if (status !== undefined && markers.failure !== undefined)
        throw new Refusal(status, message, { code: markers.failure });
      const video_url = await made(exchange, size, markers.slowMs);
      return json(200, { message: "Video generated successfully", video_url, code: "from manim import *" });
    },
    render: async (exchange) => {
      const body = readJson(exchange);
      requiredText(body, "code");
      requiredText(body, "file_class");
      const size = aspectSize(body);
      const { stream = false } = body;
      if (typeof stream !== "boolean") throw new Refusal(400, "'stream' must be a boolean");
      const video_url = await made(exchange, size);
      if (!stream) return json(200, { message: "Video generation completed", video_url });
      const lines = [
        { animationIndex: 0, percentage: 50 },
        { animationIndex: 0, percentage: 100 },
        { video_url },
      ];
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      const pace = { pieceBytes: 32, gapMs: 1, silenceMs: 0, announced: false };
      return { status: 207, content: { kind: "bytes", type: "text/event-stream", bytes, pace } };
    },
    merge: async (exchange) => {
      const body = readJson(exchange);
      const scenes: unknown[] = Array.isArray(body.scenes) ? body.scenes : [];
      const legal = (scene: unknown) =>
        typeof (scene as { videoUrl?: unknown } | null)?.videoUrl === "string";
      if (scenes.length === 0 || !scenes.every(legal)) throw new Refusal(400, "'scenes' is required");
      requiredText(body, "titleSlug");
      const video_url = await made(exchange, aspectSize({}));
      return json(200, { status: "Videos merged successfully", video_url });
    },
    reset: () => rate.reset(),
  };
}
