import type { ReviewProtocol } from "../../../studio/protocol.ts";
import type { StudioProtocol } from "../../../studio/studioProtocol.ts";
import type { Wire } from "../../shared/ipc.ts";

type View = ReviewProtocol["notifications"]["view"];

/** The wire of one job's sheet, spoken over the Studio's own. */
export class JobWire implements Wire<ReviewProtocol> {
  /** What a sheet would keep, the Studio keeps itself. */
  state: object | undefined;
  readonly #wire: Wire<StudioProtocol>;
  readonly #jobId: string;
  readonly #close: () => void;
  #show: ((view: View) => void) | undefined;

  constructor(wire: Wire<StudioProtocol>, jobId: string, assetId: string | undefined, close: () => void) {
    this.#wire = wire;
    this.#jobId = jobId;
    this.#close = close;
    this.state = { jobId, ...(assetId !== undefined && { assetId }) };
  }

  /** A job's view came from the host. */
  receive(view: View): void {
    if (view.jobId === this.#jobId) this.#show?.(view);
  }

  command<M extends keyof ReviewProtocol["commands"] & string>(
    method: M,
    params: ReviewProtocol["commands"][M],
  ): void {
    const jobId = this.#jobId;
    const { assetId } = (this.state ?? {}) as { assetId?: string };
    const does: { [K in keyof ReviewProtocol["commands"]]: (params: never) => void } = {
      ready: () => this.#wire.command("reviewOpen", { jobId, ...(assetId !== undefined && { assetId }) }),
      draft: (draft: ReviewProtocol["commands"]["draft"]) =>
        this.#wire.command("reviewDraft", { jobId, draft }),
      copy: (text: ReviewProtocol["commands"]["copy"]) => this.#wire.command("copy", text),
      close: () => this.#close(),
    };
    does[method](params as never);
  }

  request<M extends keyof ReviewProtocol["requests"] & string>(
    method: M,
    params: ReviewProtocol["requests"][M]["params"],
  ): Promise<ReviewProtocol["requests"][M]["result"]> {
    const jobId = this.#jobId;
    type Requests = ReviewProtocol["requests"];
    const asks: { [K in keyof Requests]: (params: Requests[K]["params"]) => Promise<Requests[K]["result"]> } =
      {
        preview: (draft) => this.#wire.request("reviewPreview", { jobId, draft }),
        act: (act) => this.#wire.request("reviewAct", { jobId, ...act }),
      };
    return (asks[method] as (params: Requests[M]["params"]) => Promise<Requests[M]["result"]>)(params);
  }

  on<M extends keyof ReviewProtocol["notifications"] & string>(
    _method: M,
    listener: (params: ReviewProtocol["notifications"][M]) => void,
  ): void {
    this.#show = listener;
  }
}
