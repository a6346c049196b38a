import { useWorkbench } from "./workbench.ts";

/** Settings that point the gateway at the simulator by another name of this machine. */
const elsewhere = (url: string) => url.replace("127.0.0.1", "localhost");

describe("addresses and kinds of keys in the workbench", () => {
  const workbench = useWorkbench({
    machineSettings: { "easel.gateway.baseUrl": "", "easel.gateway.nativeUrl": "" },
  });
  const name = "Alibaba AI Gateway";

  async function setKey(): Promise<void> {
    await workbench().runCommand("Easel: Set API Key");
    const { quickInput } = workbench();
    await quickInput.asking("Whose key").waitFor();
    await quickInput.pick(name);
  }

  it("an address of one's own is asked for, and one that is not encrypted is refused (P-18)", async () => {
    const { baseUrl, apiKey } = workbench().session.simulator.ready.gateway;
    const { quickInput } = workbench();
    await setKey();
    await quickInput.answer(`Address of ${name}`, "http://gateway.example/v1");
    await quickInput.message.filter({ hasText: "only go to https addresses" }).waitFor();
    await quickInput.fill("https://user:secret@gateway.example/v1");
    await quickInput.message.filter({ hasText: "without a name and password" }).waitFor();
    await quickInput.fill(baseUrl);
    await quickInput.accept();
    await quickInput.answer(`API key of ${name}`, apiKey);
    await workbench().notification("is stored for");
  });

  it("another kind of key is asked for by its own parts, and the first kind stays", async () => {
    const { quickInput } = workbench();
    await workbench().settings({}, { "easel.gateway.auth": "jwt" });
    await workbench().until("the kind is asked for that the setting says", async () => {
      await setKey();
      const asked = quickInput.opened("JWT key").then(() => true);
      const other = quickInput.opened("API key of").then(() => false);
      if (await Promise.race([asked, other])) return true;
      await quickInput.cancel();
      return undefined;
    });
    await quickInput.fill('{"kty": "oct", "k": "c2VjcmV0"}');
    await quickInput.accept();
    await quickInput.answer("(2/3)", "team-a");
    await quickInput.opened("(3/3)");
    await quickInput.accept();
    await quickInput.closed();
    await workbench().settings({}, { "easel.gateway.auth": "apiKey" });
    await workbench().until(
      "the key of the first kind is used",
      async () => {
        await workbench().runCommand("Easel: Test API Key");
        const accepted = workbench().notification(`${name} accepts the key`, 8000);
        return accepted.then(
          () => true,
          () => undefined,
        );
      },
      80_000,
    );
  });

  it("a native address elsewhere gets no key that was not entered for it (P-06)", async () => {
    const { nativeUrl } = workbench().session.simulator.ready.gateway;
    await workbench().settings({}, { "easel.gateway.nativeUrl": elsewhere(nativeUrl) });
    await workbench().until(
      "the key is missing",
      async () => {
        await workbench().runCommand("Easel: Test API Key");
        const missing = workbench().notification(`There is no key of ${name}`, 8000);
        return missing.then(
          () => true,
          () => undefined,
        );
      },
      80_000,
    );
  });
});
