import assert from "node:assert/strict";
import fc from "fast-check";
import type { InputFacts } from "../../../../src/model/catalog.ts";
import { checkRequest } from "../../../../src/model/check.ts";
import { optionDefaults, optionFields } from "../../../../src/model/options.ts";
import { regionTag } from "../../../../src/model/regions.ts";
import { sizeProblems } from "../../../../src/model/size.ts";
import { imageBody } from "../../../../src/vendors/seedream/images/body.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { regionOf } from "../../../../src/vendors/seedream/region.ts";

const operationsOf = seedream.models.flatMap(({ id, operations }) =>
  Object.entries(operations).map(([operation, profile]) => ({ title: `${id} ${operation}`, profile })),
);

const picture = (more: Partial<InputFacts> = {}): InputFacts => ({
  role: "reference",
  name: "a.png",
  type: "image/png",
  bytes: 1000,
  width: 1024,
  height: 1024,
  ...more,
});

function codes(
  model: string,
  operation: "text-to-image" | "image-to-image" | "images-to-image" | "layers",
  options: object,
  inputs: InputFacts[] = [],
) {
  const profile = seedream.models.find(({ id }) => id === model)?.operations[operation];
  assert.ok(profile);
  const all = { ...optionDefaults(profile.options), ...options };
  return checkRequest(profile, { prompt: "x", options: all, inputs }).map(({ code }) => code);
}

describe("Seedream models", () => {
  for (const { title, profile } of operationsOf) {
    it(`${title}: every size it offers is one it takes`, () => {
      for (const field of optionFields(profile.options)) {
        if (field.kind !== "size") continue;
        const { free, presets } = field.size;
        // Against the free limits alone, so that being on the list is no excuse.
        const rule = { presets, sizes: [], ...(free ? { free } : {}) };
        const offered = [
          field.default ?? "",
          ...presets,
          ...field.size.sizes.map(({ width, height }) => `${width}x${height}`),
        ];
        for (const size of offered) assert.deepEqual(sizeProblems(rule, size, "size"), [], size);
        for (const { ratio, width, height } of field.size.sizes) {
          const [across = 0, down = 1] = ratio.split(":").map(Number);
          assert.ok(
            Math.abs(width / height / (across / down) - 1) < 0.02,
            `${width}x${height} is not ${ratio}`,
          );
        }
      }
    });
  }

  it("hide none by hearsay: only the vendor's own word hides one", () => {
    const retiring = seedream.models.filter(({ retires }) => retires);
    assert.deepEqual(
      retiring.map(({ id, retires }) => [id, retires]),
      [
        ["seedream-5-0", { on: "2026-11-24", source: "reported" }],
        ["seedance-1-5-pro", { on: "2026-11-11", source: "documented" }],
      ],
    );
    assert.deepEqual(
      seedream.models.filter(({ preview }) => preview).map(({ id }) => id),
      ["seedream-5-5"],
    );
  });

  it("references and results of a group are 15 together", () => {
    const references = (count: number) => Array.from({ length: count }, () => picture());
    assert.deepEqual(codes("seedream-4-5", "images-to-image", { count: 5 }, references(10)), []);
    assert.deepEqual(codes("seedream-4-5", "images-to-image", { count: 6 }, references(10)), [
      "groupTooLarge",
    ]);
    assert.deepEqual(codes("seedream-4-5", "images-to-image", { count: 1 }, references(14)), []);
    assert.deepEqual(codes("seedream-4-5", "images-to-image", {}, references(15)), ["inputTooMany"]);
    assert.deepEqual(codes("seedream-5-0-pro", "images-to-image", {}, references(11)), ["inputTooMany"]);
    assert.deepEqual(codes("seedream-4-5", "images-to-image", {}, references(1)), ["inputTooFew"]);
  });

  it("a transparent background starts from a PNG that is transparent somewhere", () => {
    const asked = { background: "transparent" };
    const of = (input: InputFacts, model = "seedream-5-0-pro") =>
      codes(model, "image-to-image", asked, [input]);
    assert.deepEqual(of(picture({ transparent: true })), []);
    assert.deepEqual(of(picture()), []);
    assert.deepEqual(of(picture({ transparent: false })), ["transparentNeedsAlpha"]);
    assert.deepEqual(of(picture({ type: "image/jpeg" })), ["transparentNeedsPng"]);
    assert.deepEqual(of(picture({ type: "image/jpeg" }), "seedream-5-5"), []);
    assert.deepEqual(codes("seedream-5-5", "text-to-image", asked), []);
    assert.deepEqual(codes("seedream-5-0-pro", "text-to-image", asked), ["optionUnknown"]);
  });

  it("layers start from one PNG or JPEG of 512 to 6000 pixels a side", () => {
    const of = (more: Partial<InputFacts>) =>
      codes("seedream-5-0-pro", "layers", {}, [picture({ role: "source", ...more })]);
    assert.deepEqual(of({}), []);
    assert.deepEqual(of({ type: "image/webp" }), ["inputType"]);
    assert.deepEqual(of({ width: 511 }), ["inputMinSide"]);
    assert.deepEqual(of({ width: 6001 }), ["inputMaxSide"]);
    assert.deepEqual(
      codes("seedream-5-0-pro", "layers", { size: "2048x2048" }, [picture({ role: "source" })]),
      ["sizePreset"],
    );
  });
});

