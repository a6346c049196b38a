import assert from "node:assert/strict";
import type { Job } from "../../../src/model/job.ts";
import { earlierLinks } from "../../../src/ui/earlierLinks.ts";

const now = 1_000_000_000;
const hour = 3_600_000;

function job(created: number, kind: string, facts: object, vendor = "kling", model = "kling-v1-6"): Job {
  return { created, request: { vendor, model }, assets: [{ kind, facts }] } as unknown as Job;
}

const addresses = (jobs: Job[], slot: Parameters<typeof earlierLinks>[1], vendor = "kling") =>
  earlierLinks(jobs, slot, vendor, now).map(({ address }) => address);

describe("results that can stand in for a link", () => {
  const living = { link: "https://a/1.mp4", linkExpires: now + hour };

  it("are of the slot's kind, newest first", () => {
    const jobs = [
      job(1, "video", living),
      job(2, "video", { ...living, link: "https://a/2.mp4" }),
      job(3, "image", living),
    ];
    assert.deepEqual(addresses(jobs, { kind: "video" }), ["https://a/2.mp4", "https://a/1.mp4"]);
  });

  it("are left out when the link dies before a queued task would fetch it", () => {
    const jobs = [job(1, "video", { ...living, linkExpires: now + 60_000 }), job(2, "video", {})];
    assert.deepEqual(addresses(jobs, { kind: "video" }), []);
  });

  it("go by the vendor's own id where it is taken, and only to the vendor that gave it", () => {
    const jobs = [job(1, "video", { ...living, id: "775" })];
    assert.deepEqual(addresses(jobs, { kind: "video", ids: "also" }), ["775"]);
    assert.deepEqual(addresses(jobs, { kind: "video", ids: "also" }, "visual"), ["https://a/1.mp4"]);
    assert.deepEqual(addresses(jobs, { kind: "video", ids: "only" }, "visual"), []);
    assert.deepEqual(addresses(jobs, { kind: "video" }), ["https://a/1.mp4"]);
  });

  it("go by the vendor's own id only if its model's results are taken by it", () => {
    const jobs = [
      job(1, "video", { ...living, id: "775" }),
      job(2, "video", { ...living, id: "776" }, "kling", "kling-v3"),
    ];
    const idModels = ["kling-v1-6"];
    assert.deepEqual(addresses(jobs, { kind: "video", ids: "only", idModels }), ["775"]);
    assert.deepEqual(addresses(jobs, { kind: "video", ids: "also", idModels }), ["https://a/1.mp4", "775"]);
  });
});
