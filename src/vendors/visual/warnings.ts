/** What may have gone otherwise than meant; words in `text/warnings.ts`. */
export type VisualWarning = "optionDropped" | "labelNotWritten";
