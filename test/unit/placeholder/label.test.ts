import assert from "node:assert/strict";
import fc from "fast-check";
import { label } from "../../../src/vendors/placeholder/label.ts";
import { palettes } from "../../../src/vendors/placeholder/palettes.ts";

describe("placeholder label", function () {
  this.timeout(60_000);

  it("stays inside the picture, whatever its size and prompt", () => {
    const side = fc.oneof(fc.integer({ min: 16, max: 300 }), fc.integer({ min: 16, max: 8192 }));
    const property = fc.property(side, side, fc.string({ unit: "binary" }), (width, height, prompt) => {
      const canvas = { width, height, short: Math.min(width, height), long: Math.max(width, height) };
      const { shapes, caption } = label(canvas, palettes.light[0], prompt);
      const points = shapes.flatMap(({ path }) => path.map(([, ...numbers]) => numbers));
      const outside = points.filter((numbers) =>
        numbers.some((value, index) => value < 0 || value > (index % 2 ? height : width)),
      );
      assert.deepEqual(outside, []);
      if (caption) assert.ok(caption.x + caption.width <= width && caption.y <= height);
    });
    fc.assert(property, { numRuns: 400 });
  });
});
