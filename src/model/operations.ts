/** What kind of media an operation brings back. */
export type MediaKind = "image" | "video" | "audio" | "text";

/**
 * Everything Easel can be asked for: the closed list of operations, each with the palette command that
 * reaches it and the kind of media it brings back.
 */
export const operations = {
  "text-to-image": { command: "easel.generateImage", output: "image" },
  "image-to-image": { command: "easel.imageToImage", output: "image" },
  "images-to-image": { command: "easel.combineImages", output: "image" },
  inpaint: { command: "easel.editImage", output: "image" },
  outpaint: { command: "easel.editImage", output: "image" },
  upscale: { command: "easel.editImage", output: "image" },
  portrait: { command: "easel.editImage", output: "image" },
  layers: { command: "easel.editImage", output: "image" },
  "cut-out": { command: "easel.editImage", output: "image" },
  "try-on": { command: "easel.editImage", output: "image" },
  style: { command: "easel.editImage", output: "image" },
  "text-to-video": { command: "easel.generateVideo", output: "video" },
  "image-to-video": { command: "easel.imageToVideo", output: "video" },
  "frames-to-video": { command: "easel.imageToVideo", output: "video" },
  "references-to-video": { command: "easel.imageToVideo", output: "video" },
  "edit-video": { command: "easel.editVideo", output: "video" },
  "extend-video": { command: "easel.editVideo", output: "video" },
  "lip-sync": { command: "easel.editVideo", output: "video" },
  effects: { command: "easel.editVideo", output: "video" },
  "video-to-audio": { command: "easel.editVideo", output: "audio" },
  avatar: { command: "easel.animatePortrait", output: "video" },
  "motion-control": { command: "easel.animatePortrait", output: "video" },
  speech: { command: "easel.generateSpeech", output: "audio" },
  sound: { command: "easel.generateSpeech", output: "audio" },
  transcript: { command: "easel.transcribe", output: "text" },
} as const satisfies Record<string, { command: string; output: MediaKind }>;

export type OperationId = keyof typeof operations;

export const operationIds = Object.keys(operations) as OperationId[];
