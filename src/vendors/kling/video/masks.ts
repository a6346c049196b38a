import type { CheckedRequest, Problem } from "../../../model/catalog.ts";
import { type BodyObject, FilePart } from "../../wire/body.ts";
import { type Ask, countOf, problem } from "../product.ts";

interface Point {
  x: number;
  y: number;
}

const minPoints = 2;
const maxPoints = 77;

/** One path a line, as `x,y x,y …`, in pixels from the bottom left (contract §4.2); undefined where a line is none. */
function paths(text: unknown): (readonly Point[] | undefined)[] {
  const lines = String(text ?? "").split("\n");
  return lines.filter((line) => line.trim() !== "").map(pathOf);
}

function pathOf(line: string): Point[] | undefined {
  const points = line
    .trim()
    .split(/[\s;]+/)
    .map((point) => /^(\d+),(\d+)$/.exec(point));
  if (points.includes(null) || points.length < minPoints || points.length > maxPoints) return undefined;
  return points.map((match) => ({ x: Number(match?.[1]), y: Number(match?.[2]) }));
}

/**
 * The motion brush: masks that move along a path, in the order of the paths; one mask more than there are paths comes first and
 * stays still (contract §4.2).
 */
export function maskProblems(request: CheckedRequest): Problem[] {
  const { options } = request;
  const lines = paths(options.trajectories);
  if (lines.includes(undefined)) {
    return [problem("trajectoryFormat", "trajectories", { limit: minPoints, actual: maxPoints })];
  }
  const masks = countOf(request, "mask");
  const found: Problem[] = [];
  if (masks < lines.length || masks > lines.length + 1) {
    found.push(problem("masksAndPaths", "trajectories", { actual: masks, count: lines.length }));
  }
  if (masks > 0 && (options.camera ?? "none") !== "none") found.push(problem("masksOrCamera", "camera"));
  return found;
}

/** `static_mask` and `dynamic_masks`. */
export function maskFields(ask: Ask): BodyObject {
  const masks = ask.files("mask");
  if (masks.length === 0) return {};
  const lines = paths(ask.options.trajectories);
  const still = masks.slice(0, masks.length - lines.length);
  const moving = masks.slice(still.length);
  return {
    ...(still[0] ? { static_mask: new FilePart(still[0]) } : {}),
    ...(moving.length > 0
      ? {
          dynamic_masks: moving.map((mask, index) => ({
            mask: new FilePart(mask),
            trajectories: (lines[index] ?? []).map(({ x, y }) => ({ x, y })),
          })),
        }
      : {}),
  };
}