describe("Seedream addresses", () => {
  for (const [url, region] of [
    ["https://ark.cn-beijing.volces.com/api/v3", "cn"],
    ["https://ark.ap-southeast.bytepluses.com/api/v3", "intl"],
    ["https://ark.cn-beijing.volces.com/api/plan/v3", "other"],
    ["https://notvolces.com/api/v3", "other"],
    ["http://127.0.0.1:1234/api/v3", "other"],
    ["", "other"],
  ] as const) {
    it(`${url || "nothing"} is on the price list ${region}`, () => assert.equal(regionOf(url), region));
  }
});

describe("Seedream bodies", () => {
  it("are the JSON that writing everything at once would give, for any bytes and prompt", async () => {
    const pictures = fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.string(), pictures, async (text, files) => {
        const prompt = `灯塔 🗼 "${text}"\n`;
        const inputs = files.map((bytes) => ({
          ...picture({ type: "image/PNG" }),
          async *open() {
            yield bytes;
          },
        }));
        const uris = files.map((bytes) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`);
        const image = uris.length === 1 ? uris[0] : uris;
        const whole = JSON.stringify({ prompt, ...(uris.length > 0 ? { image } : {}) });
        assert.equal(
          Buffer.from(await imageBody({ prompt }, inputs)).toString("utf8"),
          Buffer.from(whole).toString("utf8"),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("join the pieces of a picture of several megabytes without a seam", async () => {
    const bytes = Buffer.alloc(1_000_003, "seam");
    const input = {
      ...picture(),
      async *open() {
        yield bytes.subarray(0, 196_607);
        yield bytes.subarray(196_607);
      },
    };
    const body = JSON.parse(
      Buffer.from(await imageBody({ prompt: "x" }, [input, input])).toString("utf8"),
    ) as {
      image: string[];
    };
    assert.ok(body.image.every((uri) => Buffer.from(uri.split(",")[1] ?? "", "base64").equals(bytes)));
  });
});

describe("region tags", () => {
  it("count in thousandths from the top left, 0 to 999", () => {
    assert.equal(regionTag({ kind: "point", x: 512, y: 300 }, 1024, 1000), "<point>500 300</point>");
    assert.equal(regionTag({ kind: "point", x: 1024, y: -3 }, 1024, 768), "<point>999 0</point>");
    const box = { kind: "box", left: 100, top: 50, right: 399, bottom: 199 } as const;
    assert.equal(regionTag(box, 1000, 200), "<bbox>100 250 399 995</bbox>");
    const turned = { kind: "box", left: 399, top: 199, right: 100, bottom: 50 } as const;
    assert.equal(regionTag(turned, 1000, 200), regionTag(box, 1000, 200));
  });

  it("are whole and in range for any place on any picture", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.nat(9000),
        fc.nat(9000),
        (w, h, x, y) => {
          const [, across, down] =
            /^<point>(\d{1,3}) (\d{1,3})<\/point>$/.exec(regionTag({ kind: "point", x, y }, w, h)) ?? [];
          assert.ok(Number(across) <= 999 && Number(down) <= 999);
        },
      ),
    );
  });
});
