import assert from "node:assert/strict";
import type { Job } from "../../../src/model/job.ts";
import type { OptionValues } from "../../../src/model/options.ts";
import { realClock } from "../../../src/net/clock.ts";
import type { Net } from "../../../src/net/types.ts";
import { Credentials } from "../../../src/secrets/credentials.ts";
import { Keyring } from "../../../src/secrets/keyring.ts";
import type { RequestDraft } from "../../../src/ui/requestDraft.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import { newJob, request } from "../jobs/support.ts";
import { secretStorage } from "../secrets/storage.ts";
import { untrusted, withoutEditor } from "../text/editor.ts";

withoutEditor();
const { callAside } = await import("../../../src/ui/aside.ts");
const { clearToSend, sendAgain } = await import("../../../src/ui/send.ts");

/** A keyring with a key of every vendor, as far as the settings have an address for it. */
async function keyed(): Promise<Keyring> {
  const keyring = new Keyring(new Credentials(secretStorage()));
  for (const entry of withAddress) {
    const values = Object.fromEntries(entry.credentials.map(({ key }) => [key, "k"]));
    const settings = {};
    await keyring.set(entry, { baseUrl: entry.defaultBaseUrl, settings }, values);
  }
  return keyring;
}
const withAddress = vendorEntries.filter(({ defaultBaseUrl }) => defaultBaseUrl !== "");

describe("a workspace that is not trusted (P-04)", () => {
  for (const entry of withAddress) {
    it(`sends nothing to ${entry.id}: no request, no request once more, no call beside the jobs; trusted, all of them`, async () => {
      const keyring = await keyed();
      const did: string[] = [];
      const choices = { remember: async () => undefined } as never;
      const jobs = {
        retry: async (id: string, _changed?: OptionValues): Promise<Job> => {
          did.push("again");
          return newJob({ id });
        },
      };
      const draft = { offer: { entry } } as RequestDraft;
      const job = newJob({ request: { ...request, vendor: entry.id } });
      const all = async () => {
        if (await clearToSend({ choices, keyring, jobs: jobs as never }, [draft])) did.push("request");
        await sendAgain(jobs, job);
        const net = { free: () => ({}), billable: () => ({}) } as unknown as Net;
        const { signal } = new AbortController();
        await callAside(
          { keyring, net, clock: realClock },
          entry,
          signal,
          async () => void did.push("beside"),
        );
      };
      const shown = await untrusted(all);
      assert.deepEqual(did, []);
      assert.equal(shown.length, 3, "and says so each time");
      for (const text of shown) assert.ok(text.includes(entry.name), text);
      await all();
      assert.deepEqual(did, ["request", "again", "beside"]);
    });
  }

  it("still has Placeholder, which sends nothing", async () => {
    const [entry] = vendorEntries.filter(({ credentials }) => credentials.length === 0);
    const keyring = await keyed();
    const choices = { remember: async () => undefined } as never;
    const draft = { offer: { entry } } as RequestDraft;
    const shown = await untrusted(async () => {
      assert.equal((await clearToSend({ choices, keyring, jobs: {} as never }, [draft]))?.length, 1);
    });
    assert.deepEqual(shown, []);
  });
});
