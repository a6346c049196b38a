import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { type Answer, bytes, json } from "../answer.ts";
import type { Exchange, Services } from "../vendor.ts";
import { invalid } from "./errors.ts";
import type { Handle } from "./guard.ts";
import { findModel } from "./models.ts";
import { readParts } from "./multipart.ts";

const ACCESS_KEY_ID = "LTAsimulatorupload";
const SECRET = randomBytes(32);
const POLICY_SECONDS = 300;
const LIFE_MS = 48 * 3600 * 1000;
const MOST_MEGABYTES = 100;

type Policy = { expires: number; folder: string; model: string };
type File = { data: Buffer; model: string; expiresAt: number };

/** Temporary files of the account (contract alibaba-ai-gateway §8, fixtures 55 and 56). */
export type Uploads = {
  /** `GET /api/v1/uploads?action=getPolicy&model=`. */
  policy: Handle;
  /** The form POST to the storage, which knows nothing of keys but those of the form. */
  store(exchange: Exchange): Answer;
  /** A file by its `oss://` address, for the model it was uploaded for. */
  find(url: string, model: string): Buffer | undefined;
  reset(): void;
};

export function createUploads({ clock }: Services): Uploads {
  const files = new Map<string, File>();
  const policies = new Map<string, Policy>();
  return {
    policy: ({ exchange, requestId }) => {
      const { query } = exchange;
      const model = query.get("model") ?? "";
      if (query.get("action") !== "getPolicy") throw invalid("action must be getPolicy");
      if (findModel(model, exchange.now()) === undefined) throw invalid("model is required");
      const day = new Date(exchange.now()).toISOString().slice(0, 10);
      const folder = `dashscope-instant/${randomUUID().replaceAll("-", "")}/${day}/${randomUUID()}`;
      const expires = exchange.now() + POLICY_SECONDS * 1000;
      const policy = Buffer.from(
        JSON.stringify({
          expiration: new Date(expires).toISOString(),
          conditions: [
            ["starts-with", "$key", folder],
            ["content-length-range", 0, MOST_MEGABYTES * 2 ** 20],
          ],
        }),
      ).toString("base64");
      policies.set(policy, { expires, folder, model });
      return json(200, {
        request_id: requestId,
        data: {
          policy,
          signature: sign(policy),
          upload_dir: folder,
          upload_host: `http://${exchange.headers.host}`,
          expire_in_seconds: POLICY_SECONDS,
          max_file_size_mb: MOST_MEGABYTES,
          capacity_limit_mb: 999_999_999,
          oss_access_key_id: ACCESS_KEY_ID,
          x_oss_object_acl: "private",
          x_oss_forbid_overwrite: "true",
        },
      });
    },
    store: (exchange) => {
      if (exchange.headers.authorization !== undefined)
        return refused(400, "InvalidArgument", "Authorization is not allowed in a form upload.");
      const parts = readParts(String(exchange.headers["content-type"] ?? ""), exchange.body);
      if (parts === undefined) return refused(400, "MalformedPOSTRequest", "The body is not a form.");
      const at = parts.findIndex(({ name }) => name === "file");
      const file = parts[at];
      if (file === undefined)
        return refused(400, "IncorrectNumberOfFilesInPOSTRequest", "One file is required.");
      // Fields behind the file are not read.
      const fields = new Map(parts.slice(0, at).map(({ name, data }) => [name, data.toString("utf8")]));
      const given = fields.get("policy") ?? "";
      const policy = policies.get(given);
      if (fields.get("OSSAccessKeyId") !== ACCESS_KEY_ID)
        return refused(
          403,
          "InvalidAccessKeyId",
          "The OSS Access Key Id you provided does not exist in our records.",
        );
      if (policy === undefined || fields.get("Signature") !== sign(given))
        return refused(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.");
      if (exchange.now() >= policy.expires)
        return refused(403, "AccessDenied", "Invalid according to Policy: Policy expired.");
      const key = (fields.get("key") ?? "").replace(`\${filename}`, file.filename ?? "");
      if (!key.startsWith(`${policy.folder}/`))
        return refused(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed: key");
      if (file.data.length > MOST_MEGABYTES * 2 ** 20)
        return refused(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.");
      if (files.has(key) && fields.get("x-oss-forbid-overwrite") === "true")
        return refused(
          409,
          "FileAlreadyExists",
          "The object you specified already exists and can not be overwritten.",
        );
      files.set(key, { data: file.data, model: policy.model, expiresAt: exchange.now() + LIFE_MS });
      const status = Number(fields.get("success_action_status") ?? 204);
      return bytes([200, 201].includes(status) ? status : 204, "", "", { server: "AliyunOSS" });
    },
    find: (url, model) => {
      const file = files.get(url.slice("oss://".length));
      const alive = file !== undefined && file.model === model && clock.now() < file.expiresAt;
      return alive ? file.data : undefined;
    },
    reset: () => {
      files.clear();
      policies.clear();
    },
  };
}

function sign(policy: string): string {
  return createHmac("sha1", SECRET).update(policy).digest("base64");
}

function refused(status: number, code: string, message: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return bytes(status, "application/xml", body, { server: "AliyunOSS" });
}
