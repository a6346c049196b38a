import { type Composition, compose } from "../../src/vendors/placeholder/compose.ts";
import { encodeChime } from "../../src/vendors/placeholder/sound.ts";
import { toSvg } from "../../src/vendors/placeholder/svg.ts";
import { studioMedia } from "../../test/e2e/support/studioSituations.ts";
import type { MediaFile } from "../../test/e2e/support/webviewPage.ts";

const wide = { width: 1600, height: 912 };
const small = [
  { width: 320, height: 182 },
  { width: 240, height: 320 },
  { width: 300, height: 300 },
] as const;

/** What the tests show, with pictures and a sound as Placeholder makes them, which are nicer to look at. */
export function pictureMedia(): Map<string, MediaFile> {
  const sound = Buffer.concat([...encodeChime(1, 7, "welcome")]);
  return new Map([
    ...studioMedia(),
    ...Array.from({ length: 4 }, (_, index) => [`${index}.jpg`, drawing({ ...wide, index })] as const),
    ...Array.from({ length: 40 }, (_, index) => {
      const size = small[index % small.length] ?? small[0];
      return [`thumb-${index}.jpg`, drawing({ ...size, index })] as const;
    }),
    ["icon.png", { type: "image/svg+xml", bytes: Buffer.from(icon) }],
    ["layer1.png", { type: "image/svg+xml", bytes: Buffer.from(boats) }],
    ["layer2.png", { type: "image/svg+xml", bytes: Buffer.from(lighthouse) }],
    ["tone.wav", { type: "audio/wav", bytes: sound }],
  ]);
}

function drawing(what: Pick<Composition, "width" | "height" | "index">): MediaFile {
  const prompt = "A harbour at dawn";
  const whole = { ...what, prompt, seed: 1, style: "auto", theme: "auto", label: false } as const;
  return { type: "image/svg+xml", bytes: Buffer.from(toSvg(compose(whole, { caption: false }), prompt)) };
}

const drawn = (width: number, height: number, shapes: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${shapes}</svg>`;

const boat = (x: number, y: number, by: number) =>
  `<g transform="translate(${x} ${y}) scale(${by})"><path fill="#fff6e9" d="M0-92v84h-46Z"/><path fill="#ffd9a8" d="M8-74V-8h40Z"/><path fill="#5b3f4f" d="M-62 0H62L44 30H-44Z"/></g>`;

const boats = drawn(320, 240, boat(96, 130, 1) + boat(226, 190, 1.3));

const lighthouse = drawn(
  512,
  512,
  '<path fill="#3f3350" d="M96 512q40-72 160-72t160 72Z"/><path fill="#fff6e9" d="M212 196h88l26 250H186Z"/><path fill="#d9635b" d="m206 258 100 0 6 60H200Zm-12 122h124l7 66H186Z"/><path fill="#3f3350" d="M200 178h112v18H200Z"/><path fill="#ffd166" d="M222 122h68v56h-68Z"/><path fill="#d9635b" d="m256 76 50 46H206Z"/>',
);

const icon = drawn(
  512,
  512,
  '<rect x="48" y="48" width="416" height="416" rx="96" fill="#2f6f8f"/><path fill="#9fd3d6" d="M48 330q104-60 208 0t208 0v38a96 96 0 0 1-96 96H144a96 96 0 0 1-96-96Z"/><path fill="#fff6e9" d="M250 112v190H146Z"/><path fill="#ffd9a8" d="M270 152v150h92Z"/><path fill="#f4a259" d="M132 322h248l-38 58H170Z"/>',
);
