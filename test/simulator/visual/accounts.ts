/** A pair of keys and what it may do. */
export type Account = {
  accessKeyId: string;
  secret: string;
  /** Temporary keys are good with this token alone. */
  token?: string;
  /** `closed`: no product is opened (50400); `forbidden`: a user without the permission (AccessDenied). */
  state?: "closed" | "forbidden";
};

/** The keys of the ready line. */
export const KEYS = {
  accessKeyId: "AKLTsimulator0visual0access",
  secretAccessKey: "c2ltdWxhdG9yLXZpc3VhbC1zZWNyZXQ=",
};

const ACCOUNTS: Account[] = [
  { accessKeyId: KEYS.accessKeyId, secret: KEYS.secretAccessKey },
  { accessKeyId: "AKLTsimulator0visual0closed", secret: KEYS.secretAccessKey, state: "closed" },
  { accessKeyId: "AKLTsimulator0visual0forbidden", secret: KEYS.secretAccessKey, state: "forbidden" },
  // The keys of the contract's examples, so that these can be sent as they are.
  { accessKeyId: "AKTEST", secret: "SKTEST" },
  {
    accessKeyId: "AKTP-EXAMPLE-TEMPORARY-KEY",
    secret: "RVhBTVBMRS1TVFMtU0VDUkVU",
    token: "STSexample+/==.token with-sp_ace~1",
  },
];

export function accountOf(accessKeyId: string): Account | undefined {
  return ACCOUNTS.find((account) => account.accessKeyId === accessKeyId);
}
