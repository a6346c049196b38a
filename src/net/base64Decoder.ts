const empty = new Uint8Array();

/** Escapes in base64 that JSON writers make of `/`, `+`, `=` and line breaks. */
const escapes = /\\(?:u([\da-fA-F]{4})|(.))/g;
/** An escape that goes on in the next chunk. */
const cutEscape = /(?:^|[^\\])(?:\\\\)*(\\(?:u[\da-fA-F]{0,3})?)$/;
const prefix = /^\s*data:[^,]*,/i;
/** Longest `data:` prefix that is looked for. */
const maxPrefix = 256;

/** Decodes the inside of one JSON string of base64 (either alphabet, with or without a `data:` prefix) as it arrives. */
export class Base64Decoder {
  /** What could not be decoded yet: a cut escape, a cut group of four, a prefix that is still growing. */
  #rest = "";
  #isStarted = false;

  /** True when the next byte is the rest of an escape that this chunk's end has cut. */
  get isEscaped(): boolean {
    return this.#rest.endsWith("\\");
  }

  push(bytes: Buffer): Uint8Array {
    let text = this.#rest + bytes.toString("latin1");
    this.#rest = "";
    const cut = text.includes("\\") ? cutEscape.exec(text.slice(-12))?.[1] : undefined;
    if (cut) text = text.slice(0, -cut.length);
    const decoded = this.#decode(text, false);
    if (cut) this.#rest += cut;
    return decoded;
  }

  end(): Uint8Array {
    const text = this.#rest;
    this.#rest = "";
    return this.#decode(text, true);
  }

  #decode(raw: string, isLast: boolean): Uint8Array {
    let text = raw;
    if (!this.#isStarted) {
      if (!isLast && text.length < maxPrefix && /^\s*(d|$)/i.test(text) && !prefix.test(text)) {
        this.#rest = text;
        return empty;
      }
      text = text.replace(prefix, "");
      this.#isStarted = true;
    }
    if (text.includes("\\")) {
      text = text.replace(escapes, (_whole, hex: string | undefined, sign: string | undefined) =>
        hex ? String.fromCharCode(Number.parseInt(hex, 16)) : sign === "/" ? "/" : "",
      );
    }
    if (/[^\w+/=-]/.test(text)) text = text.replace(/[^\w+/=-]/g, "");
    const whole = isLast ? text.length : text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    return Buffer.from(text.slice(0, whole), "base64");
  }
}
