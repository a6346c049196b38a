/** An attribute of a tag. `valueStart` and `valueEnd` hold what is between its quotes, or the whole expression with its braces. */
export interface TagAttribute {
  name: string;
  valueStart: number;
  valueEnd: number;
  value: string;
  quoted: boolean;
}

/** An opening tag: where it starts, where its name ends, and where it ends (after `>`). */
export interface Tag {
  name: string;
  start: number;
  nameEnd: number;
  end: number;
  attributes: TagAttribute[];
}

/** The opening tag that holds an offset; undefined in text between tags. */
export function tagAt(text: string, offset: number): Tag | undefined {
  // A tag that is longer than this is no longer one a person is writing in.
  const earliest = Math.max(0, offset - 5000);
  for (
    let start = text.lastIndexOf("<", offset - 1);
    start >= earliest;
    start = text.lastIndexOf("<", start - 1)
  ) {
    if (offset === 0) return undefined;
    const tag = readTag(text, start);
    if (tag && offset > tag.nameEnd && offset < tag.end) return tag;
    if (tag && offset >= tag.end) return undefined;
    if (start === 0) return undefined;
  }
  return undefined;
}

const nameAt = /<([A-Za-z][\w.:-]*)(?=[\s/>])/y;
const attributeAt = /\s*([^\s=/>"'{}]+)(\s*=\s*)?/y;

function readTag(text: string, start: number): Tag | undefined {
  nameAt.lastIndex = start;
  const name = nameAt.exec(text)?.[1];
  if (!name) return undefined;
  const nameEnd = start + 1 + name.length;
  const attributes: TagAttribute[] = [];
  let at = nameEnd;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === ">") return { name, start, nameEnd, end: at + 1, attributes };
    if (character === "<") return undefined;
    if (character === "{") {
      at = closingBrace(text, at);
      continue;
    }
    attributeAt.lastIndex = at;
    const match = attributeAt.exec(text);
    if (!match?.[1]) {
      at++;
      continue;
    }
    at = attributeAt.lastIndex;
    if (!match[2]) continue;
    const value = readValue(text, at);
    attributes.push({ name: match[1], ...value.found });
    at = value.next;
  }
  return undefined;
}

function readValue(text: string, at: number): { found: Omit<TagAttribute, "name">; next: number } {
  const quote = text[at] ?? "";
  const quoted = quote === '"' || quote === "'";
  let stop: number;
  if (quoted) {
    const close = text.indexOf(quote, at + 1);
    stop = close < 0 ? text.length : close;
  } else if (quote === "{") {
    stop = closingBrace(text, at);
  } else {
    const rest = text.slice(at).search(/[\s>]/);
    stop = rest < 0 ? text.length : at + rest;
  }
  const valueStart = quoted ? at + 1 : at;
  return {
    found: { valueStart, valueEnd: stop, value: text.slice(valueStart, stop), quoted },
    next: quoted ? stop + 1 : stop,
  };
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i + 1;
  }
  return text.length;
}
