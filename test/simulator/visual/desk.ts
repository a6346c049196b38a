import { setTimeout as delay } from "node:timers/promises";
import { createRate } from "../rate.ts";
import { createTasks, type Task } from "../tasks.ts";
import type { Exchange, Services } from "../vendor.ts";
import { missing, Refusal, unreadable } from "./codes.ts";
import { type Body, given } from "./fields.ts";
import { createIds } from "./ids.ts";
import { createInputs } from "./inputs.ts";
import { createMaker } from "./made.ts";
import { type Markers, readMarkers, refuseForAccount } from "./markers.ts";
import { checkCallback, readOptions, readReqJson } from "./options.ts";
import { type Plan, planOf, reqKeyOf } from "./plan.ts";
import type { Product, Way } from "./product.ts";
import { productOf, unsupported } from "./products/find.ts";

/** A call that was let in. */
export type Call = { body: Body; exchange: Exchange; requestId: string };

/** `data` of the answer, how long it says it took, and the markers that change the envelope. */
export type Reply = { data: Body; elapsed: string; odd: ReadonlySet<string> };

type Job = {
  way: Way;
  reqKey: string;
  product: Product;
  plan: Plan;
  markers: Markers;
  cancelled: boolean;
  charged: boolean;
  charge: Exchange["charge"];
};

type JobTask = Task<Job>;

/** What the vendor does for a call that was let in. Each throws a Refusal. */
export type Desk = {
  /** `CVProcess` and the older actions: the result comes with the answer. */
  process(way: Way, call: Call): Promise<Reply>;
  submit(way: Way, call: Call): Reply;
  query(way: Way, call: Call): Reply;
  cancel(call: Call): Reply;
  /** Charges the tasks that have succeeded since. */
  settle(): void;
  reset(): void;
};

/** Task records last 12 h (contract volcengine-visual §8). */
const RECORD_MS = 12 * 3_600_000;
/** Slots of a product, unless told; calls a second for one `req_key`: the vendor publishes none. */
const SLOTS = 2;
const CALLS_A_SECOND = 10;
const QUERIES_A_SECOND = 20;

