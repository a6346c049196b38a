import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { encodePicture } from "../simulator/media/picture.ts";
import { accountOf } from "../simulator/visual/accounts.ts";
import { type Body, useClient } from "./control.ts";
import {
  type Answer,
  FIXTURE_KEYS,
  FIXTURE_TIME,
  FIXTURES,
  type Fixture,
  readFixture,
  type Signing,
  send,
  shape,
  signed,
  TASK_MS,
  visualClient,
} from "./visual-client.ts";

const CAT = { req_key: "jimeng_t2i_v31", prompt: "a cat" };
const PAIR = ["CVSubmitTask", "CVGetResult"] as const;

type Visual = ReturnType<typeof visualClient>;

/** What is changed in a fixture before it is sent, signed anew; and the words of its answer that change with it. */
type Change = { body?: Body; signing?: Partial<Signing>; words?: [string, string] };
type Played = (visual: Visual) => Promise<Change | undefined>;

const picture = (width = 640, height = 480) =>
  encodePicture({ width, height, format: "png", seed: "input", index: 0 }).toString("base64");

const plain: Played = async () => undefined;
/** One pixel is the fixtures' stand-in for a picture. */
const withPicture: Played = async () => ({ body: { binary_data_base64: [picture()] } });
const marked =
  (text: string): Played =>
  async () => ({ body: { prompt: text } });
/** The first task has the id that the fixtures ask for. */
const submitted =
  (body: Body, ms = 2 * TASK_MS, action?: string): Played =>
  async (visual) => {
    await visual.submit(body, action);
    await visual.advance(ms);
    return undefined;
  };

/** How each exchange is brought about. */
const PLAYED: Record<string, Played> = {
  "01-cvprocess-jimeng21-url.json": plain,
  "02-cvprocess-jimeng21-base64.json": plain,
  "03-cvprocess-general30-t2i.json": plain,
  "04-cvprocess-seededit-both-inputs.json": withPicture,
  "05-cvprocess-byteedit.json": plain,
  "06-cvprocess-portrait-photo-skin.json": plain,
  "07-cvprocess-object-detection.json": plain,
  "10-submit-t2i-v31.json": plain,
  "12-submit-i2i-v30-base64.json": withPicture,
  "13-submit-t2v-vgfm.json": plain,
  "14-submit-i2v-vgfm.json": plain,
  "15-submit-t2v-v30-1080p.json": plain,
  "16-submit-i2v-first-tail-v30.json": plain,
  "17-submit-i2v-recamera-v30.json": plain,
  "18-submit-ti2v-v30-pro-image.json": withPicture,
  "19-submit-inpaint.json": plain,
  "20-submit-super-resolution.json": withPicture,
  "22-submit-omnihuman15.json": plain,
  "23-submit-motion-mimic-20.json": plain,
  "31-result-generating.json": submitted(CAT, TASK_MS / 4),
  "32-result-done-image-url.json": submitted(CAT),
  "33-result-done-image-base64.json": submitted(CAT),
  "34-result-done-video.json": submitted({ req_key: "jimeng_vgfm_t2v_l20", prompt: "x" }),
  "35-result-done-video-aigc-meta.json": submitted({ req_key: "jimeng_ti2v_v30_pro", prompt: "x" }),
  "36-result-not-found.json": plain,
  "37-result-expired.json": submitted({ ...CAT, prompt: "[expire]" }),
  "38-result-post-risk-failed.json": submitted({ ...CAT, prompt: "[fail 50511]" }),
  "40-result-cloned-avatar.json": submitted(
    {
      req_key: "realman_avatar_creation_task",
      resource_id: "250623-zhibo-linyunzhi",
      audio_url: "https://example.com/voice.mp3",
    },
    2 * TASK_MS,
    PAIR[0],
  ),
  "41-cancel-task.json": async (visual) => ({
    body: { req_key: CAT.req_key, task_id: await visual.submit(CAT) },
  }),
  "51-error-50411-input-image.json": marked("[error 50411]"),
  "52-error-50412-text.json": marked("[error 50412]"),
  "53-error-50429-qps.json": marked("[error 50429]"),
  "54-error-50430-concurrency.json": async (visual) => {
    for (let count = 0; count < 2; count += 1) await visual.submit(CAT);
    return undefined;
  },
  "55-error-50500-internal.json": async (visual) => {
    await visual.fault("status", { params: { status: 500 } });
    return undefined;
  },
  "56-error-50400-access-denied.json": async () => ({
    signing: { accessKeyId: "AKLTsimulator0visual0closed", secret: "c2ltdWxhdG9yLXZpc3VhbC1zZWNyZXQ=" },
  }),
  "57-error-50200-unsupported-req-key.json": plain,
  "58-error-50215-input-invalid.json": async (visual) => {
    const id = await visual.submit(
      {
        req_key: "jimeng_realman_avatar_picture_omni_v15",
        image_url: "https://example.com/face.jpg",
        audio_url: "https://example.com/voice.mp3?seconds=60",
      },
      PAIR[0],
    );
    await visual.advance(2 * TASK_MS);
    return { body: { task_id: id } };
  },
  "59-error-50207-image-decode.json": plain,
  "70-gateway-signature-mismatch.json": plain,
  "71-gateway-invalid-access-key.json": async () => ({
    signing: { accessKeyId: "AKNOBODY" },
    words: ["AKTEST", "AKNOBODY"],
  }),
  "72-gateway-missing-action.json": plain,
  "73-gateway-service-not-found.json": plain,
  "74-gateway-invalid-action-or-version.json": plain,
  "75-gateway-invalid-timestamp.json": async (visual) => {
    await visual.advance(15 * 60_000 + 1000);
    return undefined;
  },
  "76-gateway-flow-limit.json": marked("[error FlowLimitExceeded]"),
  "77-gateway-access-denied-iam.json": async () => ({
    signing: { accessKeyId: "AKLTsimulator0visual0forbidden", secret: "c2ltdWxhdG9yLXZpc3VhbC1zZWNyZXQ=" },
  }),
};

