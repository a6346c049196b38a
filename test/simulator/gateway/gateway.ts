import { randomUUID } from "node:crypto";
import { type Answer, bytes } from "../answer.ts";
import type { FaultKind } from "../faults.ts";
import type { Exchange, Route, Services, Vendor } from "../vendor.ts";
import { consumerRefusal } from "./auth.ts";
import { createChat } from "./chat.ts";
import { nativeCode } from "./codes.ts";
import { embeddings, nativeEmbeddings } from "./embeddings.ts";
import { errorAnswer, gatewayAnswer, gatewayStatus, Refusal } from "./errors.ts";
import { type Kinds, multimodalGeneration, textGeneration } from "./generation.ts";
import { createGuard, type Handle } from "./guard.ts";
import { ASYNC_FAMILIES, createImages } from "./images.ts";
import { createInputs } from "./inputs.ts";
import { createJobs } from "./jobs.ts";
import { ALGORITHMS } from "./jwt.ts";
import { API_KEY, FORBIDDEN_KEY, JWT_CONSUMER, JWT_SECRET, keyPair, PROVIDER_KEY, SIGNERS } from "./keys.ts";
import { createMaker } from "./made.ts";
import { compatible, DIRECT_BASE, isDirect, native } from "./place.ts";
import { nativeRerank, rerank, reranks } from "./rerank.ts";
import { createSpeech } from "./speech.ts";
import { createTaskRoutes } from "./taskRoutes.ts";
import { createTokens } from "./tokens.ts";
import { createTranscribe } from "./transcribe.ts";
import { createUploads } from "./uploads.ts";
import { createVideo } from "./video.ts";

const ID = "gateway";
/** A gateway reads bodies up to this many bytes (contract alibaba-ai-gateway §4). */
const MOST_BYTES = 100 * 2 ** 20;
const TASKS: readonly FaultKind[] = ["neverEnds"];

/** The code for a status that a fault asks for. */
const STATUS_CODES: Record<number, string> = {
  400: "InvalidParameter",
  401: "InvalidApiKey",
  403: "AccessDenied",
  404: "ModelNotFound",
  408: "RequestTimeOut",
  413: "BadRequest.TooLarge",
  415: "UnsupportedFileFormat",
  429: "Throttling.RateQuota",
  500: "InternalError",
  503: "ModelUnavailable",
};

