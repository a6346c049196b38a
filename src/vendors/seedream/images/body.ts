import type { InputFile } from "../../contract.ts";
import { assemble, type BodyPart, mediaPart } from "../body.ts";

/** The body as UTF-8 JSON: `fields`, and `inputs` as `image` (one picture as a string, several as an array; contract §2.1, §2.3). */
export async function imageBody(
  fields: Record<string, unknown>,
  inputs: readonly InputFile[],
): Promise<Uint8Array> {
  const head = JSON.stringify(fields);
  if (inputs.length === 0) return Buffer.from(head, "utf8");
  const pictures: BodyPart[] = [];
  for (const input of inputs) pictures.push(await mediaPart(input));
  const separated = pictures.flatMap((part, index) => (index === 0 ? [part] : [",", part]));
  const list: BodyPart[] = inputs.length === 1 ? separated : ["[", ...separated, "]"];
  return assemble([`${head.slice(0, -1)},"image":`, ...list, "}"]);
}
