import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** Who may call the gateway, and how each shows it (contract alibaba-ai-gateway §2). */
export const API_KEY = "sim-gateway-api-key-0001";
/** Known, and not allowed on any route. */
export const FORBIDDEN_KEY = "sim-gateway-api-key-0002";

/** The key that the gateway holds for the models behind it; also the one for calling them directly. */
export const PROVIDER_KEY = "sk-sim-dashscope-api-key-0001";

/** Request signers by access key: those of the contract's examples. `dateOffset` (seconds) checks the date. */
export const SIGNERS: Record<string, { secret: string; allowed: boolean; dateOffset?: number }> = {
  appKey: { secret: "appSecret", allowed: true },
  datedKey: { secret: "appSecret", allowed: true, dateOffset: 300 },
  outsiderKey: { secret: "appSecret", allowed: false },
};

export const JWT_CONSUMER = "easel";
/** 64 bytes, enough for HS512. */
export const JWT_SECRET = Buffer.from("simulator-gateway-jwt-secret-of-sixty-four-bytes-for-every-hs-alg");

type Pair = { publicKey: KeyObject; privateKey: KeyObject };

const MAKE: Record<string, () => Pair> = {
  rsa: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "P-256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "P-384": () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  "P-521": () => generateKeyPairSync("ec", { namedCurve: "P-521" }),
  ed25519: () => generateKeyPairSync("ed25519"),
};
const pairs = new Map<string, Pair>();

/** A key pair of the JWT consumer by kind, the same for the life of the process. */
export function keyPair(kind: string): Pair | undefined {
  const pair = pairs.get(kind) ?? MAKE[kind]?.();
  if (pair !== undefined) pairs.set(kind, pair);
  return pair;
}
