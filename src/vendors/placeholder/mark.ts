/** What every placeholder says of itself inside the file. Part of the file formats, so not translated. */
export const markWords = {
  title: "Placeholder",
  software: "Easel Placeholder",
  description:
    "Placeholder made by Easel. Not a real picture: drawn from a seed to hold a place in a layout.",
  soundDescription: "Placeholder made by Easel. Not a real recording: computed from a seed to hold a place.",
} as const;
