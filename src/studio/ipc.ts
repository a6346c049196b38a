import { z } from "zod";
import type { Protocol, RequestFailure, ToHost, ToWebview } from "./protocol.ts";

/** The check for the parameters of every message a webview may send. */
export interface MessageSchemas<P extends Protocol> {
  commands: { [M in keyof P["commands"]]: z.ZodType<P["commands"][M]> };
  requests: { [M in keyof P["requests"]]: z.ZodType<P["requests"][M]["params"]> };
}

/** What the host does with each message. A request's handler may throw a {@link RequestError}. */
export interface MessageHandlers<P extends Protocol> {
  commands: { [M in keyof P["commands"]]: (params: P["commands"][M]) => unknown };
  requests: {
    [M in keyof P["requests"]]: (params: P["requests"][M]["params"]) => Promise<P["requests"][M]["result"]>;
  };
}

/** Thrown by a request's handler to answer with a reason. `message` is shown: words for people. */
export class RequestError extends Error {
  readonly reason: RequestFailure["reason"];
  constructor(reason: RequestFailure["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The part of `vscode.Webview` that messages go through. */
export interface MessagePort {
  postMessage(message: ToWebview): PromiseLike<boolean>;
  onDidReceiveMessage(listener: (message: unknown) => void): { dispose(): void };
}

const envelope = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("command"), method: z.string(), params: z.unknown() }),
  z.strictObject({ type: z.literal("request"), id: z.int().min(0), method: z.string(), params: z.unknown() }),
]);

/** A message that passed the check; or the id of a request that did not, so that it can be answered; or nothing to answer. */
export type CheckedMessage = { ok: true; message: ToHost } | { ok: false; id?: number };

/** Checks a raw message from a webview against the schemas: envelope, method and parameters. Never throws. */
export function checkMessage<P extends Protocol>(schemas: MessageSchemas<P>, raw: unknown): CheckedMessage {
  const outer = envelope.safeParse(raw);
  if (!outer.success) return { ok: false };
  const message = outer.data;
  const known = message.type === "command" ? schemas.commands : schemas.requests;
  const rejected: CheckedMessage = message.type === "request" ? { ok: false, id: message.id } : { ok: false };
  if (!Object.hasOwn(known, message.method)) return rejected;
  const params = known[message.method as keyof typeof known].safeParse(message.params);
  return params.success ? { ok: true, message: { ...message, params: params.data } } : rejected;
}

/** What to do with a message that failed the check, and with a fault in a handler; gives the words the webview shows. */
export interface IpcFaults {
  rejected(): string;
  failed(error: unknown): string;
}

/** The host's end of the wire to one webview. Every message is checked before a handler sees it. */
export class HostIpc<P extends Protocol> {
  readonly #port: MessagePort;
  readonly #schemas: MessageSchemas<P>;
  readonly #handlers: MessageHandlers<P>;
  readonly #faults: IpcFaults;
  readonly #subscription: { dispose(): void };

  constructor(
    port: MessagePort,
    schemas: MessageSchemas<P>,
    handlers: MessageHandlers<P>,
    faults: IpcFaults,
  ) {
    this.#port = port;
    this.#schemas = schemas;
    this.#handlers = handlers;
    this.#faults = faults;
    this.#subscription = port.onDidReceiveMessage((raw) => void this.#receive(raw));
  }

  /** Tells the webview something. Lost if the webview is hidden: it asks again with `ready` when it is shown. */
  notify<M extends keyof P["notifications"] & string>(method: M, params: P["notifications"][M]): void {
    void this.#port.postMessage({ type: "notification", method, params });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #receive(raw: unknown): Promise<void> {
    const checked = checkMessage(this.#schemas, raw);
    if (!checked.ok) {
      const message = this.#faults.rejected();
      if (checked.id !== undefined) this.#fail(checked.id, { reason: "invalid", message });
      return;
    }
    const { message } = checked;
    try {
      if (message.type === "command") {
        await this.#handlers.commands[message.method]?.(message.params as never);
      } else {
        const result = await this.#handlers.requests[message.method]?.(message.params as never);
        void this.#port.postMessage({ type: "response", id: message.id, result });
      }
    } catch (error) {
      const failure: RequestFailure =
        error instanceof RequestError
          ? { reason: error.reason, message: error.message }
          : { reason: "failed", message: this.#faults.failed(error) };
      if (message.type === "request") this.#fail(message.id, failure);
    }
  }

  #fail(id: number, error: RequestFailure): void {
    void this.#port.postMessage({ type: "response", id, error });
  }
}
