import {
  type Greeting,
  greetingId,
  type Protocol,
  type RequestFailure,
  type ToHost,
  type ToWebview,
} from "../../studio/protocol.ts";

/** What VS Code gives a webview's script, once. */
interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): object | undefined;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** A request the host did not answer with a result. `message` is words for people. */
export class RequestError extends Error {
  readonly reason: RequestFailure["reason"];
  constructor(failure: RequestFailure) {
    super(failure.message);
    this.reason = failure.reason;
  }
}

/** What a part of a page speaks to its host through. */
export interface Wire<P extends Protocol> {
  /** Tells the host something; there is no answer. */
  command<M extends keyof P["commands"] & string>(method: M, params: P["commands"][M]): void;
  /** Asks the host. Rejects with a {@link RequestError}. */
  request<M extends keyof P["requests"] & string>(
    method: M,
    params: P["requests"][M]["params"],
  ): Promise<P["requests"][M]["result"]>;
  /** Hears a notification of the host; one listener a method. */
  on<M extends keyof P["notifications"] & string>(
    method: M,
    listener: (params: P["notifications"][M]) => void,
  ): void;
  /** What is kept over a reload of the webview. */
  get state(): object | undefined;
  set state(state: object);
}

/** The webview's end of the wire to the host. */
export class WebviewIpc<P extends Protocol> implements Wire<P> {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<
    number,
    { resolve: (result: never) => void; reject: (error: RequestError) => void }
  >();
  readonly #listeners = new Map<string, (params: never) => void>();
  #lastId = 0;

  constructor() {
    window.addEventListener("message", (event: MessageEvent<ToWebview>) => this.#receive(event.data));
  }

  command<M extends keyof P["commands"] & string>(method: M, params: P["commands"][M]): void {
    this.#api.postMessage({ type: "command", method, params });
  }

  request<M extends keyof P["requests"] & string>(
    method: M,
    params: P["requests"][M]["params"],
  ): Promise<P["requests"][M]["result"]> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#api.postMessage({ type: "request", id, method, params });
    });
  }

  on<M extends keyof P["notifications"] & string>(
    method: M,
    listener: (params: P["notifications"][M]) => void,
  ): void {
    this.#listeners.set(method, listener as (params: never) => void);
  }

  get state(): object | undefined {
    return this.#api.getState();
  }

  set state(state: object) {
    const { greeting } = this.#heard;
    this.#api.setState({ ...state, ...(greeting !== undefined && { greeting }) });
  }

  /** Hears what the host said with the document, once: later it is old. */
  hearGreeting(): void {
    const text = document.getElementById(greetingId)?.textContent;
    if (!text) return;
    const { id, told }: Greeting = JSON.parse(text);
    if (id === this.#heard.greeting) return;
    this.#api.setState({ ...this.#heard, greeting: id });
    for (const message of told) this.#receive(message);
  }

  /** What is kept, with the greeting that was heard last. */
  get #heard(): { greeting?: string } {
    return this.#api.getState() ?? {};
  }

  #receive(message: ToWebview): void {
    if (message.type === "notification") {
      this.#listeners.get(message.method)?.(message.params as never);
      return;
    }
    if (message.type !== "response") return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ("error" in message) waiting?.reject(new RequestError(message.error));
    else waiting?.resolve(message.result as never);
  }
}
