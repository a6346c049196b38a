import type { z } from "zod";
import { choice, flag, words } from "../options.ts";
import { transcriptFormats } from "./subtitles.ts";

/** Languages by their codes (contract §3.6 and the vendor's list of Qwen3-ASR). */
const languages = [
  "auto",
  "zh",
  "yue",
  "en",
  "ja",
  "de",
  "ko",
  "ru",
  "fr",
  "pt",
  "ar",
  "it",
  "es",
  "hi",
  "id",
  "th",
  "tr",
  "uk",
  "vi",
  "cs",
  "da",
  "fil",
  "fi",
  "is",
  "ms",
  "no",
  "pl",
  "sv",
] as const;

export function language(): z.ZodType {
  return choice("spokenLanguage", languages, "auto", { level: "basic" });
}

export function format(): z.ZodType {
  return choice("transcriptFormat", transcriptFormats, "text", { level: "basic" });
}

/** Numbers, dates and the like in digits: `enable_itn`. */
export function numbersAsDigits(): z.ZodType {
  return flag("numbersAsDigits", false);
}

/** Names and words that may be said. */
export function hint(): z.ZodType {
  return words("transcriptHint", 800);
}
