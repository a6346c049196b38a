import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type Body, useClient } from "./control.ts";
import {
  answerOf,
  arkClient,
  dataUri,
  FIXTURES,
  filled,
  normalised,
  readFixture,
} from "./simulator-client.ts";

/** How each fixture about images is brought about: what is added to its prompt. */
const PLAYED: Record<string, string> = {
  "error-image-bad-base64.json": "",
  "error-image-sequential-unsupported.json": "",
  "error-image-size-too-small.json": "",
  "error-image-too-many-references.json": "",
  "error-input-text-sensitive.json": "[error InputTextSensitiveContentDetected]",
  "error-internal.json": "[error InternalServiceError]",
  "error-model-id-access-disabled.json": "[error InvalidEndpointOrModel.ModelIDAccessDisabled]",
  "error-model-not-found.json": "",
  "error-output-image-sensitive.json": "[fail 0]",
  "error-rate-limit-ipm.json": "[error ModelAccountIpmRateLimitExceeded]",
  "image-all-failed-top-level-error.json": "[fail all]",
  "image-edit-single-b64.json": "[size 2720x1536]",
  "image-group-multi-reference.json": "[size 2720x1536]",
  "image-group-partial-failure.json": "[fail 1]",
  "image-layer-decomposition.json": "",
  "image-stream-rejected-before-start.json": "",
  "image-stream-sse.json": "[fail 1]",
  "image-text-to-image.json": "",
  "image-transparent-background.json": "",
};

const V45 = "doubao-seedream-4-5-251128";
const V40 = "doubao-seedream-4-0-250828";
const LITE = "doubao-seedream-5-0-lite-260128";
const PRO = "doubao-seedream-5-0-pro-260628";
const FLASH = "doubao-seedream-5-0-flash-260915";
const V55 = "doubao-seedream-5-5-261028";

