/** What had to be changed or dropped to make a request the vendor takes, or may go otherwise than meant; words in `text/warnings.ts`. */
export type SeedreamWarning =
  | "formatPngForTransparency"
  | "optionDropped"
  | "draftResolution"
  | "promptFlags"
  | "promptReadsAsEdit";
