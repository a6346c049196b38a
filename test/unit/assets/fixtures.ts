import { readdirSync, readFileSync } from "node:fs";

export const mediaFolder = new URL("../../fixtures/media/", import.meta.url);

export const mediaFiles = readdirSync(mediaFolder).filter((name) => name !== "README.md");

export function mediaBytes(name: string): Buffer {
  return readFileSync(new URL(name, mediaFolder));
}
