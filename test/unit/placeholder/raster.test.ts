import assert from "node:assert/strict";
import { textPath } from "../../../src/vendors/placeholder/glyphs.ts";
import { rasterRows } from "../../../src/vendors/placeholder/raster.ts";
import { ellipse, polygon, rectangle, type Shape, solid } from "../../../src/vendors/placeholder/scene.ts";

/** White shapes on black: how much of each pixel they cover, from 0 to 1. */
function coverage(width: number, height: number, ...shapes: Shape[]): number[][] {
  const scene = { width, height, background: { from: "#000000" as const }, shapes };
  return Array.from(rasterRows(scene), (row) =>
    Array.from({ length: width }, (_, x) => (row[x * 3] ?? 0) / 255),
  );
}

function area(rows: number[][]): number {
  return rows.flat().reduce((sum, value) => sum + value, 0);
}

function near(actual: number, expected: number, within = 0.01): void {
  assert.ok(Math.abs(actual - expected) <= within * expected, `${actual}, not ${expected}`);
}

const white = "#ffffff";

describe("raster", () => {
  it("covers each pixel by the part of it that lies inside", () => {
    const rows = coverage(6, 3, solid(rectangle(1.25, 0.5, 3.5, 2), white));
    const line = [0, 0.75, 1, 1, 0.75, 0];
    const expected = [line.map((value) => value / 2), line, line.map((value) => value / 2)];
    const off = rows.flatMap((row, y) => row.map((value, x) => Math.abs(value - (expected[y]?.[x] ?? 0))));
    assert.ok(Math.max(...off) < 0.01);
  });

  it("draws true areas: discs, slanted forms, rings, lines with round ends", () => {
    near(area(coverage(60, 60, solid(ellipse(30, 30, 20.3), white))), Math.PI * 20.3 ** 2, 0.003);
    near(area(coverage(60, 60, solid(polygon([3, 5], [55, 17], [20, 50]), white))), 1068, 0.003);
    const ring = { ...solid(ellipse(30, 30, 20), white), stroke: 3 };
    near(area(coverage(60, 60, ring)), 2 * Math.PI * 20 * 3);
    const line: Shape = {
      ...solid(
        [
          ["M", 10, 10],
          ["L", 50, 40],
        ],
        white,
      ),
      stroke: 6,
    };
    near(area(coverage(60, 60, line)), 50 * 6 + Math.PI * 9, 0.02);
  });

  it("draws a bent line as one: no seam and nothing twice at its corners", () => {
    const bent: Shape = {
      ...solid(
        [
          ["M", 10, 50],
          ["L", 10, 10],
          ["L", 50, 10],
        ],
        white,
      ),
      stroke: 4,
    };
    near(area(coverage(60, 60, bent)), 2 * 40 * 4 + Math.PI * 4, 0.02);
    const rows = coverage(60, 60, bent);
    assert.deepEqual([rows[10]?.[9], rows[9]?.[10], rows[30]?.[9], rows[30]?.[10]], [1, 1, 1, 1]);
  });

  it("keeps the inside of round letters open", () => {
    const rows = coverage(40, 40, { ...solid(textPath("O", 10, 5, 30, 0), white), stroke: 3 });
    const x = Math.round(10 + 3.8 * 3);
    assert.deepEqual([rows[20]?.[x], rows[20]?.[10], rows[5]?.[x]], [0, 1, 1]);
  });

  it("cuts what reaches past the picture, on every side", () => {
    near(area(coverage(20, 20, solid(rectangle(-50, -50, 200, 200), white))), 400, 0);
    near(area(coverage(20, 20, solid(ellipse(0, 0, 15), white))), (Math.PI * 225) / 4, 0.01);
    near(area(coverage(20, 20, solid(polygon([-20, 10], [40, 10], [40, 60], [-20, 60]), white))), 200, 0);
    assert.equal(
      area(coverage(20, 20, solid(ellipse(60, 10, 15), white), solid(ellipse(10, -40, 15), white))),
      0,
    );
    near(area(coverage(20, 40, solid(polygon([-20, 0], [20, 0], [20, 40]), white))), 600, 0.003);
  });

  it("lays a half-transparent form half over what is below, and runs a gradient from end to end", () => {
    const [row = []] = coverage(4, 1, solid(rectangle(0, 0, 4, 1), white, 0.5));
    assert.ok(row.every((value) => Math.abs(value - 0.5) < 0.01));
    const gradient: Shape = {
      path: rectangle(0, 0, 100, 1),
      paint: {
        from: "#000000",
        to: "#ffffff",
        axis: [
          [0, 0],
          [100, 0],
        ],
      },
      opacity: 1,
    };
    const [ramp = []] = coverage(100, 1, gradient);
    assert.ok(ramp.every((value, x) => Math.abs(value - (x + 0.5) / 100) < 0.01));
  });
});
