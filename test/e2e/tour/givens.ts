import { crc32 } from "node:zlib";
import { wavClip } from "../../simulator/media/clips.ts";
import { encodePicture } from "../../simulator/media/picture.ts";
import type { PastedFile } from "../studioPage.ts";
import type { Leg, MaterialId } from "./legs.ts";

/** Words that nothing else has: at the start of prompts, where titles and names are made from, and in names and addresses. */
export const canary = {
  unsent: "unsentcanary7d20",
  placed: "placedcanary51ce",
  sent: "sentcanary83b6",
  doubted: "doubtedcanary0f4a",
  refused: "refusedcanary4b8d",
  lost: "lostcanaryc7e2",
  resumed: "resumedcanary95fa",
  line: "linecanary2e91",
  file: "filecanary6c38",
  pasted: "pastedcanary3a7f",
  link: "linkcanary08d5",
  improved: "improvedcanary9b27",
  looked: "lookedcanary4e60",
  drafted: "draftedcanary1ac5",
  element: "elementcanary62fb",
};

/** What the legs are given, with bytes that nothing else has. A picture is large enough for every model, a sound long enough. */
export const materials: Readonly<Record<MaterialId, PastedFile>> = {
  picture: picture("one"),
  other: picture("other"),
  sound: { name: `${canary.file}-sound.wav`, type: "audio/wav", bytes: wavClip(canary.file, 5) },
};

/** A picture with words of its own in it: what vendors make of a picture may look like it, byte for byte. */
function picture(seed: string): PastedFile {
  const bytes = encodePicture({ width: 600, height: 600, format: "png", seed: `tour ${seed}`, index: 0 });
  const content = Buffer.from(`tEXtComment\0${`bytescanary5d1c ${seed} `.repeat(8)}`, "latin1");
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  // After the header, which comes first.
  const whole = Buffer.concat([bytes.subarray(0, 33), chunk, bytes.subarray(33)]);
  return { name: `${canary.file}-${seed}.png`, type: "image/png", bytes: whole };
}

/** A file as it is pasted, which has a name of its own so that the two ways are told apart. */
export function pasted(id: MaterialId): PastedFile {
  const { name, ...file } = materials[id];
  return { ...file, name: name.replace(canary.file, canary.pasted) };
}

/** Some bytes that no other file has: enough to find a copy by. */
export function sliceOf({ bytes, type }: PastedFile): Buffer {
  // At a multiple of three, so that Base64 has it at the start of a group.
  const at = type === "image/png" ? 60 : Math.floor(bytes.length / 6) * 3;
  return bytes.subarray(at, at + 60);
}

/** An address that the simulated vendors take for a file; nobody fetches it. */
export function linkFor({ vendors }: Leg, ending: string, index: number): string {
  // Of the names reserved for examples each vendor is played with its own.
  const host = vendors.includes("seedream") ? "films.example" : "example.com";
  return `https://${host}/${canary.link}-${index}.${ending}`;
}
