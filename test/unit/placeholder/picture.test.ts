import assert from "node:assert/strict";
import fc from "fast-check";
import { decode } from "fast-png";
import { probeBytes } from "../../../src/assets/probe.ts";
import { checkRequest } from "../../../src/model/check.ts";
import { optionDefaults } from "../../../src/model/options.ts";
import { styles } from "../../../src/vendors/placeholder/compose.ts";
import { events, make, makeOne, profileOf } from "./make.ts";

const sizes = ["16x16", "64x64", "1200x675", "512x1024", "4096x64", "32x400"];

describe("placeholder pictures", function () {
  this.timeout(60_000);

  for (const format of ["png", "svg"]) {
    for (const size of sizes) {
      it(`is a ${format} of exactly ${size}, in every style and theme`, async () => {
        for (const style of styles) {
          for (const theme of ["light", "dark"]) {
            const probe = probeBytes(await makeOne({ size, format, style, theme }));
            assert.equal(`${probe.width}x${probe.height}`, size);
            assert.deepEqual([probe.extension, probe.whole], [format, true]);
          }
        }
      });
    }
  }

  it("takes every size within its limits and none outside", () => {
    const { options } = profileOf("text-to-image");
    for (const size of ["16x16", "8192x8192", "16x8192", "1200x628"]) {
      const request = { prompt: "", inputs: [], options: { ...optionDefaults(options), size } };
      assert.deepEqual(checkRequest(profileOf("text-to-image"), request), []);
    }
    for (const size of ["15x16", "8193x8192", "1200", "1200x675px", "0x0"]) {
      const request = { prompt: "", inputs: [], options: { ...optionDefaults(options), size } };
      assert.equal(checkRequest(profileOf("text-to-image"), request).length > 0, true, size);
    }
  });

  it("decodes in another decoder, with its checksums right and no transparency", async () => {
    const { width, height, channels, depth, text, data } = decode(await makeOne({ size: "301x77" }), {
      checkCrc: true,
    });
    assert.deepEqual([width, height, channels, depth, data.length], [301, 77, 3, 8, 301 * 77 * 3]);
    assert.match(text.Comment ?? "", /Placeholder made by Easel/);
  });

  it("is the same for the same request, and another for another prompt, seed or index", async () => {
    const [first, again] = [await makeOne({ size: "200x100" }), await makeOne({ size: "200x100" })];
    assert.ok(first.equals(again));
    const others = [
      await makeOne({ size: "200x100" }, "another prompt"),
      await makeOne({ size: "200x100", seed: 5 }),
      await makeOne({ size: "200x100", seed: 6 }),
      ...(await make({ size: "200x100", count: 4 })),
    ].map((bytes) => bytes.toString("base64"));
    assert.equal(others[3], first.toString("base64"));
    assert.equal(new Set(others).size, 7);
  });

  it("tells the seed it drew from, by which the same picture comes again", async () => {
    const facts = async (seed: number, prompt: string) => {
      for await (const event of events({ seed }, prompt))
        if (event.type === "output") return event.facts.seed;
      return undefined;
    };
    const seed = await facts(-1, "a boat");
    assert.ok(seed !== undefined && seed >= 0 && seed !== (await facts(-1, "a train")));
    const options = { size: "120x80" };
    assert.ok(
      (await makeOne({ ...options, seed }, "a boat")).equals(
        await makeOne({ ...options, seed: -1 }, "a boat"),
      ),
    );
  });

  it("leaves the label out when asked to, and draws it inside its plate otherwise", async () => {
    const [width, height] = [600, 400];
    const options = { size: `${width}x${height}`, style: "blobs" };
    const [bare, labelled] = [
      decode(await makeOne({ ...options, label: false })).data,
      decode(await makeOne({ ...options, label: true })).data,
    ];
    const changed = Array.from({ length: width * height }, (_, pixel) => pixel).filter((pixel) =>
      [0, 1, 2].some((channel) => bare[pixel * 3 + channel] !== labelled[pixel * 3 + channel]),
    );
    const [xs, ys] = [
      changed.map((pixel) => pixel % width),
      changed.map((pixel) => Math.floor(pixel / width)),
    ];
    assert.ok(changed.length > 500);
    assert.ok(xs.every((x) => x >= 12 && x < 200) && ys.every((y) => y >= height - 40 && y < height - 11));
  });

  it("never carries the prompt in a PNG", async () => {
    const png = await makeOne({ size: "300x200" }, "SECRETWORDS in the prompt");
    assert.equal(png.includes("SECRETWORDS"), false);
  });

  it("draws a large picture in the memory of a few rows", async () => {
    const size = "4096x4096";
    let [most, bytes] = [0, 0];
    globalThis.gc?.();
    const before = process.memoryUsage();
    const held = ({ arrayBuffers, heapUsed }: NodeJS.MemoryUsage) => arrayBuffers + heapUsed;
    for await (const event of events({ size, style: "waves" })) {
      if (event.type !== "output" || event.source.kind !== "stream") continue;
      for await (const chunk of event.source.stream) {
        bytes += chunk.length;
        most = Math.max(most, held(process.memoryUsage()) - held(before));
      }
    }
    assert.ok(bytes > 10_000);
    assert.ok(most < 120 * 2 ** 20, `${Math.round(most / 2 ** 20)} MiB`);
  });

  it("stops when it is aborted", async () => {
    const abort = new AbortController();
    const drawing = (async () => {
      for await (const event of events({ size: "8192x8192" }, "p", "text-to-image", abort.signal)) {
        if (event.type !== "output" || event.source.kind !== "stream") continue;
        for await (const _ of event.source.stream) abort.abort(new Error("enough"));
      }
    })();
    await assert.rejects(drawing, /enough/);
  });

  it("any request within its limits is drawn", async () => {
    const side = fc.integer({ min: 16, max: 300 });
    const values = fc.record({
      style: fc.constantFrom("auto", ...styles),
      theme: fc.constantFrom("auto", "light", "dark"),
      format: fc.constantFrom("png", "svg"),
      seed: fc.integer({ min: -1, max: 2_147_483_647 }),
      label: fc.boolean(),
    });
    const property = fc.asyncProperty(
      side,
      side,
      values,
      fc.string({ unit: "binary" }),
      async (width, height, options, prompt) => {
        const probe = probeBytes(await makeOne({ ...options, size: `${width}x${height}` }, prompt));
        assert.deepEqual([probe.width, probe.height, probe.whole], [width, height, true]);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });
});
