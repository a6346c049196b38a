import type { Size } from "../media/scene.ts";
import type { Account } from "./account.ts";
import type { Body } from "./fields.ts";
import type { Input } from "./inputs.ts";
import type { Element, Voice } from "./library.ts";
import type { Price } from "./prices.ts";

/** What a task is to make. */
export type Output =
  | {
      kind: "video";
      size: Size;
      seconds: number;
      fps?: number;
      sound: boolean;
      untimed?: boolean;
      sessionId?: string;
    }
  | { kind: "image"; size: Size; series?: boolean }
  | { kind: "shots"; size: Size }
  | { kind: "audio"; seconds: number }
  | { kind: "element"; element: Element }
  | { kind: "voice"; voice: Voice };

/** The resource pack whose parallel tasks a product counts against; also `product_type` of `POST /tasks`. */
export type Pack = "video" | "image" | "audio" | "element" | "voice";

/** A request that was found legal. */
export type Plan = {
  model: string;
  /** The word of the charge row. */
  operation: string;
  /** Nothing where the vendor charges nothing. */
  price: Price | undefined;
  /** Places it takes among parallel tasks. */
  slots: number;
  outputs: Output[];
  /** Inputs, whose problems fail the task. */
  inputs: (Input | undefined)[];
  /** `task_info.parent_video`. */
  parent?: { id: string; url: string; duration: string };
};

/** A product with tasks: create, query and list on one path (contract kling §2). */
export type Product = {
  path: string;
  pack: Pack;
  /** The query does not find the caller's own id. */
  ownIdOnly?: boolean;
  /** The answer of a create has no `task_info`. */
  bareCreate?: boolean;
  mostPageSize?: number;
  check(body: Body, account: Account): Plan;
};
