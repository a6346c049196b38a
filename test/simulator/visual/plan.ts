import { Refusal } from "./codes.ts";
import { type Body, checkFields, given } from "./fields.ts";
import type { Inputs } from "./inputs.ts";
import type { Markers } from "./markers.ts";
import type { Asked, Output, Product } from "./product.ts";
import { askedSize } from "./sizes.ts";

/** A legal request: what comes of it, or the code with which it fails. */
export type Plan = { output: Output; failure: number | undefined; amount: number; unit: string };

/** Holds a body against its product's rules (contract volcengine-visual §4, §6). Throws a Refusal. */
export function planOf(product: Product, body: Body, inputs: Inputs, markers: Markers): Plan {
  checkFields(body, product.fields);
  const asked: Asked = {
    body,
    pictures: product.pictures ? inputs.pictures(body, product.pictures) : [],
    media: product.media ? inputs.media(body, product.media) : {},
    size: product.size && askedSize(body, product.size),
    group: markers.group,
  };
  product.check?.(asked);
  if (markers.error instanceof Refusal) throw markers.error;
  const output = product.output(asked);
  const problem = Object.values(asked.media).find((each) => each.problem !== undefined)?.problem;
  return { output, failure: markers.failure ?? problem, ...priceOf(product, output) };
}

/** What is charged: calls, pictures, or seconds of video. */
function priceOf({ unit }: Product, output: Output): { amount: number; unit: string } {
  if (unit !== undefined) return { amount: 1, unit };
  if (output.kind === "video") return { amount: Math.ceil(output.seconds), unit: "second" };
  return { amount: output.kind === "images" ? output.sizes.length : 1, unit: "image" };
}

export function reqKeyOf(body: Body): string {
  const key = given(body, "req_key");
  if (key === undefined) throw new Refusal(50201, "Missing Argument: req_key");
  if (typeof key !== "string") throw new Refusal(50204, "req_key must be a string");
  return key;
}
