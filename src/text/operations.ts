import { l10n } from "vscode";
import type { OperationId } from "../model/operations.ts";

/** What an operation is called where it is chosen, and what it does. */
export function operationText(id: OperationId): { label: string; detail: string } {
  const texts: Record<OperationId, () => { label: string; detail: string }> = {
    "text-to-image": () => ({ label: l10n.t("Text to Image"), detail: l10n.t("A picture from words") }),
    "image-to-image": () => ({
      label: l10n.t("Image to Image"),
      detail: l10n.t("A new picture from one you have and words"),
    }),
    "images-to-image": () => ({
      label: l10n.t("Combine Images"),
      detail: l10n.t("A new picture from several you have and words"),
    }),
    inpaint: () => ({ label: l10n.t("Inpaint"), detail: l10n.t("Fill or replace a masked part") }),
    outpaint: () => ({ label: l10n.t("Outpaint"), detail: l10n.t("Go on beyond the picture's edges") }),
    upscale: () => ({ label: l10n.t("Upscale"), detail: l10n.t("The same picture, larger and sharper") }),
    portrait: () => ({ label: l10n.t("Portrait"), detail: l10n.t("A portrait in another look") }),
    layers: () => ({
      label: l10n.t("Split into Layers"),
      detail: l10n.t("The background and transparent layers with their positions, in a folder"),
    }),
    "cut-out": () => ({ label: l10n.t("Cut Out"), detail: l10n.t("The subject without its background") }),
    "try-on": () => ({ label: l10n.t("Try On"), detail: l10n.t("A person wearing a garment") }),
    style: () => ({ label: l10n.t("Style"), detail: l10n.t("The same picture in another style") }),
    "text-to-video": () => ({ label: l10n.t("Text to Video"), detail: l10n.t("A clip from words") }),
    "image-to-video": () => ({
      label: l10n.t("Image to Video"),
      detail: l10n.t("A clip that starts from a picture"),
    }),
    "frames-to-video": () => ({
      label: l10n.t("Frames to Video"),
      detail: l10n.t("A clip between a first and a last frame"),
    }),
    "references-to-video": () => ({
      label: l10n.t("References to Video"),
      detail: l10n.t("A clip with what the references show"),
    }),
    "edit-video": () => ({ label: l10n.t("Edit Video"), detail: l10n.t("Change a clip by words") }),
    "extend-video": () => ({ label: l10n.t("Extend Video"), detail: l10n.t("Go on where a clip ends") }),
    "lip-sync": () => ({ label: l10n.t("Lip Sync"), detail: l10n.t("Lips that follow a voice") }),
    effects: () => ({ label: l10n.t("Effects"), detail: l10n.t("A ready-made effect") }),
    "video-to-audio": () => ({ label: l10n.t("Video to Audio"), detail: l10n.t("Sound that fits a clip") }),
    avatar: () => ({ label: l10n.t("Avatar"), detail: l10n.t("A portrait that speaks") }),
    "motion-control": () => ({
      label: l10n.t("Motion Control"),
      detail: l10n.t("A portrait that moves like a clip"),
    }),
    speech: () => ({ label: l10n.t("Speech"), detail: l10n.t("A voice that reads words") }),
    sound: () => ({ label: l10n.t("Sound"), detail: l10n.t("A sound from words") }),
    transcript: () => ({ label: l10n.t("Transcript"), detail: l10n.t("What is said in a recording") }),
  };
  return texts[id]();
}
