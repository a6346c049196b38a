import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { filledTask, text, video, type videoClient } from "./ark-video-client.ts";
import type { Body } from "./control.ts";
import {
  boat,
  DAY,
  MINI,
  MP4,
  PRO,
  saying,
  TASK_MS,
  useArkVideo,
  V25,
  withFrame,
} from "./simulator-ark-video-client.ts";
import { FIXTURES, readFixture } from "./simulator-client.ts";

type Client = ReturnType<typeof videoClient>;

/** What is done before a fixture's request. It gives the ids that stand for the fixture's, in their order. */
type Played = { before?: (client: Client) => Promise<string[]>; marker?: string };
const PLAIN: Played = {};
const having =
  (ms: number, ...bodies: Body[]): NonNullable<Played["before"]> =>
  async (client) => {
    const ids: string[] = [];
    for (const body of bodies) ids.push(await client.made(body));
    await client.advance(ms);
    return ids;
  };
const constraint = {
  model: V25,
  content: [text("edit: a white van"), video(MP4)],
  ratio: "16:9",
  duration: 5,
};

/** How each exchange is brought about. */
const PLAYED: Record<string, Played> = {
  "error-account-overdue.json": { marker: "[error AccountOverdueError]" },
  "error-quota-exceeded-queue.json": {
    before: having(0, ...new Array<Body>(50).fill(saying("[queued 1h]"))),
  },
  "error-video-duration.json": PLAIN,
  "error-video-flex-unsupported.json": PLAIN,
  "error-video-mixed-modes.json": PLAIN,
  "error-video-real-person.json": {
    marker: "[error InputImageSensitiveContentDetected.PrivacyInformation]",
  },
  "error-video-task-not-found.json": PLAIN,
  "video-create-draft.json": PLAIN,
  "video-create-edit-2-5.json": PLAIN,
  "video-create-first-frame-base64.json": PLAIN,
  "video-create-first-last-frame.json": PLAIN,
  "video-create-flex-frames.json": PLAIN,
  "video-create-inline-flags.json": PLAIN,
  "video-create-multimodal-reference.json": PLAIN,
  "video-create-text.json": PLAIN,
  "video-delete-queued.json": { before: having(0, saying("[queued 1h]")) },
  "video-delete-running.json": { before: having(TASK_MS / 2, boat) },
  "video-get-expired.json": {
    before: having(DAY, {
      model: PRO,
      content: [text("[queued 40h]")],
      service_tier: "flex",
      execution_expires_after: 86_400,
    }),
  },
  "video-get-failed-task-constraint.json": { before: having(TASK_MS, constraint) },
  "video-get-failed.json": {
    before: having(
      TASK_MS,
      saying("[fail OutputAudioSensitiveContentDetected]", { model: "dreamina-seedance-2-0-260128" }),
    ),
  },
  "video-get-running.json": { before: having(TASK_MS / 2, boat) },
  "video-get-succeeded.json": { before: having(TASK_MS, withFrame) },
  "video-list.json": {
    before: having(TASK_MS, boat, saying("[slow 1h]"), saying("another model", { model: MINI })),
  },
};

const ID = /cgt-\d{14}-[a-z0-9]{5}/g;

describe("simulator: the contract's exchanges of Ark's video tasks", function () {
  this.timeout(60_000);
  const { ark, finished } = useArkVideo();

  describe("answers each fixture's request with the fixture's answer", () => {
    const files = readdirSync(FIXTURES).filter((file) =>
      readFixture(file).request.path.includes("/contents/generations/tasks"),
    );
    it("knows every fixture", () => assert.deepEqual(files.sort(), Object.keys(PLAYED).sort()));
    for (const [file, { before: prepare, marker = "" }] of Object.entries(PLAYED))
      it(file, async () => {
        const { request, response } = readFixture(file);
        const ids = (await prepare?.(ark)) ?? [];
        const wanted = [...new Set(JSON.stringify(request.path).match(ID))];
        const path = wanted.reduce((whole, id, at) => whole.replace(id, ids[at] ?? id), request.path);
        const body = request.body === null ? undefined : marked(filledTask(request.body), marker);
        const answer = await ark.call(request.method, path.replace("/api/v3", ""), {
          headers: { "Content-Type": "application/json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const actual = (await answer.json()) as Body;
        assert.equal(answer.status, response.status, JSON.stringify(actual));
        assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8");
        assert.match(answer.headers.get("x-request-id") ?? "", /^02\d{13}[0-9a-f]{38}$/);
        assert.deepEqual(alike(actual), alike(response.body));
      });
    it("video-callback.json is what a GET says", async () => {
      const told = readFixture("video-callback.json").request.body ?? {};
      const asked: Body = await finished(boat);
      const same = Object.fromEntries(Object.keys(told).map((field) => [field, asked[field]]));
      assert.deepEqual(alike(same), alike(told));
    });
  });
});

function marked(body: Body, marker: string): Body {
  const [first, ...rest] = body.content as { text: string }[];
  return marker === ""
    ? body
    : { ...body, content: [{ ...first, text: `${first?.text} ${marker}` }, ...rest] };
}

/** What varies from call to call, made alike: ids, addresses, times, seeds. */
function alike(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (/^(created_at|seed|video_url|last_frame_url|id)$/.test(key)) return key;
    if (key === "updated_at") return typeof inner;
    return typeof inner === "string"
      ? inner.replace(/\b02\d{13}[0-9a-f]{38}\b/g, "<id>").replace(/cgt-\d{14}-\w+/g, "<task>")
      : inner;
  });
}
