import { env, l10n } from "vscode";
import type { InputRole } from "../model/request.ts";

const roleTexts: Readonly<Record<InputRole, () => string>> = {
  reference: () => l10n.t("reference"),
  source: () => l10n.t("source picture"),
  mask: () => l10n.t("mask"),
  firstFrame: () => l10n.t("first frame"),
  lastFrame: () => l10n.t("last frame"),
  video: () => l10n.t("video"),
  audio: () => l10n.t("audio"),
  person: () => l10n.t("picture of the person"),
  garment: () => l10n.t("picture of the garment"),
};

/** What an input is used for, in the middle of a sentence. */
export function roleText(role: string): string {
  const texts: Readonly<Record<string, (() => string) | undefined>> = roleTexts;
  return texts[role]?.() ?? role;
}

/** A limit or a measure in its unit, see `model/problems.ts`. */
export function quantity(value: string | number | undefined, unit: string): string {
  if (typeof value !== "number") return value ?? "";
  const text = plain(value);
  switch (unit) {
    case "B":
      return bytes(value);
    case "px":
      return l10n.t("{0} px", text);
    case "px2":
      return l10n.t("{0} pixels", text);
    case "s":
      return l10n.t("{0} s", text);
    case "h":
      return l10n.t("{0} h", text);
    case "files":
      return text;
    case "characters":
      return l10n.t("{0} characters", text);
    case "images":
      return value === 1 ? l10n.t("1 image") : l10n.t("{0} images", text);
    default:
      return text;
  }
}

/** Width to height, such as `16:9` made comparable: `1.78:1`, or `1:1.78` where it is taller than wide. */
export function ratio(value: string | number | undefined): string {
  if (typeof value !== "number" || value <= 0) return String(value ?? "");
  return value >= 1 ? `${plain(value)}:1` : `1:${plain(1 / value)}`;
}

/** Media types as people name them: `image/svg+xml, image/png` → `SVG, PNG`. */
export function mediaTypes(types: string): string {
  const names = types.split(/,\s*/).map((type) => type.replace(/^\w+\/(x-)?/, "").replace(/\+\w+$/, ""));
  return listText(names.map((name) => (name === "webp" ? "WebP" : name.toUpperCase())));
}

/** Several things in one line, with the comma of the language. */
export function listText(parts: readonly string[]): string {
  return parts.join(l10n.t(", "));
}

function bytes(value: number): string {
  if (value >= 1024 * 1024) return `${plain(value / (1024 * 1024))} MB`;
  return value >= 1024 ? `${plain(value / 1024)} KB` : l10n.t("{0} bytes", plain(value));
}

function plain(value: number): string {
  return new Intl.NumberFormat(env.language, { maximumFractionDigits: 2 }).format(value);
}