/** Alibaba AI Gateway and the DashScope models behind it (contract alibaba-ai-gateway). */
export function createGateway(services: Services): Vendor {
  const tokens = createTokens();
  const uploads = createUploads(services);
  const files = createInputs(services.links, uploads);
  const maker = createMaker(services, ID, files);
  const jobs = createJobs(services.clock);
  const tasks = createTaskRoutes(jobs);
  const images = createImages(services, maker, files, jobs);
  const speech = createSpeech(maker);
  const transcribe = createTranscribe(services, maker, files, jobs);
  const kinds: Kinds = { images, speech, transcribe, files };
  const { chat, completion } = createChat(files);
  const guard = createGuard(tokens);

  const shared = (rest: string, handle: Handle, direct?: "compatible-mode" | "compatible-api"): Route => ({
    method: "POST",
    path: compatible(rest, direct),
    handle: guard("compat", handle),
  });
  const own = (method: string, rest: string, handle: Handle, plays: readonly FaultKind[] = []): Route => ({
    method,
    path: native(rest),
    plays,
    handle: guard("native", handle),
  });
  const service = (rest: string, handle: Handle, plays: readonly FaultKind[] = []) =>
    own("POST", `services/${rest}`, handle, plays);

  const routes: Route[] = [
    shared("chat/completions", chat, "compatible-mode"),
    shared("completions", completion, "compatible-mode"),
    shared("embeddings", embeddings, "compatible-mode"),
    shared("reranks", reranks, "compatible-api"),
    shared("rerank", rerank),
    shared("audio/speech", speech.openai),
    shared("audio/transcriptions", transcribe.openai),
    // Known by name, and mapped for none of the models behind (contract §3.6).
    shared("images/generations", () => gatewayAnswer("unsupported")),
    service("embeddings/text-embedding/text-embedding", nativeEmbeddings),
    service("rerank/text-rerank/text-rerank", nativeRerank),
    service("aigc/multimodal-generation/generation", multimodalGeneration(kinds)),
    service("aigc/text-generation/generation", textGeneration(kinds)),
    service("audio/tts/SpeechSynthesizer", speech.synthesizer),
    service("audio/asr/transcription", transcribe.submit, TASKS),
    ...Object.keys(ASYNC_FAMILIES).map((rest) => service(rest, images.submit, TASKS)),
    service(
      "aigc/(?:video-generation|image2video)/video-synthesis",
      createVideo(services, maker, files, jobs),
      TASKS,
    ),
    own("GET", "tasks/?", tasks.list),
    own("GET", "tasks/[^/]+", tasks.query, TASKS),
    own("POST", "tasks/[^/]+/cancel", tasks.cancel),
    own("GET", "uploads", uploads.policy),
    own("POST", "tokens", tokens.create),
    { method: "POST", path: "/", handle: uploads.store },
  ];
  return {
    id: ID,
    basePath: "",
    maxBodyBytes: MOST_BYTES,
    routes,
    ready,
    notFound: (exchange) => nowhere(exchange),
    refuseBody: () => gatewayAnswer("too-large"),
    statusFault,
    settle: jobs.settle,
    reset: () => {
      for (const part of [tokens, uploads, files, jobs, tasks, images]) part.reset();
    },
  };
}

function ready(origin: string) {
  const [[accessKey, { secret }] = ["", { secret: "" }]] = Object.entries(SIGNERS);
  const algorithms = Object.entries(ALGORITHMS).flatMap(([name, { pair }]) =>
    pair === undefined ? [] : [[name, pair]],
  );
  const privateKeys = algorithms.map(([name = "", pair = ""]) => [
    name,
    keyPair(pair)?.privateKey.export({ type: "pkcs8", format: "pem" }),
  ]);
  return {
    baseUrl: `${origin}/v1`,
    nativeUrl: origin,
    apiKey: API_KEY,
    forbiddenKey: FORBIDDEN_KEY,
    jwt: {
      consumer: JWT_CONSUMER,
      jwk: { kty: "oct", k: JWT_SECRET.toString("base64url") },
      privateKeys: Object.fromEntries(privateKeys),
    },
    hmac: { accessKey, secretKey: secret, datedAccessKey: "datedKey" },
    direct: {
      baseUrl: `${origin}${DIRECT_BASE}/compatible-mode/v1`,
      nativeUrl: origin + DIRECT_BASE,
      apiKey: PROVIDER_KEY,
    },
  };
}

/** No route matches: nothing is said (contract §4.1). */
function nowhere(exchange: Exchange): Answer {
  const refusal = isDirect(exchange) ? undefined : consumerRefusal(exchange);
  return refusal ?? bytes(404, "", "", { server: "istio-envoy" });
}

/** `params.code` names the error, `params.dialect` who says it: gateway, compat or native. */
function statusFault(status: number, { path, fault }: Exchange): Answer {
  const { dialect = /\/api\/v1\//.test(path) ? "native" : "compat", code } = fault?.params ?? {};
  if (dialect === "gateway") return typeof code === "string" ? gatewayAnswer(code) : gatewayStatus(status);
  const known = nativeCode(String(code ?? STATUS_CODES[status])) ?? "InternalError";
  const requestId = randomUUID();
  const refusal = new Refusal(known, undefined, status);
  const answer = errorAnswer(refusal, dialect === "native" ? "native" : "compat", requestId);
  return { ...answer, headers: { server: "istio-envoy", "x-request-id": requestId } };
}
