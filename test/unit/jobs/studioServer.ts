import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { png } from "./support.ts";

/** A call as the server saw it. `who` is the process that made it. */
export interface Seen {
  who: string;
  what: "generate" | "submit" | "status" | "find" | "cancel" | "result" | "resultEnd";
}

/** The picture it makes; large enough to come in two halves. */
export const picture = new Uint8Array([...png(77), ...new Uint8Array(0)]);

/**
 * A paid service over real HTTP, with the books that count: every billable call that arrives is charged. `hold` makes one kind of
 * call stand still, half done where it can be, until released.
 */
export class PaidService {
  readonly seen: Seen[] = [];
  charges = 0;
  /** Own task ids of the tasks made, in order. */
  readonly tasks: string[] = [];
  /** What a look at a task says. */
  status: "running" | "done" = "done";
  hold: Seen["what"] | undefined;
  #held: (() => void)[] = [];
  #listeners = new Set<() => void>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<PaidService> {
    const service = new PaidService();
    await new Promise<void>((resolve) => service.#server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.release();
    this.seen.length = 0;
    this.tasks.length = 0;
    this.charges = 0;
    this.status = "done";
  }

  release(): void {
    this.hold = undefined;
    for (const go of this.#held.splice(0)) go();
  }

  /** Resolves when a call of a kind has been seen `count` times. */
  saw(what: Seen["what"], count = 1): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.seen.filter((entry) => entry.what === what).length < count) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #note(request: IncomingMessage, what: Seen["what"]): Promise<void> {
    this.seen.push({ who: request.headers["user-agent"] ?? "", what });
    for (const listener of this.#listeners) listener();
    return this.hold === what ? new Promise((resolve) => this.#held.push(resolve)) : Promise.resolve();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", this.base);
    const json = (value: unknown) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    const link = `${this.base}/result`;
    request.resume();
    if (request.method === "POST") {
      const isTask = url.pathname === "/submit";
      this.charges++;
      const task = url.searchParams.get("own") ?? "";
      if (isTask) this.tasks.push(task);
      await this.#note(request, isTask ? "submit" : "generate");
      return void json(isTask ? { task } : { link });
    }
    if (url.pathname === "/find") {
      await this.#note(request, "find");
      return void json({ tasks: this.tasks });
    }
    if (url.pathname === "/cancel") {
      await this.#note(request, "cancel");
      return void json({});
    }
    if (url.pathname === "/status") {
      const { status } = this;
      await this.#note(request, "status");
      return void json(status === "done" ? { status, link } : { status });
    }
    await this.#result(request, response);
  }

  async #result(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-type": "image/png",
      "content-length": picture.length - from,
      etag: '"1"',
      ...(from > 0 ? { "content-range": `bytes ${from}-${picture.length - 1}/${picture.length}` } : {}),
    });
    const half = Math.max(from, picture.length >> 1);
    response.write(picture.subarray(from, half));
    await this.#note(request, "result");
    response.end(picture.subarray(half), () => void this.#note(request, "resultEnd"));
  }
}
