/** Elements and voices are named in an option, separated by commas, and in the prompt as `@name`. */
export function listed(option: unknown): string[] {
  return String(option ?? "")
    .split(/[,，、\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** True for an id of the vendor's, which needs no looking up. */
export function isId(name: string): boolean {
  return /^\d+$/.test(name);
}

/** A mention of the vendor's own, `@image_1` or `<<<image_1>>>`. */
const ordinal = /^(?:image|video|element|voice)_\d+/;

/** Whether a prompt names anything that has to be looked up: `@` with a word behind it that is neither `known` nor an ordinal. */
export function hasNames(prompt: string, known: readonly string[] = []): boolean {
  return [...prompt.matchAll(/@@|@(?=[\p{L}\p{N}])/gu)].some(({ 0: sign, index }) => {
    const name = prompt.slice(index + 1);
    return sign === "@" && !ordinal.test(name) && !known.some((each) => name.startsWith(each));
  });
}

/** A prompt with its names replaced, the names that were found, in order, and the first that is not known. */
export interface Mentioned {
  prompt: string;
  found: string[];
  unknown?: string;
}

/**
 * Writes every `@name` of `known` as the vendor counts it, `element_1` for the first of `first` and so on: in legacy requests
 * `<<<element_1>>>`, in newer ones `@element_1` (contract §3). The longest known name wins. `@@` stands for the sign itself.
 */
export function mention(
  prompt: string,
  known: readonly string[],
  first: readonly string[],
  write: (name: string) => string,
): Mentioned {
  const found = [...first];
  const longest = [...known].sort((a, b) => b.length - a.length);
  let unknown: string | undefined;
  let text = "";
  for (let at = 0; at < prompt.length; ) {
    const rest = prompt.slice(at);
    const [vendors, inside] = /^<<<?((?:image|video|element|voice)_\d+)>>>?/.exec(rest) ?? [];
    const [own] = /^@(?:image|video|element|voice)_\d+/.exec(rest) ?? [];
    if (vendors !== undefined && inside !== undefined) {
      text += write(inside);
      at += vendors.length;
    } else if (own !== undefined) {
      text += write(own.slice(1));
      at += own.length;
    } else if (rest.startsWith("@@")) {
      text += "@";
      at += 2;
    } else {
      const name = rest.startsWith("@") ? longest.find((each) => rest.startsWith(each, 1)) : undefined;
      if (name === undefined) {
        const [, word] = /^@([\p{L}\p{N}][\p{L}\p{N}_-]*)/u.exec(rest) ?? [];
        unknown ??= word;
        text += String.fromCodePoint(prompt.codePointAt(at) ?? 0);
        at += (prompt.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
        continue;
      }
      if (!found.includes(name)) found.push(name);
      text += write(`element_${found.indexOf(name) + 1}`);
      at += 1 + name.length;
    }
  }
  return { prompt: text, found, ...(unknown === undefined ? {} : { unknown }) };
}
