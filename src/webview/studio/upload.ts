import type { UploadResult } from "../../studio/studioProtocol.ts";
import { maxUploadBytes, type StudioProtocol, type UploadPurpose } from "../../studio/studioProtocol.ts";
import type { Wire } from "../shared/ipc.ts";

/** Sends bytes to the host: the only way out of this page. What is too large is refused here, with words. */
export async function upload(
  wire: Wire<StudioProtocol>,
  purpose: UploadPurpose,
  blob: Blob,
  tooLarge: string,
): Promise<UploadResult> {
  if (blob.size > maxUploadBytes) return { outcome: "failed", message: tooLarge };
  try {
    return await wire.request("upload", { purpose, bytes: await blob.arrayBuffer() });
  } catch (error) {
    return { outcome: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
