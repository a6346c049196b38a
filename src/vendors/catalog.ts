import type { VendorId } from "../model/vendors.ts";
import type { Vendor } from "./contract.ts";

/** One secret a vendor needs, as it is stored and asked for. */
export interface CredentialField {
  key: string;
  /** Key of its words in `text/credentials.ts`. */
  text: string;
}

/** What is known of a vendor without loading it: light enough for the entry chunk. */
export interface VendorEntry {
  id: VendorId;
  /** Proper noun; not translated. */
  name: string;
  credentials: readonly CredentialField[];
  /** Other sets of secrets that do in place of `credentials`; the user chooses which to enter. */
  alternatives?: readonly (readonly CredentialField[])[];
  /** Address used when the user's setting is empty. Empty for a vendor that calls no address. */
  defaultBaseUrl: string;
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
];

/** The entry of a vendor that is built in; undefined for one that this version does not have. */
export function vendorEntry(id: string): VendorEntry | undefined {
  return vendorEntries.find((entry) => entry.id === id);
}
