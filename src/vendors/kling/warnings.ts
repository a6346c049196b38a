/** What had to be changed or dropped to make a request that Kling takes; words in `text/warnings.ts`. */
export type KlingWarning = "optionDropped" | "faceMissing" | "soundCut";
