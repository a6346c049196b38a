import type { Json } from "../../../model/json.ts";
import { operations } from "../../../model/operations.ts";
import type { VendorRequest } from "../../contract.ts";
import { imageOperation } from "../images/operation.ts";
import { transcriptOperation } from "../transcript/operation.ts";
import type { VideoOperation } from "../video/form.ts";
import { videoOperation } from "../video/operation.ts";
import { videoProfiles } from "../video/prices.ts";

/** The operation of a request's task by the task's id; undefined for what is answered at once. */
export function handleOf(request: VendorRequest, task: string): { [name: string]: Json } | undefined {
  if (operations[request.operation].output === "image") return imageOperation(request, task);
  if (operations[request.operation].output === "text") return transcriptOperation(request, task);
  const form = videoProfiles.find(({ id }) => id === request.model)?.operations[
    request.operation as VideoOperation
  ];
  return form && videoOperation(form, request, task);
}
