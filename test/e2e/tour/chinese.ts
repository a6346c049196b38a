import type { Locator } from "playwright-core";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import { canary, materials } from "./givens.ts";

/** What stands in Chinese texts as it is: names, formats, units, keys, addresses, names of files. */
const latin = [
  // Ids and digests, with digits among their letters.
  /\b(?=[\w-]*\d)[\w-]{8,}\b/g,
  /https?(:\S+)?|[\w.-]+\.example\S*|\b127\.0\.0\.1(:\d+)?|localhost(:\d+)?/g,
  /easel\.[\w.]+|[\w-]+\.(png|md|svg|json|jpg|jpeg|webp|mp4|mp3|wav|txt|srt|vtt)(?=images|assets|\b)|\.(png|jpg|jpeg|webp|mp4|wav|txt)(images|assets|\b)/gi,
  /\b(image|video|audio|text)\/[\w-]+|\b(assets|images|token)\b/g,
  /\b(Easel|Volcengine|Seedance|AccessKeyID|SecretAccessKey|BytePlus|ModelArk|Ark|Markdown|Studio)\b/g,
  /\b(PNG|JPEG|WebP|SVG|WAV|MP3|MP4|GIF|SRT|VTT|API|JSON|JWT|BMP|TIFF|HEIC|HEIF|MPEG|AAC|NNSR|LQIR|ID|URL|AI|HTTPS?|KB|MB|kB|px|s|K|fps|CNY|USD)\b/g,
  /\b(Enter|Esc|Escape|Ctrl|Shift|Alt|Del|Delete|Space|Tab|Home|End|Cmd|A|F1)\b/g,
];

/** What vendors call things, what the simulated ones answer, what the sample site says, and names that the tour gives. */
const theirs = [
  "The request failed because the input text may contain sensitive information",
  ", in soft morning light, wide angle",
  ...[
    "Hello world",
    "A harbour at dawn",
    "A green teapot with a red knob",
    "tea leaves",
    "teapot",
    "harbour",
  ],
  ...["girl with red hood", "id above 2^53", "Calm narrator", "Bright girl", "Preset", "Mia", "Big", "Yard"],
  ...[
    "bottle",
    "title",
    "HappyHorse",
    "Cherry",
    "zhibo-linyunzhi",
    "Access Key",
    "Secret Key",
    "cgt",
    "abcde",
  ],
  ...["[error InputTextSensitiveContentDetected]", "[error InputTextSensitive…", "[slow 60s]"],
  // The file name that is proposed where there are no words to make one of.
  "text-to-video",
];

/** What the workbench itself says; its language pack here is empty. */
const workbenchs =
  /\d+ Results|\d+ Selected|\bOK\b|\bCancel\b|\(Press 'Enter' to confirm or 'Escape' to cancel\)|Focus on .* View|Source: \S+|\bBack\b|Press Enter to .*|Clear Notification.*|Notification Actions|More Actions\.*/g;

/** Names of vendors and models, longest first: proper nouns. */
async function properNouns(): Promise<string[]> {
  const vendors = await Promise.all(vendorEntries.map(({ load }) => load()));
  const models = vendors.flatMap((vendor) => vendor.models.flatMap(({ id, name }) => [id, name]));
  return [...vendorEntries.map(({ name }) => name), ...models].sort((a, b) => b.length - a.length);
}

/** Just so much of an element as is looked at. */
interface Seen {
  innerText: string;
  placeholder?: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Seen>;
  closest(selector: string): Seen | null;
}

/** Runs in the page: all that a person sees or is told of elements: their text, and what attributes say, of Easel's own pages. */
function wordsOf(elements: Seen[]): string {
  const said = ["placeholder", "title", "aria-label", "alt", "aria-valuetext"];
  const words = elements.flatMap((element) => {
    const inside = [element, ...element.querySelectorAll("*")];
    const told = inside.flatMap((each) => said.flatMap((name) => each.getAttribute(name) ?? []));
    const asked = [...element.querySelectorAll("input")].map(({ placeholder = "" }) => placeholder);
    // biome-ignore lint/performance/useDomNodeTextContent: what is not seen is not looked at
    return [element.innerText, ...(element.closest(".monaco-workbench") ? asked : told)];
  });
  return words.join("\n");
}

/** Finds what is left of English in what a person sees, and punctuation that is not Chinese. */
export class ChineseEye {
  readonly #nouns: readonly string[];
  /** What was found, by where. */
  readonly found: Record<string, string[]> = {};
  /** How often it looked. */
  places = 0;

  private constructor(nouns: readonly string[]) {
    this.#nouns = nouns;
  }

  static async open(): Promise<ChineseEye> {
    return new ChineseEye(await properNouns());
  }

  /** Looks, and keeps what it finds for the end, so that one tour shows all of it. */
  async look(where: string, seen: Locator): Promise<void> {
    this.places++;
    const found = this.findings(await seen.evaluateAll<string, Seen>(wordsOf));
    if (found.length > 0) this.found[where] = [...new Set([...(this.found[where] ?? []), ...found])];
  }

  findings(text: string): string[] {
    const files = Object.values(materials).map(({ name }) => name.replace(/\.\w+$/, ""));
    const pasted = files.map((name) => name.replace(canary.file, canary.pasted));
    const given = [...files, ...pasted, ...Object.values(canary)];
    // The longest first: a name may begin with another.
    const names = [...theirs, ...given, ...this.#nouns].sort((a, b) => b.length - a.length);
    const without = names.reduce(
      (rest, name) => rest.replaceAll(name, " "),
      text.replaceAll(workbenchs, " "),
    );
    const rest = latin.reduce((left, pattern) => left.replaceAll(pattern, " "), without);
    return [
      ...(rest.match(/[A-Za-z]{3,}(?:[ -][A-Za-z]+)*/g) ?? []),
      ...(text
        .replaceAll(", in soft morning light, wide angle", "")
        .match(/.{0,8}(\p{Script=Han}[,:;!?]|[,:;!?]\p{Script=Han}).{0,8}/gu) ?? []),
    ];
  }
}
