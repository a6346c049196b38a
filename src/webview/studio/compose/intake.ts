import type { InputRole } from "../../../model/request.ts";
import { maxUploadBytes } from "../../../studio/studioProtocol.ts";
import type { StudioStore } from "../store.ts";
import { upload } from "../upload.ts";
import { readDrop } from "./dropped.ts";

/** Takes in what is dropped or pasted: moves it, names it to the host, or hands its bytes over, one file after the other. */
export class Intake {
  /** Files on their way to the host, by name. */
  uploading: readonly string[] = [];
  /** Where something hovers now. */
  over: InputRole | "any" | undefined;
  readonly #store: StudioStore;
  readonly #changed: () => void;

  constructor(store: StudioStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
  }

  hover(over: Intake["over"]): void {
    if (this.over === over) return;
    this.over = over;
    this.#changed();
  }

  /** Into a slot, before its `index`-th input; without a role into the first slot that takes it. */
  async drop(data: DataTransfer, role?: InputRole, index?: number): Promise<void> {
    this.hover(undefined);
    const { assets, input, uris, files } = readDrop(data);
    const to = role && { role };
    if (input !== undefined && role) {
      const slot = this.#store.compose?.slots.find((each) => each.role === role);
      this.#store.wire.command("moveInput", { input, role, index: index ?? slot?.inputs.length ?? 0 });
    }
    if (assets.length > 0) await this.#store.act(assets, { kind: "useAsReference", ...to });
    if (uris.length > 0) this.#store.wire.command("addFiles", { uris: [...uris], ...to });
    else await this.take(files, role);
  }

  async take(files: readonly File[], role?: InputRole): Promise<void> {
    for (const file of files) {
      this.uploading = [...this.uploading, file.name];
      this.#changed();
      const megabytes = Math.round(maxUploadBytes / 2 ** 20);
      const tooLarge = this.#store.text("inputTooLarge", file.name, megabytes);
      const purpose = { kind: "input", name: file.name || "image.png", ...(role && { role }) } as const;
      const result = await upload(this.#store.wire, purpose, file, tooLarge);
      this.uploading = this.uploading.filter((name) => name !== file.name);
      if (result.message !== undefined) {
        this.#store.say({ severity: result.outcome === "failed" ? "error" : "info", text: result.message });
      } else this.#changed();
    }
  }
}
