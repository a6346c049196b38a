import assert from "node:assert/strict";
import { type Body, useClient } from "./control.ts";
import { type Answer, gatewayClient, PNG, taskId } from "./simulator-gateway-client.ts";

const TASK_MS = 50_000;
const DATA = `data:image/png;base64,${PNG.toString("base64")}`;
const PIC = "https://example.com/a.png";
const SYNC = "aigc/multimodal-generation/generation";
const A1 = "aigc/text2image/image-synthesis";
const A2 = "aigc/image2image/image-synthesis";
const A3 = "aigc/image-generation/generation";

/** A row of the contract's table of image models (§5): what it takes and what it does not. */
type ImageRow = {
  paths: string[];
  sizes: string[];
  notSizes: string[];
  /** The most that can be asked for, and what comes where nothing is said. */
  n: number;
  otherwise: number;
  /** The fewest and the most pictures it starts from. */
  images: [number, number];
};
const QWEN = ["1664*928", "1472*1104", "1328*1328", "1104*1472", "928*1664"];
const BAD = ["1024x1024", "100*100", "9000*9000", "8K"];
const one: ImageRow = { paths: [SYNC], sizes: QWEN, notSizes: BAD, n: 1, otherwise: 1, images: [0, 0] };
const six: ImageRow = { ...one, n: 6 };
const four: ImageRow = { ...one, paths: [A1], n: 4, otherwise: 4 };
const IMAGES: Record<string, ImageRow> = {
  "qwen-image-2.0": {
    ...six,
    sizes: ["512*512", "2048*2048", "1024*3072"],
    notSizes: [...BAD, "2K"],
    images: [0, 3],
  },
  "qwen-image-2.0-pro": { ...six, sizes: ["2048*2048"], images: [0, 3] },
  "qwen-image-3.0-pro": { ...six, sizes: ["1024*1024"], notSizes: ["1024x1024"], images: [0, 3] },
  "qwen-image-max": { ...one, notSizes: [...BAD, "1024*1024"] },
  "qwen-image-plus": { ...one, paths: [SYNC, A1], notSizes: [...BAD, "1024*1024"] },
  "qwen-image": { ...one, paths: [SYNC, A1] },
  "qwen-image-edit": { ...one, sizes: [], notSizes: [...BAD, "1024*1024"], images: [1, 1] },
  "qwen-image-edit-plus": { ...six, sizes: ["512*2048"], notSizes: [...BAD, "511*1024"], images: [1, 3] },
  "qwen-image-edit-max": { ...six, sizes: ["2048*2048"], images: [1, 3] },
  "wan2.6-t2i": {
    ...four,
    paths: [SYNC, A3],
    sizes: ["1280*1280", "1104*1472", "960*1696", "1696*960"],
    notSizes: [...BAD, "4000*500", "2K"],
  },
  "wan2.6-image": {
    ...four,
    paths: [SYNC, A3],
    sizes: ["1K", "2K", "1280*1280"],
    notSizes: ["1024x1024", "4K"],
    images: [0, 4],
  },
  "wan2.7-image": {
    ...four,
    paths: [SYNC, A3],
    sizes: ["1K", "2K"],
    notSizes: ["1024x1024", "4K"],
    images: [0, 9],
  },
  "wan2.7-image-pro": {
    ...four,
    paths: [SYNC, A3],
    sizes: ["1K", "2K", "4K"],
    notSizes: ["8K"],
    images: [0, 9],
  },
  "z-image-turbo": { ...one, sizes: ["1024*1536"] },
  "wan2.5-t2i-preview": { ...four, sizes: ["768*768", "1440*1440"], notSizes: [...BAD, "700*700"] },
  "wan2.2-t2i-flash": { ...four, sizes: ["512*1440"], notSizes: [...BAD, "512*1441"] },
  "wanx2.1-t2i-turbo": { ...four, sizes: ["1024*1024"] },
  "wanx2.0-t2i-turbo": { ...four, sizes: ["1024*1024"] },
  "wan2.5-i2i-preview": {
    ...four,
    paths: [A2],
    sizes: ["768*768", "1280*1280"],
    notSizes: [...BAD, "1440*1440"],
    images: [1, 3],
  },
};

const isFlat = (path: string) => path === A1 || path === A2;

function imageBody(
  model: string,
  path: string,
  images: string[],
  parameters: Body = {},
  prompt = "a boat",
): Body {
  const input = isFlat(path)
    ? { prompt, ...(path === A2 && { images }) }
    : { messages: [{ role: "user", content: [...images.map((image) => ({ image })), { text: prompt }] }] };
  return { model, input, parameters };
}

