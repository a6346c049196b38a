import { constants, createHmac, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { z } from "zod";

/** A key ready to sign: the algorithm by its name in RFC 7518, and the key's own id. */
export interface SigningKey {
  algorithm: string;
  id?: string;
  sign(text: string): Buffer;
}

const jwkSchema = z.looseObject({
  kty: z.string(),
  alg: z.string().optional(),
  kid: z.string().optional(),
  crv: z.string().optional(),
  k: z.string().optional(),
  private_key: z.string().optional(),
});
type Jwk = z.infer<typeof jwkSchema>;

const curveAlgorithms: Readonly<Record<string, string>> = {
  "P-256": "ES256",
  "P-384": "ES384",
  "P-521": "ES512",
  prime256v1: "ES256",
  secp384r1: "ES384",
  secp521r1: "ES512",
};

/**
 * Reads a JSON Web Key, a set of them (the first counts), one with a PEM as `private_key`, or a PEM (contract §2). The key's `alg` says
 * the algorithm, else its kind. Undefined for anything that cannot sign.
 */
export function readSigningKey(text: string): SigningKey | undefined {
  try {
    return text.trimStart().startsWith("{") ? ofJwk(text) : ofKey(createPrivateKey(text.trim()), {});
  } catch {
    return undefined;
  }
}

function ofJwk(text: string): SigningKey | undefined {
  const value: unknown = JSON.parse(text);
  const set = z.object({ keys: z.array(z.unknown()).min(1) }).safeParse(value).data;
  const jwk = jwkSchema.parse(set ? set.keys[0] : value);
  if (jwk.kty === "oct") return ofSecret(jwk);
  const key = jwk.private_key
    ? createPrivateKey(jwk.private_key)
    : createPrivateKey({ key: jwk as never, format: "jwk" });
  return ofKey(key, jwk);
}

function ofSecret({ k, alg = "HS256", kid }: Jwk): SigningKey | undefined {
  const hash = /^HS(256|384|512)$/.exec(alg)?.[1];
  const secret = Buffer.from(k ?? "", "base64url");
  if (hash === undefined || secret.length === 0) return undefined;
  return named(alg, kid, (text) => createHmac(`sha${hash}`, secret).update(text).digest());
}

function ofKey(key: KeyObject, { alg = algorithmOf(key), kid }: Partial<Jwk>): SigningKey | undefined {
  if (alg === "EdDSA") return named(alg, kid, (text) => sign(null, Buffer.from(text), key));
  const [, family, hash] = /^(RS|PS|ES)(256|384|512)$/.exec(alg) ?? [];
  if (family === undefined) return undefined;
  const options = {
    key,
    // JSON Web Signatures hold r and s side by side, not in DER (RFC 7518 §3.4).
    ...(family === "ES" ? { dsaEncoding: "ieee-p1363" as const } : {}),
    ...(family === "PS"
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}),
  };
  return named(alg, kid, (text) => sign(`sha${hash}`, Buffer.from(text), options));
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  if (asymmetricKeyType === "rsa") return "RS256";
  if (asymmetricKeyType === "rsa-pss") return "PS256";
  if (asymmetricKeyType === "ec") return curveAlgorithms[asymmetricKeyDetails?.namedCurve ?? ""] ?? "";
  return asymmetricKeyType === "ed25519" || asymmetricKeyType === "ed448" ? "EdDSA" : "";
}

function named(algorithm: string, id: string | undefined, signText: SigningKey["sign"]): SigningKey {
  return { algorithm, ...(id === undefined ? {} : { id }), sign: signText };
}
