import { createTasks, type Task, type Tasks } from "../tasks.ts";
import type { Exchange, Services } from "../vendor.ts";
import { invalid, Refusal } from "./errors.ts";
import { type Body, isGiven, requiredText, type Tail, text } from "./fields.ts";
import { createIds, type Ids } from "./ids.ts";
import { createInputs, type Input, type Inputs, type VideoLimits } from "./inputs.ts";
import { firstElements, firstVoices, type Library } from "./library.ts";
import { createMaker, type Made, type Maker } from "./made.ts";
import type { Markers } from "./markers.ts";
import type { Plan, Product } from "./plan.ts";

/** A task of the account and what comes of it. */
export type Job = {
  product: Pick<Product, "path" | "pack" | "ownIdOnly">;
  plan: Plan;
  tail: Tail;
  /** Why it ends as failed. */
  failure: string | undefined;
  made: Made[];
};

export type JobTask = Task<Job>;

/** A video looked at for faces or for things in it (contract kling §4.4); good for a simulated day. */
export type Session = {
  openedAt: number;
  seconds: number;
  faces: string[];
  /** How many points are marked in which frame. */
  marked: Map<number, number>;
  parent: Plan["parent"];
};

/** A video to work on: one of the account's by id, or a link. */
export type Source = { seconds: number; url: string; input?: Input; parent?: Plan["parent"] };

/** All that the vendor keeps for its one account. */
export type Account = {
  tasks: Tasks<Job>;
  ids: Ids;
  inputs: Inputs;
  maker: Maker;
  library: Library;
  sessions: Map<string, Session>;
  /** Simulated milliseconds since the epoch. */
  now(): number;
  /** Takes a legal request in as a task: own id, limits, charge. Throws a Refusal. */
  accept(asked: Asked, exchange: Exchange): JobTask;
  /** A finished video of the account by its id. */
  video(id: string): { task: JobTask; video: Extract<Made, { kind: "video" }> };
  /** A finished sound of the account by its id. */
  audio(id: string): Extract<Made, { kind: "audio" }>;
  session(id: string): Session;
  /** `video_id` or `video_url`, never both. */
  source(body: Body, limits: VideoLimits): Source;
  reset(): void;
};

export type Asked = { product: Job["product"]; plan: Plan; tail: Tail; markers: Markers };

/** Parallel tasks that a resource pack allows for one model (contract kling §9). */
const PARALLEL: Partial<Record<Product["pack"], number>> = { video: 5, image: 9 };

/** Videos can be named by id for 30 days (contract kling §2). */
const LIFE_OF_IDS_MS = 30 * 24 * 3600 * 1000;
const LIFE_OF_SESSIONS_MS = 24 * 3600 * 1000;

export function createAccount(services: Services, vendor: string): Account {
  const { clock, links, taskMs } = services;
  const tasks = createTasks<Job>(clock);
  const ids = createIds();
  const inputs = createInputs(links);
  const sessions = new Map<string, Session>();
  const maker = createMaker(services, vendor, ids, inputs);
  const library: Library = { elements: [], voices: [] };
  const stock = () => {
    library.elements = firstElements(maker.picture("element"));
    library.voices = firstVoices(maker.speech(5).url);
  };
  stock();

  const busy = ({ plan, product }: Asked) =>
    tasks
      .newestFirst()
      .filter((task) => tasks.phase(task) !== "ended")
      .filter(({ value }) => value.product.pack === product.pack && value.plan.model === plan.model)
      .reduce((sum, { value }) => sum + value.plan.slots, 0);

  /** What is finished and can still be named by id. */
  const finished = () =>
    tasks
      .newestFirst()
      .filter((task) => tasks.phase(task) === "ended" && clock.now() < task.endsAt + LIFE_OF_IDS_MS)
      .flatMap((task) => task.value.made.map((made) => ({ task, made })));
  const video: Account["video"] = (id) => {
    for (const { task, made } of finished())
      if (made.kind === "video" && made.id === id) return { task, video: made };
    throw invalid(`Video not found by id: ${id}`);
  };

  return {
    tasks,
    ids,
    inputs,
    maker,
    library,
    sessions,
    now: clock.now,
    accept: (asked, exchange) => {
      const { product, plan, tail, markers } = asked;
      const { externalId } = tail;
      if (
        externalId !== undefined &&
        tasks.newestFirst().some(({ value }) => value.tail.externalId === externalId)
      )
        throw invalid(`External_task_id ${externalId} already exists`);
      if (markers.error !== undefined) throw new Refusal(markers.error);
      if (busy(asked) + plan.slots > (PARALLEL[product.pack] ?? Number.POSITIVE_INFINITY))
        throw new Refusal(1303);

      const failure = markers.failure ?? plan.inputs.find((input) => input?.problem)?.problem;
      const id = ids.next();
      const made =
        failure === undefined
          ? plan.outputs.map((output, index) => maker.make(output, index, tail.watermark))
          : [];
      const ms = markers.slowMs ?? (product.pack === "video" ? taskMs : Math.ceil(taskMs / 2));
      const task = tasks.add({ id, ms, value: { product, plan, tail, failure, made } }, exchange.fault);
      // Failed tasks are not charged (contract kling §9), and what will fail is known here.
      if (plan.price !== undefined && failure === undefined)
        exchange.charge({ id, operation: plan.operation, model: plan.model, ...plan.price });
      return task;
    },
    video,
    audio: (id) => {
      for (const { made } of finished()) if (made.kind === "audio" && made.id === id) return made;
      throw invalid(`Audio not found by id: ${id}`);
    },
    session: (id) => {
      const session = sessions.get(id);
      if (session === undefined || clock.now() >= session.openedAt + LIFE_OF_SESSIONS_MS)
        throw invalid(`Session not found by id: ${id}`);
      return session;
    },
    source: (body, limits) => {
      if (isGiven(body, "video_id") === isGiven(body, "video_url"))
        throw invalid("exactly one of video_id and video_url is required");
      const id = text(body, "video_id");
      if (id === undefined) {
        const input = inputs.video(body, "video_url", limits);
        const url = requiredText(body, "video_url");
        return { seconds: input?.facts.seconds ?? 0, url, ...(input && { input }) };
      }
      const { url, seconds } = video(id).video;
      const [least, most] = limits.seconds;
      if (seconds < least || seconds > most) throw invalid("Video duration is invalid");
      return { seconds, url, parent: { id, url, duration: String(seconds) } };
    },
    reset: () => {
      tasks.reset();
      ids.reset();
      inputs.reset();
      sessions.clear();
      stock();
    },
  };
}