describe("simulator: Ark images", () => {
  const { client: ark } = useClient(arkClient, { imageMs: 1 });

  describe("answers each fixture's request with the fixture's answer", () => {
    const files = readdirSync(FIXTURES).filter((file) =>
      readFixture(file).request.path.endsWith("/images/generations"),
    );
    it("knows every fixture", () => assert.deepEqual(files.sort(), Object.keys(PLAYED).sort()));
    for (const [file, marker] of Object.entries(PLAYED))
      it(file, async () => {
        const { request, response } = readFixture(file);
        const body = filled(request.body);
        const answer = await ark.generate({ ...body, prompt: `${body.prompt} ${marker}` });
        assert.equal(answer.status, response.status);
        for (const name of ["content-type", "retry-after"])
          assert.equal(answer.headers.get(name), new Headers(response.headers).get(name), name);
        assert.match(answer.headers.get("x-request-id") ?? "", /^02\d{13}[0-9a-f]{38}$/);
        const [actual, expected] =
          typeof response.body === "string"
            ? [events(await answer.text()), events(response.body)]
            : [await answer.json(), response.body];
        assert.deepEqual(normalised(actual), normalised(expected));
      });
  });

  describe("accepts", () => {
    const accepted: [string, Body][] = [
      ["a preset in lower case", { model: V45, size: "4k" }],
      ["the largest size", { model: V45, size: "4096x4096" }],
      ["the smallest size", { model: V40, size: "1280x720" }],
      ["a BytePlus id", { model: "dola-seedream-5-0-pro-260628", size: "1.5K" }],
      ["an endpoint id", { model: "ep-20260101000000-seedream45", size: "2K" }],
      ["a null prompt option", { model: V45, optimize_prompt_options: null }],
      ["fast on 4.0", { model: V40, optimize_prompt_options: { mode: "fast" } }],
      ["web search on lite", { model: LITE, tools: [{ type: "web_search" }] }],
      ["background on lite", { model: LITE, background: "transparent" }],
      ["14 references", { model: V45, image: new Array(14).fill(dataUri({ width: 64, height: 64 })) }],
      ["transparency from text on 5.5", { model: V55, background: "transparent" }],
      [
        "layers of any size",
        { model: V55, image: dataUri({ width: 900, height: 600 }), layer_decomposition: true, prompt: "" },
      ],
      ["an unknown field", { model: V45, n: 4 }],
    ];
    for (const [name, body] of accepted)
      it(name, async () => {
        const answer = await ark.generate({ prompt: "a cat", ...body });
        assert.equal(answer.status, 200, await answer.text());
      });
  });

  describe("refuses", () => {
    const small = dataUri({ width: 64, height: 64 });
    const refused: [string, Body, string, RegExp][] = [
      [
        "a preset of another model",
        { model: LITE, size: "1K" },
        "size",
        /not supported for model doubao-seedream-5-0-lite/,
      ],
      ["3K on 5.5", { model: V55, size: "3K" }, "size", /not supported/],
      ["too many pixels", { model: PRO, size: "2816x1700" }, "size", /at most 4624220 pixels/],
      ["a ratio beyond 16", { model: V40, size: "8192x500" }, "size", /ratio/],
      [
        "WxH with layers",
        { model: PRO, image: dataUri(), layer_decomposition: true, size: "2048x2048" },
        "size",
        /not supported/,
      ],
      ["auto without layers", { model: PRO, size: "auto" }, "size", /not supported/],
      ["a size that is no text", { model: PRO, size: 2048 }, "size", /string/],
      ["no prompt", { model: V45, prompt: undefined }, "prompt", /missing/],
      [
        "stream on pro, even false",
        { model: PRO, stream: false },
        "stream",
        /is not supported by the current model/,
      ],
      ["tools on flash", { model: FLASH, tools: [] }, "tools", /is not supported by the current model/],
      [
        "groups on 5.5",
        { model: V55, sequential_image_generation: "disabled" },
        "sequential_image_generation",
        /is not supported/,
      ],
      ["output_format on 4.5", { model: V45, output_format: "jpeg" }, "output_format", /is not supported/],
      ["webp", { model: PRO, output_format: "webp" }, "output_format", /png, jpeg/],
      ["background on 4.0", { model: V40, background: "opaque" }, "background", /is not supported/],
      ["background auto on pro", { model: PRO, background: "auto" }, "background", /transparent, opaque/],
      [
        "layers on lite",
        { model: LITE, layer_decomposition: true, image: dataUri() },
        "layer_decomposition",
        /is not supported/,
      ],
      [
        "fast on 4.5",
        { model: V45, optimize_prompt_options: { mode: "fast" } },
        "optimize_prompt_options.mode",
        /fast/,
      ],
      ["another tool", { model: LITE, tools: [{ type: "calculator" }] }, "tools", /web_search/],
      ["web search on 4.5", { model: V45, tools: [{ type: "web_search" }] }, "tools", /is not supported/],
      ["a seed out of range", { model: V45, seed: 2 ** 31 }, "seed", /integer/],
      ["a seed of text", { model: V45, seed: "1" }, "seed", /integer/],
      ["a watermark of text", { model: V45, watermark: "true" }, "watermark", /boolean/],
      ["another response format", { model: V45, response_format: "png" }, "response_format", /url, b64_json/],
      [
        "sixteen images",
        group({ max_images: 16 }),
        "sequential_image_generation_options.max_images",
        /between 1 and 15/,
      ],
      [
        "max_images without auto",
        { ...group({ max_images: 2 }), sequential_image_generation: "disabled" },
        "sequential_image_generation_options.max_images",
        /auto/,
      ],
      [
        "references and images above 15",
        { ...group({ max_images: 14 }), image: [small, small] },
        "sequential_image_generation_options.max_images",
        /cannot exceed 15/,
      ],
      ["15 references", { model: V45, image: new Array(15).fill(small) }, "image", /cannot exceed 14/],
      ["an image that is no text", { model: V45, image: { url: small } }, "image", /string or an array/],
      [
        "an image of 14 pixels",
        { model: V45, image: dataUri({ width: 14, height: 100 }) },
        "image",
        /greater than 14 px/,
      ],
      [
        "an image longer than 16:1",
        { model: V45, image: dataUri({ width: 1700, height: 100 }) },
        "image",
        /ratio/,
      ],
      [
        "an image above 36 megapixels",
        { model: V45, image: dataUri({ width: 6001, height: 6000, format: "jpeg" }) },
        "image",
        /36000000/,
      ],
      [
        "a subtype that is not the content's",
        { model: V45, image: dataUri({}, "jpeg") },
        "image",
        /content is png/,
      ],
      [
        "an address out of reach",
        { model: V45, image: "https://example.com/a.png" },
        "image",
        /resource download failed/,
      ],
      [
        "layers of two images",
        { model: PRO, image: [dataUri(), dataUri()], layer_decomposition: true },
        "image",
        /exactly one input image/,
      ],
      [
        "layers of a small image",
        { model: PRO, image: dataUri({ width: 511, height: 512 }), layer_decomposition: true },
        "image",
        /262144/,
      ],
      [
        "layers with a background",
        { model: V55, image: dataUri(), layer_decomposition: true, background: "opaque" },
        "background",
        /layer_decomposition/,
      ],
      [
        "transparency without an image",
        transparent({ image: undefined }),
        "background",
        /requires exactly one input image/,
      ],
      [
        "transparency as JPEG",
        transparent({ output_format: "jpeg" }),
        "output_format",
        /must be png when background is transparent/,
      ],
      [
        "transparency of an opaque PNG",
        transparent({ image: dataUri() }),
        "image",
        /PNG input with at least one transparent pixel/,
      ],
      ["a video model", { model: "doubao-seedance-2-0-260128" }, "model", /does not support this api/],
    ];
    for (const [name, body, param, message] of refused)
      it(name, async () => {
        const answer = await ark.generate({ prompt: "a cat", ...body });
        assert.equal(answer.status, 400);
        const { error } = await answerOf(answer);
        assert.equal(error.param, param);
        assert.match(error.message, message);
        assert.match(error.message, / Request id: 02\d{13}[0-9a-f]{38}$/);
        assert.deepEqual(await ark.charges(), []);
      });

    for (const [name, image] of [
      ["a subtype in capitals", dataUri({}, "PNG")],
      [
        "a file that is no picture",
        `data:image/png;base64,${Buffer.from("hello, world").toString("base64")}`,
      ],
      ["a PNG cut short", dataUri().slice(0, 200)],
      ["a PNG with a flipped bit", flipped(dataUri())],
      ["a JPEG cut short", dataUri({ format: "jpeg" }).slice(0, 2000 + 23)],
    ] as const)
      it(`an image that cannot be decoded: ${name}`, async () => {
        const answer = await ark.generate({ model: V45, prompt: "a cat", image });
        assert.equal((await answerOf(answer)).error.code, "InvalidImageURL.InvalidFormat");
      });
  });

  it("checks key, model, account, fields and limits in that order", async () => {
    const wrong = { model: "nobody", prompt: "[error AccountOverdueError]", size: "1x1" };
    const noKey = await ark.generate(wrong, { headers: { Authorization: "Bearer other" } });
    assert.equal(noKey.status, 401);
    assert.equal(noKey.headers.get("x-error-code"), "AuthN_MissOrInvalidAuthorizationHeader");
    assert.equal((await answerOf(await ark.generate(wrong))).error.code, "InvalidEndpointOrModel.NotFound");
    const known = { ...wrong, model: V45 };
    assert.equal((await answerOf(await ark.generate(known))).error.code, "AccountOverdueError");
    const limited = { ...known, prompt: "[error RateLimitExceeded.EndpointRPMExceeded retry-after=7]" };
    assert.equal((await answerOf(await ark.generate(limited))).error.code, "InvalidParameter");
    const last = await ark.generate({ ...limited, size: "2K" });
    assert.equal(last.status, 429);
    assert.equal(last.headers.get("retry-after"), "7");
  });

  it("names one of several illegal fields, and not always the same", async () => {
    const named = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1)
      named.add(
        (await answerOf(await ark.generate({ model: V45, prompt: "x", size: "1x1", seed: "x" }))).error.param,
      );
    assert.deepEqual([...named].sort(), ["seed", "size"]);
  });

  it("lets 500 images a minute through", async () => {
    const fifteen = { ...group({ max_images: 15 }), prompt: "x" };
    for (let call = 0; call < 33; call += 1) assert.equal((await ark.generate(fifteen)).status, 200);
    assert.equal(
      (await answerOf(await ark.generate(fifteen))).error.code,
      "ModelAccountIpmRateLimitExceeded",
    );
    await ark.advance(60_000);
    assert.equal((await ark.generate(fifteen)).status, 200);
  });

  it("brings as many images as references leave room for", async () => {
    const image = new Array(13).fill(dataUri({ width: 64, height: 64 }));
    const answer = await answerOf(await ark.generate({ ...group({}), prompt: "x", image }));
    assert.equal(answer.data.length, 2);
  });

  it("skips the rest of a group after an internal error", async () => {
    const answer = await answerOf(
      await ark.generate({ ...group({ max_images: 4 }), prompt: "x [fail 1 internal]" }),
    );
    assert.deepEqual(
      answer.data.map(({ error }) => error?.code),
      [undefined, "InternalServiceError"],
    );
    assert.deepEqual(
      (await ark.charges()).map(({ amount }) => amount),
      [1],
    );
  });

  it("answers the free ways to try a key", async () => {
    const tasks = await ark.call("GET", "/contents/generations/tasks?page_num=1&page_size=1");
    assert.deepEqual(await tasks.json(), { total: 0, items: [] });
    assert.equal((await ark.call("GET", "/models")).status, 200);
    const refused = await ark.call("GET", "/models", { headers: { Authorization: "Bearer nobody" } });
    assert.equal(refused.status, 401);
    assert.deepEqual(await ark.charges(), []);
  });

  it("streams a picture before the next is made", async () => {
    const body = { ...group({ max_images: 2 }), stream: true, prompt: "x [slow 150ms]" };
    const answer = await ark.generate(body);
    const arrivals: number[] = [];
    const text = new TextDecoder();
    const parser = createParser({ onEvent: () => arrivals.push(performance.now()) });
    for await (const part of answer.body ?? []) parser.feed(text.decode(part, { stream: true }));
    assert.equal(arrivals.length, 4);
    assert.ok((arrivals[1] ?? 0) - (arrivals[0] ?? 0) > 100);
  });

  it("writes a stream in every legal way when told", async () => {
    const body = { ...group({ max_images: 2 }), stream: true };
    const plain = await (await ark.generate({ ...body, prompt: "x" })).text();
    const odd = await (
      await ark.generate({ ...body, prompt: "x [sse multiline split no-completed]" })
    ).text();
    assert.match(odd, /^data: {\ndata: {3}"type"/m);
    const kinds = (text: string) => events(text).map(({ event }) => event);
    assert.deepEqual(
      kinds(odd),
      kinds(plain).filter((kind) => kind !== "image_generation.completed"),
    );
    await ark.fault("slow", { params: { ms: 0, sse: ["no-completed"] } });
    assert.doesNotMatch(await (await ark.generate({ ...body, prompt: "x" })).text(), /completed/);
    const broken = await (await ark.generate({ ...body, prompt: "x [sse error]" })).text();
    assert.match(broken, /^data: {"error":{"code":"InternalServiceError"/);
  });
});

function group(options: Body): Body {
  return { model: V45, sequential_image_generation: "auto", sequential_image_generation_options: options };
}

function transparent(change: Body): Body {
  return { model: PRO, background: "transparent", image: dataUri({ transparent: true }), ...change };
}

/** The same data URI with one bit of a PNG's first checksum changed. */
function flipped(uri: string): string {
  const [head = "", data = ""] = uri.split(",");
  const bytes = Buffer.from(data, "base64");
  bytes[29] = (bytes[29] ?? 0) ^ 1;
  return `${head},${bytes.toString("base64")}`;
}

/** The events of a stream, read by an independent parser, with JSON data parsed. */
function events(text: string): { event: string | undefined; data: unknown }[] {
  const read: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => read.push(event) });
  parser.feed(text);
  return read.map(({ event, data }) => ({
    event,
    data: data === "[DONE]" ? data : (JSON.parse(data) as unknown),
  }));
}
