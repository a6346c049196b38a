import { deadline } from "./deadline.ts";
import { netError } from "./faults.ts";
import { Gate } from "./gate.ts";
import { type AttemptContext, attempt } from "./http.ts";
import { retryRules, type VendorLimits } from "./limits.ts";
import { isRetryableFault, isRetryableStatus, RetryBudget, retryAfterMs, retryDelayMs } from "./retry.ts";
import {
  type BillableHttp,
  type FreeHttp,
  type HttpBodyRequest,
  type HttpResponse,
  NetError,
} from "./types.ts";

/** What the calls of one key need besides what one attempt does. */
export interface ScopeContext extends AttemptContext {
  random(): number;
}

/** The calls of one key at one vendor: they share limits and a retry budget. */
export function createScope(
  limits: VendorLimits,
  context: ScopeContext,
): { free: FreeHttp; billable: BillableHttp } {
  const freeGate = new Gate(context.clock, limits.free);
  const spendGate = new Gate(context.clock, limits.spend);
  const budget = new RetryBudget(context.clock);

  async function read(request: HttpBodyRequest, method: "GET" | "POST"): Promise<HttpResponse> {
    const whole = deadline(context.clock, request.deadlineMs, request.signal);
    const until = context.clock.now() + (request.deadlineMs ?? Number.POSITIVE_INFINITY);
    try {
      for (let tries = 1; ; tries++) {
        const outcome = await tryOnce(request, whole.signal, method);
        if (!isRetryable(outcome) || tries >= retryRules.attempts) return settled(outcome);
        const asked = outcome instanceof NetError ? undefined : outcome.headers["retry-after"];
        const wait = retryDelayMs(tries, retryAfterMs(asked, context.clock.now()), context.random);
        if (context.clock.now() + wait >= until || !budget.take()) return settled(outcome);
        if (!(outcome instanceof NetError)) await outcome.discard();
        await context.clock.sleep(wait, whole.signal);
      }
    } catch (error) {
      // A wait that was cut short rejects with the signal's reason.
      throw whole.signal.aborted ? netError(error, true, whole.signal) : error;
    } finally {
      whole.release();
    }
  }

  async function withdraw(request: HttpBodyRequest): Promise<HttpResponse> {
    const whole = deadline(context.clock, request.deadlineMs, request.signal);
    try {
      return settled(await tryOnce(request, whole.signal, request.method ?? "DELETE"));
    } catch (error) {
      throw whole.signal.aborted ? netError(error, true, whole.signal) : error;
    } finally {
      whole.release();
    }
  }

  async function tryOnce(
    request: HttpBodyRequest,
    headersSignal: AbortSignal,
    method: string,
  ): Promise<HttpResponse | NetError> {
    const leave = await freeGate.enter(headersSignal);
    try {
      return await attempt(
        request,
        {
          route: "api",
          method,
          headersMs: retryRules.attemptMs,
          idleMs: request.idleMs ?? retryRules.idleMs,
          signal: request.signal,
          headersSignal,
        },
        context,
      );
    } catch (error) {
      if (!(error instanceof NetError)) throw error;
      return error;
    } finally {
      leave();
    }
  }

  async function send(request: HttpBodyRequest): Promise<HttpResponse> {
    const whole = deadline(context.clock, request.deadlineMs, request.signal);
    const leave = await spendGate.enter(whole.signal).catch((error: unknown) => {
      whole.release();
      throw netError(error, false, whole.signal);
    });
    try {
      return await attempt(
        request,
        {
          route: "spend",
          method: request.method ?? "POST",
          ...(request.idleMs === undefined ? {} : { idleMs: request.idleMs }),
          signal: request.signal,
          headersSignal: whole.signal,
        },
        context,
      );
    } finally {
      whole.release();
      leave();
    }
  }

  return {
    free: {
      get: (request) => withText(() => read(request, "GET"), request.signal),
      ask: (request) => withText(() => read(request, "POST"), request.signal),
      withdraw,
    },
    billable: { send },
  };
}

/** An answer whose text breaks off on the way is asked for once more: reads cost nothing. */
async function withText(read: () => Promise<HttpResponse>, signal?: AbortSignal): Promise<HttpResponse> {
  const first = await read();
  return {
    ...first,
    async text(maxBytes) {
      try {
        return await first.text(maxBytes);
      } catch (error) {
        if (!(error instanceof NetError) || !isRetryableFault(error.fault) || signal?.aborted) throw error;
        const second = await read();
        if (second.status === first.status) return second.text(maxBytes);
        await second.discard();
        throw error;
      }
    },
  };
}

function isRetryable(outcome: HttpResponse | NetError): boolean {
  return outcome instanceof NetError ? isRetryableFault(outcome.fault) : isRetryableStatus(outcome.status);
}

function settled(outcome: HttpResponse | NetError): HttpResponse {
  if (outcome instanceof NetError) throw outcome;
  return outcome;
}
