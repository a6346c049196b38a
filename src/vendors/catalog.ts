import type { VendorId } from "../model/vendors.ts";
import type { Vendor } from "./contract.ts";

/** One secret a vendor needs, as it is stored and asked for. */
export interface CredentialField {
  key: string;
  /** Key of its words in `text/credentials.ts`. */
  text: string;
  /** Asked for, and may be left empty. */
  optional?: true;
  /** May hold spaces and line ends, as a key in JSON or PEM does. */
  spaces?: true;
  /** No secret by itself: shown while it is typed. */
  plain?: true;
}

/** What is known of a vendor without loading it: light enough for the entry chunk. */
export interface VendorEntry {
  id: VendorId;
  /** Proper noun; not translated. */
  name: string;
  credentials: readonly CredentialField[];
  /** Other sets of secrets that do in place of `credentials`; the user chooses which to enter. */
  alternatives?: readonly (readonly CredentialField[])[];
  /** Sets by the value of one of the vendor's settings, which says which one is asked for and used; `credentials` is its default's. */
  kinds?: { setting: string; sets: Readonly<Record<string, readonly CredentialField[]>> };
  /**
   * Address used when the user's setting is empty. Empty for a vendor that calls none, whose users each have their own (it is then
   * asked for), or whose address is a secret.
   */
  defaultBaseUrl: string;
  /** The secret that is the vendor's address, whole: it may carry rights itself. Jobs then have an empty base URL. */
  addressSecret?: string;
  /** Settings, by the last part of their id, that are addresses which the key goes to as well. */
  addressSettings?: readonly string[];
  load(): Promise<Vendor>;
}

/** Every vendor Easel can call, in the order they are offered. */
export const vendorEntries: readonly VendorEntry[] = [
  {
    id: "placeholder",
    name: "Placeholder",
    credentials: [],
    defaultBaseUrl: "",
    load: async () => (await import("./placeholder/index.ts")).placeholder,
  },
  {
    id: "seedream",
    name: "Seedream",
    credentials: [{ key: "apiKey", text: "apiKey" }],
    defaultBaseUrl: "https://ark.cn-beijing.volces.com/api/v3",
    load: async () => (await import("./seedream/index.ts")).seedream,
  },
  {
    id: "visual",
    name: "Volcengine Visual",
    credentials: [
      { key: "accessKeyId", text: "accessKeyId" },
      { key: "secretAccessKey", text: "secretAccessKey" },
      { key: "sessionToken", text: "sessionToken", optional: true },
    ],
    defaultBaseUrl: "https://visual.volcengineapi.com",
    load: async () => (await import("./visual/index.ts")).visual,
  },
  {
    id: "kling",
    name: "Kling",
    credentials: [
      { key: "accessKey", text: "accessKey" },
      { key: "secretKey", text: "secretKey" },
    ],
    alternatives: [[{ key: "apiKey", text: "apiKey" }]],
    defaultBaseUrl: "https://api-beijing.klingai.com",
    load: async () => (await import("./kling/index.ts")).kling,
  },
  {
    id: "animo",
    name: "Animo",
    credentials: [
      { key: "endpoint", text: "endpoint" },
      { key: "apiKey", text: "apiKey" },
    ],
    defaultBaseUrl: "",
    addressSecret: "endpoint",
    load: async () => (await import("./animo/index.ts")).animo,
  },
  {
    id: "gateway",
    name: "Alibaba AI Gateway",
    credentials: [{ key: "apiKey", text: "apiKey" }],
    kinds: {
      setting: "auth",
      sets: {
        apiKey: [{ key: "apiKey", text: "apiKey" }],
        jwt: [
          { key: "jwtKey", text: "jwtKey", spaces: true },
          { key: "consumer", text: "consumer", plain: true },
          { key: "issuer", text: "issuer", plain: true, optional: true },
        ],
        hmac: [
          { key: "accessKey", text: "accessKey" },
          { key: "secretKey", text: "secretKey" },
        ],
      },
    },
    defaultBaseUrl: "",
    addressSettings: ["nativeUrl"],
    load: async () => (await import("./gateway/index.ts")).gateway,
  },
];

/** The entry of a vendor that is built in; undefined for one that this version does not have. */
export function vendorEntry(id: string): VendorEntry | undefined {
  return vendorEntries.find((entry) => entry.id === id);
}
