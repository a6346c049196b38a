import type { Exchange } from "../vendor.ts";

/**
 * Where a request knocks: at the gateway, perhaps below a base path, or directly at the models' own host: by
 * that host's paths, its name in `Host`, or the simulator's stand-in prefix (contract alibaba-ai-gateway §1).
 */
const GATEWAY_BASE = "/team-a";
export const DIRECT_BASE = "/dashscope";
const DIRECT_HOST = /\.aliyuncs\.com(:\d+)?$/;
const DIRECT_PATH = new RegExp(`^(?:${DIRECT_BASE}(?:/|$)|/compatible-)`);

export function isDirect({ path, headers }: Pick<Exchange, "path" | "headers">): boolean {
  return DIRECT_PATH.test(path) || DIRECT_HOST.test(String(headers.host ?? ""));
}

/** A native path, at the gateway or directly. `rest` is a pattern. */
export function native(rest: string): RegExp {
  return new RegExp(`^(?:${GATEWAY_BASE}|${DIRECT_BASE})?/api/v1/${rest}$`);
}

/** An OpenAI-compatible path below `/v1`; directly it hangs below another prefix, or is not there. */
export function compatible(rest: string, direct: "compatible-mode" | "compatible-api" | undefined): RegExp {
  const prefix = direct === undefined ? "" : `|(?:${DIRECT_BASE})?/${direct}`;
  return new RegExp(`^(?:${GATEWAY_BASE}${prefix})?/v1/${rest}$`);
}