describe("gateway simulator: pictures", function () {
  this.timeout(60_000);
  const { client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: TASK_MS });

  const draw = (path: string, body: Body) =>
    path === SYNC ? gateway.service(path, body) : gateway.submit(path, body);
  const said = ({ status, body }: Answer) => [status, body.code];
  const INVALID = [400, "InvalidParameter"];
  const links = ({ body }: Answer) => JSON.stringify(body).match(/"image":"http/g)?.length ?? 0;

  for (const [model, row] of Object.entries(IMAGES))
    it(`takes what ${model} takes, and no more`, async () => {
      const [least, most] = row.images;
      const inputs = (count: number) =>
        Array.from({ length: count }, (_, index) => (index === 0 ? DATA : PIC));
      for (const path of [SYNC, A1, A2, A3]) {
        const answer = await draw(
          path,
          imageBody(model, path, inputs(Math.max(least, path === A2 ? 1 : 0)), { n: 1 }),
        );
        if (row.paths.includes(path)) assert.equal(answer.status, 200, `${path}: ${answer.text}`);
        else
          assert.deepEqual(
            [...said(answer), answer.body.message],
            [...INVALID, "url error, please check url!"],
          );
      }
      const [path = SYNC] = row.paths;
      const ask = async (parameters: Body, count = least) =>
        draw(path, imageBody(model, path, inputs(count), parameters));
      for (const size of row.sizes) assert.equal((await ask({ size, n: 1 })).status, 200, size);
      for (const size of row.notSizes) assert.deepEqual(said(await ask({ size, n: 1 })), INVALID, size);
      assert.equal((await ask({ n: row.n })).status, 200);
      assert.deepEqual(said(await ask({ n: row.n + 1 })), INVALID);
      assert.deepEqual(said(await ask({ n: 0 })), INVALID);
      assert.equal((await ask({ n: 1 }, most)).status, 200);
      if (path !== A1) assert.deepEqual(said(await ask({ n: 1 }, most + 1)), INVALID);
      if (least > 0) assert.deepEqual(said(await ask({ n: 1 }, 0)), INVALID);
      const before = (await gateway.charges()).length;
      await ask({});
      assert.equal((await gateway.charges()).at(before)?.amount, row.otherwise);
    });

  it("knows a dated id, and no other", async () => {
    assert.equal((await draw(SYNC, imageBody("qwen-image-plus-2026-01-09", SYNC, []))).status, 200);
    assert.deepEqual(said(await draw(SYNC, imageBody("qwen-image-9", SYNC, []))), [404, "ModelNotFound"]);
    assert.deepEqual(said(await draw(SYNC, { input: {} })), [400, "BadRequest.EmptyModel"]);
  });

  it("wants the asynchronous header where the answer is a task, and nowhere else", async () => {
    const body = imageBody("wan2.6-t2i", A3, []);
    const without = await gateway.service(A3, body);
    assert.deepEqual(
      [...said(without), without.body.message],
      [403, "AccessDenied", "current user api does not support synchronous calls."],
    );
    const withIt = await gateway.submit(SYNC, body);
    assert.deepEqual(
      [...said(withIt), withIt.body.message],
      [403, "AccessDenied", "current user api does not support asynchronous calls."],
    );
    assert.equal((await gateway.submit(SYNC, imageBody("qwen-image-3.0-pro", SYNC, []))).status, 429);
  });

  it("checks messages, switches and seeds", async () => {
    const ask = async (input: Body, parameters: Body = {}) =>
      said(await draw(SYNC, { model: "qwen-image-2.0", input, parameters }));
    const message = (content: unknown, role = "user") => ({ messages: [{ role, content }] });
    assert.deepEqual(await ask({}), INVALID);
    assert.deepEqual(await ask({ prompt: "x" }), INVALID);
    assert.deepEqual(await ask(message("x")), INVALID);
    assert.deepEqual(await ask(message([{ text: "x" }], "system")), INVALID);
    assert.deepEqual(await ask(message([{ image: PIC }])), INVALID);
    assert.deepEqual(await ask(message([{ text: "x" }, { text: "y" }])), INVALID);
    const good = message([{ text: "x" }]);
    assert.deepEqual(await ask(good, { seed: 2_147_483_648 }), INVALID);
    assert.deepEqual(await ask(good, { watermark: "true" }), INVALID);
    assert.deepEqual(await ask(good, { seed: 2_147_483_647, is_async: true }), [200, undefined]);
    const edit = await draw(SYNC, imageBody("qwen-image-edit", SYNC, [PIC], { prompt_extend: true }));
    assert.deepEqual(said(edit), INVALID);
  });

  it("reads pictures as links or data URIs, and refuses what is none", async () => {
    const ask = async (image: string) => said(await draw(SYNC, imageBody("qwen-image-edit", SYNC, [image])));
    assert.deepEqual(await ask(DATA), [200, undefined]);
    assert.deepEqual(await ask(PNG.toString("base64")), INVALID);
    assert.deepEqual(await ask("data:image/png;base64,AAAA"), INVALID);
    assert.deepEqual(await ask("data:image/png;base64,*"), INVALID);
    assert.deepEqual(await ask("/home/me/a.png"), INVALID);
    assert.deepEqual(await ask("http://nowhere.test/a.png"), [400, "InvalidParameter.DataInspection"]);
    const heavy = `data:image/png;base64,${Buffer.concat([PNG, Buffer.alloc(11 * 2 ** 20)]).toString("base64")}`;
    assert.deepEqual(await ask(heavy), [413, "BadRequest.TooLarge"]);
  });

  it("come as content items of one choice, or as a choice each, or among words", async () => {
    const choices = async (model: string, prompt: string, parameters: Body) => {
      const answer = await draw(SYNC, imageBody(model, SYNC, [], parameters, prompt));
      const list = (answer.body.output as { choices: { message: { content: Body[] } }[] }).choices;
      assert.equal(links(answer), Number(parameters.n ?? parameters.max_images ?? 1));
      return list.map(({ message }) => message.content.map((item) => Object.keys(item).join()));
    };
    assert.deepEqual(await choices("qwen-image-2.0", "x", { n: 2 }), [["image", "image"]]);
    assert.deepEqual(await choices("qwen-image-2.0", "x [choices]", { n: 2 }), [["image"], ["image"]]);
    assert.deepEqual(await choices("wan2.6-t2i", "x", { n: 2 }), [["image,type"], ["image,type"]]);
    assert.deepEqual(await choices("wan2.6-image", "x", { enable_interleave: true, max_images: 2 }), [
      ["type,text", "image,type", "type,text", "image,type"],
    ]);
    assert.deepEqual(await choices("z-image-turbo", "x", {}), [["image", "text"]]);
    assert.deepEqual(await choices("z-image-turbo", "x", { prompt_extend: false }), [["image"]]);
    assert.deepEqual(await choices("qwen-image-2.0", "x [part 1]", { n: 1 }), [["image"]]);
  });

  it("fail in part or in whole, are charged as they come, and are guarded", async () => {
    const id = taskId(await draw(A1, imageBody("wan2.5-t2i-preview", A1, [], { n: 2 }, "x [part 0,1]")));
    await gateway.advance(TASK_MS);
    assert.equal((await gateway.query(id)).output.task_status, "FAILED");
    const body = (prompt: string) => imageBody("qwen-image-2.0", SYNC, [], { n: 3 }, prompt);
    assert.equal(links(await draw(SYNC, body("x [part 1]"))), 2);
    assert.deepEqual(said(await draw(SYNC, body("x [part 0,1,2]"))), [400, "DataInspectionFailed"]);
    const guarded = await draw(SYNC, body("x [blocked]"));
    assert.deepEqual(
      [guarded.status, guarded.headers["content-type"]?.split(";")[0]],
      [403, "application/json"],
    );
    assert.deepEqual(
      (await gateway.charges()).map(({ amount }) => amount),
      [2],
    );
  });

  it("are not to be had on the compatible surface", async () => {
    const answer = await gateway.compat("images/generations", { model: "qwen-image-plus", prompt: "x" });
    const said500 = "failed to process request body: unsupported API name";
    assert.deepEqual(
      [answer.status, answer.text, answer.headers["content-type"]],
      [500, said500, "text/plain"],
    );
  });

  it("are held to the published rate where the prompt asks for it", async () => {
    const ask = async (prompt: string) =>
      (await draw(SYNC, imageBody("qwen-image-2.0-pro", SYNC, [], {}, prompt))).status;
    const codes = [];
    for (const prompt of ["[limits]", "[limits]", "[limits]", ""]) codes.push(await ask(`x ${prompt}`));
    assert.deepEqual(codes, [200, 200, 429, 200]);
    await gateway.advance(60_000);
    assert.equal(await ask("x [limits]"), 200);
  });

  it("takes sets of up to twelve, and translates a picture", async () => {
    const set = imageBody("wan2.7-image", SYNC, [], { enable_sequential: true, n: 12, size: "1K" });
    assert.equal(links(await draw(SYNC, set)), 12);
    const input = { image_url: PIC, source_lang: "en", target_lang: "zh" };
    const id = taskId(await draw(A2, { model: "qwen-mt-image", input }));
    await gateway.advance(TASK_MS);
    assert.match(String((await gateway.query(id)).output.image_url), /^http/);
  });
});
