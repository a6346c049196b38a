import type { Size } from "../media/scene.ts";
import type { Body, Fields } from "./fields.ts";
import type { MediaFacts, Picture } from "./inputs.ts";

/** How a product is reached: `CVProcess`, one of the two pairs of submit and query, or an action of its own. */
export type Way =
  | "process"
  | "sync2async"
  | "task"
  | "HighAesSmartDrawing"
  | "HighAesSmartDrawingV2"
  | "Img2ImgInpainting"
  | "Img2ImgInpaintingEdit"
  | "Img2ImgOutpainting"
  | "OverResolutionV2"
  | "EnhancePhotoV2"
  | "FaceSwap"
  | "FaceswapAI";

/** What a picture may be (contract volcengine-visual §6.3). */
export type PictureLimits = {
  bytes: number;
  /** The longest side in pixels. */
  side: number;
  /** Longer by shorter side. */
  ratio?: number;
  /** The least short side in pixels. */
  short?: number;
};

export type PicturesRule = {
  /** The fields that may carry them, one at a time. */
  fields: readonly string[];
  least: number;
  most: number;
  limits: PictureLimits;
  /** Files and links may come together; the files win. */
  both?: true;
  /** The second is a mask of the first: grey, of equal size. */
  mask?: true;
  /** All have the same ratio. */
  sameRatio?: true;
};

/** A sound or video to work on, as a link. Seconds beyond the limits fail the task, not the submit. */
export type MediaRule = {
  kind: "audio" | "video";
  seconds: readonly [least: number, most: number];
  bytes?: number;
};

/** Width and height, which count only together. */
export type SizeRule = {
  least: number;
  most: number;
  /** Least and most pixels. */
  area?: readonly [number, number];
  ratio?: number;
};

/** A request whose fields and inputs were found legal. */
export type Asked = {
  body: Body;
  pictures: Picture[];
  media: Record<string, MediaFacts>;
  /** The size asked for. */
  size: Size | undefined;
  /** The number of pictures that a marker asks for. */
  group: number | undefined;
};

/** What comes of a request. */
export type Output =
  | { kind: "images"; sizes: Size[]; format: "png" | "jpeg" }
  /** `place`: where the link is, beside `video_url`, or in its stead. */
  | { kind: "video"; size: Size; seconds: number; place?: "both" | "report" }
  | { kind: "masks"; count: number; size: Size }
  | { kind: "report"; data: Body };

/** One `req_key` (contract volcengine-visual §6), or the pattern of several. */
export type Product = {
  key: string | RegExp;
  ways: readonly Way[];
  /** The word of the charge row. */
  operation: string;
  /** What one of the charge row's amount is; by default a picture, or a second of video. */
  unit?: "call";
  /** Tasks and calls at a time; 2 by default. */
  slots?: number;
  fields: Fields;
  pictures?: PicturesRule;
  /** By field; all are needed. */
  media?: Readonly<Record<string, MediaRule>>;
  size?: SizeRule;
  /** A submit may ask for callbacks. */
  callbacks?: true;
  /** Tasks say `processing` before `generating`. */
  processing?: true;
  /** Answers carry the members of an algorithm's log. */
  logged?: true;
  /** What the fields' own rules cannot say. Throws a Refusal. */
  check?(asked: Asked): void;
  output(asked: Asked): Output;
};
