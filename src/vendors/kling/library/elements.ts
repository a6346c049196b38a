import { z } from "zod";
import type { LibraryItem, VendorContext } from "../../contract.ts";
import { listAll } from "./pages.ts";

export const elementsPath = "/v1/general/advanced-custom-elements";
const presetsPath = "/v1/general/advanced-presets-elements";

/** Element ids are numbers beyond 2^53, so they come as texts where digits would be lost (contract §3). */
const elementSchema = z.object({
  element_id: z.union([z.string(), z.number()]).transform(String),
  element_name: z.string(),
  element_description: z.string().catch(""),
  element_image_list: z.object({ frontal_image: z.string().catch("") }).catch({ frontal_image: "" }),
  owned_by: z.string().catch(""),
  status: z.string().catch("succeed"),
});

/** The account's own elements, newest first, then the vendor's (contract §6.1). Deleted ones are left out. */
export async function listElements(context: VendorContext): Promise<LibraryItem[]> {
  const own = await listAll(elementsPath, "elements", context);
  const presets = await listAll(presetsPath, "elements", context);
  return [...own, ...presets].flatMap((item) => readElement(item) ?? []);
}

/** An element as the vendor shows it; undefined for a deleted one or what is none. */
export function readElement(item: unknown): LibraryItem | undefined {
  const element = elementSchema.safeParse(item).data;
  if (!element || element.status === "deleted") return undefined;
  const picture = element.element_image_list.frontal_image;
  return {
    shelf: "elements",
    id: element.element_id,
    name: element.element_name,
    own: element.owned_by !== "kling",
    ...(element.element_description ? { description: element.element_description } : {}),
    ...(picture ? { picture } : {}),
  };
}
