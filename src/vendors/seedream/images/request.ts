import type { VendorRequest } from "../../contract.ts";
import type { BodyObject, BodyValue } from "../../wire/body.ts";
import type { SeedreamWarning } from "../warnings.ts";
import type { ImageOperation } from "./options.ts";

/** Everything of a request's body except its pictures, in the order it is sent (contract §2.1). */
export interface ImageRequestFields {
  fields: BodyObject;
  warnings: SeedreamWarning[];
}

/**
 * The body of `POST /images/generations` without its pictures. Options that the model's schema does not have are not looked
 * at, so nothing is sent that the model would refuse.
 */
export function imageRequestFields(
  operation: ImageOperation,
  request: Pick<VendorRequest, "prompt" | "options">,
  model: string,
): ImageRequestFields {
  const { options, prompt } = request;
  const warnings: SeedreamWarning[] = [];
  const fields: Record<string, BodyValue | undefined> = { model };
  if (prompt !== "") fields.prompt = prompt;
  if (operation === "layers") fields.layer_decomposition = true;
  fields.size = options.size;
  if ("count" in options) Object.assign(fields, groupFields(Number(options.count)));
  if ("background" in options) fields.background = options.background;
  if ("promptOptimization" in options) {
    fields.optimize_prompt_options = { mode: options.promptOptimization };
  }
  if (options.webSearch === true) fields.tools = [{ type: "web_search" }];
  if ("format" in options) {
    const forced = options.background === "transparent" && options.format !== "png";
    if (forced) warnings.push("formatPngForTransparency");
    fields.output_format = forced ? "png" : options.format;
  }
  fields.response_format = options.delivery ?? "url";
  fields.watermark = options.watermark ?? false;
  if (Number(options.seed ?? -1) >= 0) fields.seed = options.seed;
  return { fields, warnings };
}

/** More than one picture is streamed, so that each can be seen when it is there and not only when the last one is. */
function groupFields(count: number): BodyObject {
  if (count <= 1) return { sequential_image_generation: "disabled" };
  return {
    sequential_image_generation: "auto",
    sequential_image_generation_options: { max_images: count },
    stream: true,
  };
}