/** Files that are no exchange with the simulator. */
const OTHERS = [
  // Bodies that the vendor sends: held against what a query answers.
  "80-callback-done.json",
  "81-callback-error.json",
  "signing-vectors.json",
];

describe("simulator: Visual", function () {
  this.timeout(60_000);
  const { ready, client: visual } = useClient(visualClient, { taskMs: TASK_MS, imageMs: 1 });
  beforeEach(() => visual.advance(FIXTURE_TIME - Date.now()));

  const target = (query: Record<string, string> | URLSearchParams) => {
    const text = new URLSearchParams(query).toString();
    return new URL(`${ready.visual.baseUrl}/${text === "" ? "" : `?${text}`}`);
  };

  /** As it stands, with its own signature, unless something in it changes. */
  const replay = ({ method, query, headers, body }: Fixture["request"], change: Change | undefined) => {
    const text = JSON.stringify({ ...body, ...change?.body });
    const url = target(query);
    return change === undefined
      ? send(url, headers, text, method)
      : send(url, signed(url, text, { ...FIXTURE_KEYS, now: FIXTURE_TIME, ...change.signing }), text);
  };

  describe("answers each fixture's request with the fixture's answer", () => {
    it("knows every file", () =>
      assert.deepEqual(readdirSync(FIXTURES).toSorted(), [...Object.keys(PLAYED), ...OTHERS].toSorted()));
    for (const [file, prepare] of Object.entries(PLAYED))
      it(file, async () => {
        const { request, response } = readFixture(file);
        const change = await prepare(visual);
        const answer = await replay(request, change);
        const [from, to] = change?.words ?? ["", ""];
        const expected = JSON.parse(JSON.stringify(response.body).replace(from, to)) as Body;
        assert.equal(answer.status, response.status, answer.text);
        assert.deepEqual(shape(cut(answer.body, expected)), shape(expected));
      });
    it("80 and 81: what a callback would bring is what a query answers", async () => {
      const done = await visual.finish(CAT, { return_url: true });
      const callback = readFixture("80-callback-done.json").request.body;
      assert.deepEqual(shape({ ...done.body, task_id: "1" }), shape(callback));
      const failed = await visual.finish({ ...CAT, prompt: "[fail 50215]" });
      const { data: _, task_id: __, ...words } = readFixture("81-callback-error.json").request.body;
      assert.deepEqual(shape(cut(failed.body, words)), shape({ ...words, data: null }));
    });
  });

  describe("the gateway", () => {
    const query = { Action: "CVProcess", Version: "2022-08-31" };
    const text = JSON.stringify({ req_key: "jimeng_high_aes_general_v21_L", prompt: "x" });
    const good = () => signed(target(query), text, { ...FIXTURE_KEYS, now: visual.now() });
    const tried = async (headers: Record<string, string>, method = "POST", url = target(query)) => {
      const { status, body } = await send(url, headers, text, method);
      return [status, body.ResponseMetadata?.Error.CodeN, body.ResponseMetadata?.Error.Code ?? body.code];
    };

    it("lets in what is signed", async () => assert.deepEqual(await tried(good()), [200, undefined, 10000]));

    type Twist = (headers: Record<string, string>) => Record<string, string>;
    const authorization =
      (change: (text: string) => string): Twist =>
      (headers) => ({
        ...headers,
        authorization: change(headers.authorization ?? ""),
      });
    const parts = (order: number[]) =>
      authorization((header) => {
        const [scheme, ...rest] = header.replaceAll(",", "").split(" ");
        return `${scheme} ${order.map((at) => rest[at]).join(", ")}`;
      });
    const without =
      (name: string): Twist =>
      ({ [name]: _, ...rest }) =>
        rest;
    const cases: [string, Twist, (string | number)[]][] = [
      ["no Authorization", without("authorization"), [401, 100003, "MissingAuthenticationToken"]],
      ["no signature", parts([0, 1]), [401, 100005, "MissingSignature"]],
      ["no credential", parts([1, 2]), [400, 100024, "InvalidAuthorization"]],
      ["no list of headers", parts([0, 2]), [400, 100024, "InvalidAuthorization"]],
      ["parts in another order", parts([2, 1, 0]), [400, 100024, "InvalidAuthorization"]],
      [
        "another scheme",
        authorization((header) => header.replace("HMAC", "AWS4-HMAC")),
        [400, 100024, "InvalidAuthorization"],
      ],
      ["a Bearer token", authorization(() => "Bearer x"), [400, 100024, "InvalidAuthorization"]],
      [
        "a credential cut short",
        authorization((header) => header.replace("/request", "")),
        [400, 100025, "InvalidCredential"],
      ],
      ["no X-Date", without("x-date"), [400, 100004, "MissingRequestInfo"]],
      ["no hash where one is signed", without("x-content-sha256"), [401, 100010, "SignatureDoesNotMatch"]],
      [
        "an X-Date in ISO form",
        (headers) => ({ ...headers, "x-date": new Date().toISOString() }),
        [400, 100006, "InvalidTimestamp"],
      ],
      [
        "the list in another order",
        authorization((header) => header.replace("content-type;host", "host;content-type")),
        [401, 100010, "SignatureDoesNotMatch"],
      ],
      [
        "another host",
        (headers) => ({ ...headers, host: "visual.volcengineapi.com" }),
        [401, 100010, "SignatureDoesNotMatch"],
      ],
      [
        "a token that nobody gave",
        (headers) => ({ ...headers, "x-security-token": "t" }),
        [401, 100026, "InvalidSecretToken"],
      ],
    ];
    for (const [name, twist, expected] of cases)
      it(`refuses ${name}`, async () => assert.deepEqual(await tried(twist(good())), expected));

    it("refuses other methods and paths, and names that only another version has", async () => {
      assert.deepEqual(await tried(good(), "PUT"), [405, undefined, "MethodNotAllowed"]);
      assert.equal((await tried(good(), "POST", new URL("/x?Action=CVProcess", target(query))))[0], 404);
      for (const [action, version] of [
        ["FacePretty", "2020-08-26"],
        ["CVProcess", "2020-08-26"],
        ["toString", "2022-08-31"],
      ] as const) {
        const { status, body } = await visual.call(action, CAT, { version });
        assert.deepEqual([status, body.ResponseMetadata.Error.Code], [404, "InvalidActionOrVersion"]);
      }
    });
    it("wants the list in order, and a true hash even where it is not signed", async () => {
      const names = ["host", "content-type", "x-content-sha256", "x-date"];
      const unsorted = signed(target(query), text, { ...FIXTURE_KEYS, now: visual.now(), names });
      assert.equal((await tried(unsorted))[2], "SignatureDoesNotMatch");
      const bare = signed(target(query), text, {
        ...FIXTURE_KEYS,
        now: visual.now(),
        names: ["host", "x-date"],
      });
      assert.equal((await tried(bare))[2], 10000);
      const lying = { ...bare, "x-content-sha256": "0".repeat(64) };
      assert.equal((await tried(lying))[2], "SignatureDoesNotMatch");
    });
    it("takes the usual port of a host as signed or not", async () => {
      for (const [port, code] of [
        ["443", 10000],
        ["80", 10000],
        ["8080", "SignatureDoesNotMatch"],
      ] as const) {
        const url = new URL(target(query));
        const headers = signed(new URL(`https://visual.volcengineapi.com/${url.search}`), text, {
          ...FIXTURE_KEYS,
          now: visual.now(),
        });
        const sent = { ...headers, host: `visual.volcengineapi.com:${port}` };
        assert.equal((await tried(sent))[2], code);
      }
    });
    it("wants a date signed, and a token", async () => {
      const names = ["content-type", "host", "x-content-sha256"];
      const undated = signed(target(query), text, { ...FIXTURE_KEYS, now: visual.now(), names });
      assert.deepEqual((await tried(undated))[2], "SignatureDoesNotMatch");
      const temporary = {
        accessKeyId: "AKTP-EXAMPLE-TEMPORARY-KEY",
        secret: "RVhBTVBMRS1TVFMtU0VDUkVU",
        now: visual.now(),
      };
      const token = accountOf(temporary.accessKeyId)?.token ?? "";
      const judged = async (more: Partial<Signing>) =>
        (await tried(signed(target(query), text, { ...temporary, ...more })))[2];
      assert.equal(await judged({ token }), 10000);
      assert.equal(await judged({}), "InvalidSecretToken");
      assert.equal(await judged({ token: `${token}x` }), "InvalidSecretToken");
      assert.equal(await judged({ token, names: [...names, "x-date"] }), "SignatureDoesNotMatch");
    });
    it("holds the clock to a quarter of an hour either way", async () => {
      for (const [ms, code] of [
        [14 * 60_000, 10000],
        [-14 * 60_000, 10000],
        [16 * 60_000, "InvalidTimestamp"],
        [-16 * 60_000, "InvalidTimestamp"],
      ] as const)
        assert.equal(
          (await tried(signed(target(query), text, { ...FIXTURE_KEYS, now: visual.now() + ms })))[2],
          code,
        );
      await visual.fault("skew");
      assert.equal((await tried(good()))[2], "InvalidTimestamp");
      await visual.fault("skew");
      const aware = signed(target(query), text, { ...FIXTURE_KEYS, now: visual.now() + 3_600_000 });
      assert.equal((await tried(aware))[2], 10000);
    });
    it("leaves the Content-Type alone where it is not signed, and wants JSON in it", async () => {
      const names = ["x-content-sha256", "x-date"];
      const node = signed(target(query), text, { ...FIXTURE_KEYS, now: visual.now(), names });
      const typed = (type: string) => ({ ...node, "content-type": type });
      assert.equal((await tried(typed("application/json; charset=utf-8")))[2], 10000);
      assert.equal((await tried(typed("application/x-www-form-urlencoded")))[2], 50204);
    });
    it("refuses bodies that are no JSON object, and too large ones", async () => {
      for (const body of ["{", "[]", "null", ""])
        assert.equal((await visual.call("CVProcess", body)).body.code, 50204, body);
      const { body, status } = await visual.call("CVProcess", " ".repeat(64 * 2 ** 20 + 1));
      assert.deepEqual([status, body.code], [400, 50213]);
    });
  });

  it("lets keys be tried without a charge: keys, permission, products", async () => {
    const asked = async (signing: Partial<Signing>): Promise<Answer> =>
      visual.call("CVSync2AsyncGetResult", { req_key: CAT.req_key, task_id: "0" }, signing);
    const secret = "c2ltdWxhdG9yLXZpc3VhbC1zZWNyZXQ=";
    assert.equal((await asked({})).body.data.status, "not_found");
    assert.equal((await asked({ secret: "x" })).body.ResponseMetadata.Error.Code, "SignatureDoesNotMatch");
    const closed = await asked({ accessKeyId: "AKLTsimulator0visual0closed", secret });
    assert.deepEqual([closed.status, closed.body.code], [401, 50400]);
    const forbidden = await asked({ accessKeyId: "AKLTsimulator0visual0forbidden", secret });
    assert.equal(forbidden.body.ResponseMetadata.Error.Code, "AccessDenied");
    assert.deepEqual(await visual.charges(), []);
  });
});

/** An answer whose `data` has only the members that the expected one has: more of them is nothing new to a client. */
function cut(actual: Body, expected: Body): Body {
  if (!isRecord(actual.data) || !isRecord(expected.data)) return actual;
  const told = Object.keys(expected.data);
  const data = Object.entries(actual.data).filter(([name]) => told.includes(name));
  return { ...actual, data: Object.fromEntries(data) };
}

function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
