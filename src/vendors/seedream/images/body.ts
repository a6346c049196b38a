import type { InputFile } from "../../contract.ts";
import { type BodyObject, DataUriPart, encodeBody } from "../../wire/body.ts";

/** The body as UTF-8 JSON: `fields`, and `inputs` as `image` (one picture as a string, several as an array; contract §2.1, §2.3). */
export function imageBody(fields: BodyObject, inputs: readonly InputFile[]): Promise<Uint8Array> {
  const pictures = inputs.map((input) => new DataUriPart(input));
  const [only, ...more] = pictures;
  return encodeBody({ ...fields, image: more.length === 0 ? only : pictures });
}
