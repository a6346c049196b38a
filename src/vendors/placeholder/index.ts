import { parseSize } from "../../model/size.ts";
import type { OutputSource, Vendor, VendorContext, VendorEvent, VendorRequest } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { type Composition, compose } from "./compose.ts";
import { imageOptions, models, soundOptions } from "./models.ts";
import { encodePng } from "./png.ts";
import { hashSeed } from "./random.ts";
import { rasterRows } from "./raster.ts";
import { encodeChime } from "./sound.ts";
import { toSvg } from "./svg.ts";

/** The vendor that is built in: no network, no key, no cost. The same prompt, seed and options give the same bytes. */
export const placeholder: Vendor = {
  id: "placeholder",
  models,
  start,
  verify: async () => ({ result: "accepted" }),
};

/** Nothing is sent and nothing can be left half done elsewhere, so there is no operation to carry on: a restart draws again. */
async function* start(request: VendorRequest, context: VendorContext): AsyncGenerator<VendorEvent> {
  const outputs = request.operation === "sound" ? sound(request) : pictures(request, context.signal);
  let index = 0;
  for (const { source, seed } of outputs) {
    context.signal.throwIfAborted();
    yield { type: "output", index, source, facts: { seed } };
    index++;
  }
  yield { type: "done" };
}

interface Output {
  source: OutputSource;
  seed: number;
}

function* pictures({ options, prompt }: VendorRequest, signal: AbortSignal): Generator<Output> {
  const { size, format, count, style, theme, label, seed: asked } = parsed(imageOptions, options);
  const dimensions = parseSize(size);
  if (!dimensions) throw new VendorError({ reason: "invalid", sent: "no", field: "size" });
  const seed = seedOf(asked, prompt);
  for (let index = 0; index < count; index++) {
    const what: Composition = { ...dimensions, seed, prompt, index, style, theme, label };
    const stream = format === "svg" ? svgStream(what) : pngStream(what, signal);
    yield { source: { kind: "stream", stream }, seed };
  }
}

function* sound({ options, prompt }: VendorRequest): Generator<Output> {
  const { seconds, seed: asked } = parsed(soundOptions, options);
  const seed = seedOf(asked, prompt);
  yield { source: { kind: "stream", stream: inTurns(encodeChime(seconds, seed, prompt)) }, seed };
}

function parsed<T>(schema: { safeParse(value: unknown): { data?: T } }, options: unknown): T {
  const { data } = schema.safeParse(options);
  if (data === undefined) throw new VendorError({ reason: "invalid", sent: "no" });
  return data;
}

function seedOf(asked: number, prompt: string): number {
  return asked >= 0 ? asked : hashSeed(prompt);
}

async function* svgStream(what: Composition): AsyncGenerator<Uint8Array> {
  yield Buffer.from(toSvg(compose(what, { caption: true }), what.prompt));
}

async function* pngStream(what: Composition, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const scene = compose(what, { caption: false });
  yield* encodePng(what.width, what.height, rasterRows(scene), signal);
}

/** Computes between turns of the event loop, so that a long sound does not hold up the editor. */
async function* inTurns(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    yield chunk;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
