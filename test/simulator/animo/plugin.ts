import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, bytes } from "../answer.ts";
import { videoClip } from "../media/clips.ts";
import type { Exchange, Services } from "../vendor.ts";
import { type Body, readJson, requiredText } from "./body.ts";
import { Refusal } from "./errors.ts";
import { type Markers, readMarkers } from "./markers.ts";

/** Where a redirect leads: another origin of the same machine. */
export const MOVED = "/v1/moved/";

const MEMBERS = ["prompt", "duration", "style", "resolution"];
const MOST_SECONDS = 60;
const MOST_SIDE = 4096;
const LEAST_PIECE = 4096;
const MOST_PIECES = 32;
const HTML = "<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>";

type Size = { width: number; height: number };

/** What a legal body asks for (contract animo §A2). Throws a Refusal. */
function readAsk(body: Body): { prompt: string; size: Size } {
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw new Refusal(422, `'${unknown}' is not a parameter`);
  const prompt = requiredText(body, "prompt", 422);
  const { duration } = body;
  if (!Number.isInteger(duration) || Number(duration) < 1 || Number(duration) > MOST_SECONDS)
    throw new Refusal(422, `'duration' must be a whole number of seconds from 1 to ${MOST_SECONDS}`);
  requiredText(body, "style", 422);
  const [, width, height] = /^(\d+)x(\d+)$/.exec(requiredText(body, "resolution", 422)) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const legal = (side: number) => side > 0 && side <= MOST_SIDE;
  if (!legal(size.width) || !legal(size.height)) throw new Refusal(422, "'resolution' must be like 1280x720");
  return { prompt, size };
}

/** A clip of exactly so many bytes, where that is more than it has. */
function clipOf(size: Size, id: string, length: number | undefined): Buffer {
  const plain = videoClip(size, id);
  const more = (length ?? 0) - plain.length;
  return more > 0 ? videoClip(size, id + " ".repeat(more)) : plain;
}

function film(size: Size, id: string, markers: Markers): Answer {
  const { gapMs, silenceMs, announced, type = "video/mp4" } = markers;
  const file = clipOf(size, id, markers.bytes);
  const pieceBytes = Math.max(LEAST_PIECE, Math.ceil(file.length / MOST_PIECES));
  const pace = { pieceBytes, gapMs, silenceMs, announced };
  return { status: 200, content: { kind: "bytes", type, bytes: file, pace } };
}

const INSTEAD: Record<"html" | "empty" | "nothing", () => Answer> = {
  html: () => bytes(200, "text/html", HTML),
  empty: () => bytes(200, "video/mp4", ""),
  nothing: () => bytes(204, "", ""),
};

export type Plugin = {
  /** The endpoint: one POST, answered by the video itself. */
  generate(exchange: Exchange): Promise<Answer>;
  /** What a redirect leads to; refuses credentials, which were not meant for it. */
  moved(exchange: Exchange): Answer;
  reset(): void;
};

/**
 * The contract of the plugin (contract animo §A). The key has been checked. `pending` answers as the hosted
 * product does when its address is taken for the endpoint.
 */
export function createPlugin(services: Services, pending: (exchange: Exchange) => Answer): Plugin {
  const kept = new Map<string, { size: Size; markers: Markers }>();
  return {
    generate: async (exchange) => {
      const { prompt, size } = readAsk(readJson(exchange));
      const markers = readMarkers(prompt);
      if (markers.error !== undefined) throw new Refusal(markers.error.status, undefined, markers.error);
      if (markers.instead === "pending") return pending(exchange);
      const id = randomUUID();
      exchange.charge({ id, operation: "text-to-video", model: "animo", amount: 1, unit: "call" });
      await delay(markers.slowMs ?? services.taskMs, undefined, { signal: exchange.signal });
      if (markers.instead !== undefined) return INSTEAD[markers.instead]();
      if (markers.redirect === undefined) return film(size, id, markers);
      kept.set(id, { size, markers });
      const origin = `http://${String(exchange.headers.host).replace("127.0.0.1", "localhost")}`;
      return bytes(markers.redirect, "text/plain", "", { Location: `${origin}${MOVED}${id}` });
    },
    moved: ({ path, headers }) => {
      const id = path.slice(MOVED.length);
      const found = kept.get(id);
      if (found === undefined) throw new Refusal(404);
      if (headers.authorization !== undefined) throw new Refusal(403);
      return film(found.size, id, found.markers);
    },
    reset: () => kept.clear(),
  };
}
