/** What kind of media a file is. */
export type MediaFileKind = "image" | "video" | "audio" | "text";

/** A file format, known from its first bytes. `type` is its media type, `extension` has no dot. */
export interface MediaFormat {
  type: string;
  extension: string;
  kind: MediaFileKind;
}

/** What a format's reader found. Pixels as displayed (after any stored rotation), seconds. */
export interface MediaFacts {
  width?: number;
  height?: number;
  seconds?: number;
  /** Some pixel may be or is transparent, by the file's own flag. Absent where only decoding can tell: a PNG with alpha. */
  transparent?: boolean;
  animated?: boolean;
  /** Codecs of the tracks by their four-character codes, such as `avc1`, `hvc1`, `mp4a`. */
  codecs?: string[];
  /** Bits of a colour, where the video's codec says so in the file's header (HEVC). */
  bitDepth?: number;
  /** The file ends where its format says it ends. True for formats that have no end mark. */
  whole: boolean;
  /** Set when only the content told the format, such as an MP4 without a picture. */
  format?: MediaFormat;
}

/** What a file is, from its bytes alone. `bytes` is its length. */
export interface Probe extends MediaFormat, Omit<MediaFacts, "format"> {
  bytes: number;
}

/**
 * `notMedia`: the bytes are no format Easel knows, or break their format's rules. `truncated`: they end before what was needed.
 * `tooLarge`: more boxes, chunks or pixels than any honest file has. `unsupported`: a known format in a form Easel cannot read.
 */
export type MediaErrorCode = "notMedia" | "truncated" | "tooLarge" | "unsupported";

/** The one error of `assets`. `found` says what the bytes are or look like, as a media type, if that could be told. */
export class MediaError extends Error {
  override readonly name = "MediaError";
  readonly code: MediaErrorCode;
  readonly found: string | undefined;

  constructor(code: MediaErrorCode, found?: string, options?: ErrorOptions) {
    super(found ? `${code} ${found}` : code, options);
    this.code = code;
    this.found = found;
  }
}
