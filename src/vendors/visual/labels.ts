import type { CheckedRequest, Problem } from "../../model/catalog.ts";
import type { OptionValues } from "../../model/options.ts";
import type { BodyObject } from "../wire/body.ts";
import { problem } from "./product.ts";

/** What can be said of a result (contract §4.1). */
export type ResultMember = "return_url" | "logo_info" | "aigc_meta";

/** Corners in the order the vendor counts them. */
export const logoCorners: readonly string[] = ["bottomRight", "bottomLeft", "topLeft", "topRight"];
export const logoLanguages: readonly string[] = ["zh", "en"];

/** Longest text of a hidden label, in characters. */
export const maxLabel = 256;

/**
 * What is wanted of the result: as a link or inside the answer, with a visible overlay, with a hidden label. Whether there is an
 * overlay is always said; its look only where there is one.
 */
export function resultFields(members: readonly ResultMember[], options: OptionValues): BodyObject {
  const hidden = hiddenLabel(options);
  return {
    ...(members.includes("return_url") ? { return_url: options.delivery !== "b64_json" } : {}),
    ...(members.includes("logo_info") ? { logo_info: overlay(options) } : {}),
    ...(members.includes("aigc_meta") && Object.keys(hidden).length > 0 ? { aigc_meta: hidden } : {}),
  };
}

function overlay(options: OptionValues): BodyObject {
  if (options.logo !== true) return { add_logo: false };
  const { logoPosition, logoLanguage, logoOpacity, logoText } = options;
  return {
    add_logo: true,
    position: logoCorners.indexOf(String(logoPosition)),
    language: logoLanguages.indexOf(String(logoLanguage)),
    opacity: Number(logoOpacity),
    ...(logoText === "" ? {} : { logo_text_content: String(logoText) }),
  };
}

const hiddenNames = {
  labelProducer: "content_producer",
  labelProducerId: "producer_id",
  labelPropagator: "content_propagator",
  labelPropagateId: "propagate_id",
} as const;

function hiddenLabel(options: OptionValues): Record<string, string> {
  const entries = Object.entries(hiddenNames).map(([key, name]) => [name, String(options[key] ?? "")]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** A hidden label needs its producer's id, and that of a video who spreads it (contract §4.1). */
export function labelProblems({ options }: CheckedRequest, kind: "image" | "video"): Problem[] {
  const label = hiddenLabel(options);
  if (Object.keys(label).length === 0) return [];
  return [
    ...(label.producer_id ? [] : [problem("labelNeedsProducer", "labelProducerId")]),
    ...(kind === "image" || label.content_propagator
      ? []
      : [problem("labelNeedsPropagator", "labelPropagator")]),
  ];
}