export function createDesk(services: Services, vendor: string): Desk {
  const { clock, imageMs, taskMs } = services;
  const tasks = createTasks<Job>(clock);
  const ids = createIds();
  const inputs = createInputs(services.links, clock);
  const make = createMaker(services, vendor, inputs);
  const calls = createRate(CALLS_A_SECOND, 1000);
  const queries = createRate(QUERIES_A_SECOND, 1000);
  /** Calls in work by `req_key`. */
  const busy = new Map<string, number>();

  const open = ({ body }: Call, rate: typeof calls) => {
    const reqKey = reqKeyOf(body);
    const product = productOf(reqKey);
    const markers = readMarkers(body);
    refuseForAccount(markers);
    if (!rate.take(reqKey, clock.now())) throw new Refusal(50429);
    return { reqKey, product, markers };
  };
  const begin = (way: Way, call: Call) => {
    const opened = open(call, calls);
    if (!opened.product.ways.includes(way)) throw unsupported(opened.reqKey);
    const plan = planOf(opened.product, call.body, inputs, opened.markers);
    return { ...opened, plan };
  };
  const isRunning = (task: JobTask) => tasks.phase(task) !== "ended" && !task.value.cancelled;
  const refuseFull = (reqKey: string, { slots = SLOTS }: Product) => {
    const running = tasks.newestFirst().filter((task) => isRunning(task) && task.value.reqKey === reqKey);
    if (running.length + (busy.get(reqKey) ?? 0) >= slots) throw new Refusal(50430);
  };
  const onRecord = ({ createdAt, value }: JobTask) => clock.now() < createdAt + RECORD_MS && !value.cancelled;

  return {
    process: async (way, call) => {
      const { reqKey, product, markers, plan } = begin(way, call);
      const options = readOptions(call.body, plan.output.kind === "video");
      if (plan.failure !== undefined) throw new Refusal(plan.failure);
      refuseFull(reqKey, product);
      const { amount, unit } = plan;
      call.exchange.charge({
        id: call.requestId,
        operation: product.operation,
        model: reqKey,
        amount,
        unit,
      });
      busy.set(reqKey, (busy.get(reqKey) ?? 0) + 1);
      try {
        await delay(markers.slowMs ?? imageMs, undefined, { signal: call.exchange.signal });
      } finally {
        busy.set(reqKey, (busy.get(reqKey) ?? 1) - 1);
      }
      const made = make({ output: plan.output, id: ids.next(19), options, odd: markers.odd, noFiles: [] });
      const log = product.logged ? algorithmLog(reqKey, call.requestId) : {};
      return { data: { ...log, ...made }, elapsed: "3.964553804s", odd: markers.odd };
    },
    submit: (way, call) => {
      const { reqKey, product, markers, plan } = begin(way, call);
      checkCallback(call.body, product.callbacks === true);
      refuseFull(reqKey, product);
      const { exchange } = call;
      const id = ids.next(way === "task" ? 20 : 19);
      const isVideo = plan.output.kind === "video";
      const ms = markers.slowMs ?? (isVideo ? taskMs : Math.ceil(taskMs / 2));
      const job = { way, reqKey, product, plan, markers, cancelled: false, charged: false };
      tasks.add({ id, ms, value: { ...job, charge: exchange.charge } }, exchange.fault);
      return { data: { task_id: id }, elapsed: "104.852309ms", odd: markers.odd };
    },
    query: (way, call) => {
      const { reqKey } = open(call, queries);
      const id = taskIdOf(call.body);
      const task = tasks.find(
        (each) => each.id === id && each.value.way === way && each.value.reqKey === reqKey && onRecord(each),
        call.exchange.fault,
      );
      const options = readReqJson(call.body, task?.value.plan.output.kind === "video");
      if (task === undefined) {
        refuseRounded(id, tasks.newestFirst());
        return { data: waiting("not_found"), elapsed: "28.911171ms", odd: new Set() };
      }
      const { markers, plan } = task.value;
      const reply = { elapsed: "508.312154ms", odd: markers.odd };
      const phase = tasks.phase(task);
      if (phase !== "ended") return { ...reply, data: waiting(wordOf(task, phase, clock.now())) };
      if (markers.status !== undefined) return { ...reply, data: waiting(markers.status) };
      if (plan.failure !== undefined) throw new Refusal(plan.failure);
      const made = make({ output: plan.output, id, options, odd: markers.odd, noFiles: null });
      return { ...reply, data: { ...made, status: "done" } };
    },
    cancel: ({ body }) => {
      reqKeyOf(body);
      const id = taskIdOf(body);
      const task = tasks.newestFirst().find((each) => each.id === id && each.value.reqKey === body.req_key);
      if (task === undefined || !isRunning(task)) throw new Refusal(50215);
      task.value.cancelled = true;
      return { data: {}, elapsed: "28.911171ms", odd: new Set() };
    },
    settle: () => {
      const due = tasks
        .newestFirst()
        .filter((task) => tasks.phase(task) === "ended" && isBillable(task.value))
        .sort((one, other) => one.endsAt - other.endsAt);
      for (const { id, endsAt, value } of due) {
        const { product, plan, reqKey } = value;
        const { amount, unit } = plan;
        value.charged = true;
        value.charge({ at: endsAt, id, operation: product.operation, model: reqKey, amount, unit });
      }
    },
    reset: () => {
      tasks.reset();
      ids.reset();
      inputs.reset();
      calls.reset();
      queries.reset();
    },
  };
}

/** Only successes are billed (contract volcengine-visual §8). */
function isBillable({ cancelled, charged, markers, plan }: Job): boolean {
  return !cancelled && !charged && markers.status === undefined && plan.failure === undefined;
}

function taskIdOf(body: Body): string {
  const id = given(body, "task_id");
  if (id === undefined) throw missing("task_id");
  // A number has lost its last digits on the way (§4).
  if (typeof id === "number" || typeof id === "bigint") throw new Refusal(50215);
  if (typeof id !== "string") throw unreadable("task_id must be a string");
  return id;
}

/** An id that went through a number is told from one that nobody has (§4). */
function refuseRounded(id: string, tasks: JobTask[]): void {
  if (/^\d{16,}$/.test(id) && tasks.some((task) => task.id !== id && Number(task.id) === Number(id)))
    throw new Refusal(50215);
}

function waiting(status: string): Body {
  return { binary_data_base64: null, image_urls: null, status };
}

function wordOf({ startsAt, endsAt, oddStatus, value }: JobTask, phase: string, now: number): string {
  if (phase === "queued") return "in_queue";
  const early = now < startsAt + (endsAt - startsAt) / 4;
  return oddStatus ?? (value.product.processing && early ? "processing" : "generating");
}

/** Members that say how a picture came about; clients need none of them. */
function algorithmLog(reqKey: string, requestId: string): Body {
  const results = ["llm_result", "pe_result", "predict_tags_result", "rephraser_result", "vlm_result"];
  return {
    algorithm_base_resp: { status_code: 0, status_message: "Success" },
    infer_ctx: {
      algorithm_key: reqKey,
      app_key: "",
      created_at: "0001-01-01T00:00:00Z",
      generate_id: "",
      log_id: "",
      params: {},
      request_id: "",
      session_id: "",
      time_stamp: "",
    },
    ...Object.fromEntries(results.map((name) => [name, ""])),
    request_id: requestId,
  };
}
