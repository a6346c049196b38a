import assert from "node:assert/strict";
import { once } from "node:events";
import { access, readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { Easel } from "./easel.ts";
import { openSession } from "./session.ts";
import { StudioPage } from "./studioPage.ts";
import { makeHostile } from "./support/hostileRepository.ts";
import { Workbench } from "./workbench.ts";

for (const trust of ["ask", "granted"] as const) {
  describe(`a hostile repository, ${trust === "ask" ? "opened without trust" : "trusted by mistake"}`, () => {
    let workbench: Workbench;
    let evil: Server;
    let reached = 0;
    const easel = () => new Easel(workbench);
    const isThere = (path: string) =>
      access(path).then(
        () => true,
        () => false,
      );
    const ask = async (prompt: string) => {
      await workbench.openFile("HOSTILE.md");
      await workbench.page.keyboard.press("ControlOrMeta+End");
      await workbench.runCommand("Easel: Generate Image");
      await easel().prompt(prompt);
    };

    before(async () => {
      evil = createServer((_request, response) => {
        reached++;
        response.end();
      }).listen(0, "127.0.0.1");
      evil.on("connect", (_request, socket) => {
        reached++;
        socket.destroy();
      });
      await once(evil, "listening");
      const settings = {
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.banner": "never",
        "security.workspace.trust.untrustedFiles": "open",
      };
      workbench = new Workbench(await openSession({ trust, settings }));
      await makeHostile(workbench.session.folder, `http://127.0.0.1:${(evil.address() as AddressInfo).port}`);
      await workbench.reload();
      await workbench.explorerItem("HOSTILE.md").waitFor();
    });
    afterEach(async function () {
      if (this.currentTest?.state === "failed") await workbench?.screenshot(this.currentTest.fullTitle());
    });
    after(async () => {
      evil.close();
      await workbench?.session.close();
    });

    it("a key is entered for the user's address, not the repository's (P-04, P-06)", async () => {
      await easel().setSeedreamKey();
      const { host } = new URL(workbench.session.simulator.ready.seedream.baseUrl);
      await workbench.notification(`is stored for ${host}`);
    });

    it("Placeholder works, and lands inside the workspace or nowhere", async () => {
      await workbench.openFile("index.html");
      await workbench.page.keyboard.press("ControlOrMeta+End");
      await workbench.runCommand("Easel: Generate Image");
      await easel().prompt("A safe harbour");
      const first = workbench.quickInput.row("Vendor");
      if (trust === "ask") await first.filter({ hasText: "Placeholder" }).waitFor();
      else {
        await first.filter({ hasText: "Seedream" }).waitFor();
        await easel().choose("Vendor", "Placeholder");
      }
      await easel().send();
      const review = await easel().review();
      if (trust === "ask") {
        assert.match(await review.line(), /assets\/a-safe-harbour\.png/);
        await review.focused();
        await review.press("Enter");
        await review.closed();
        const names = await readdir(join(workbench.session.folder, "assets"));
        assert.deepEqual(names, ["a-safe-harbour.png"], "and no recipe beside it");
      } else {
        await review.frame.locator("text=/output\\.folder/").first().waitFor();
        await workbench.runCommand("Notifications: Clear All Notifications");
        await review.frame.locator(".button.discard").click();
        await review.frame.locator(".button.undo").waitFor();
        await review.focused();
        await review.press("Escape");
        await review.closed();
      }
      assert.equal(await isThere(join(dirname(workbench.session.folder), "outside")), false);
      assert.equal(await isThere(join(dirname(dirname(workbench.session.folder)), "outside")), false);
    });

    if (trust === "ask") {
      it("a vendor is asked neither by a command nor from the Studio, and the user is told why (P-02, P-04)", async () => {
        await easel().resetSimulator();
        await ask("A canary that nobody gets");
        await easel().choose("Vendor", "Seedream");
        await easel().send();
        const told = await workbench.notification("This workspace is not trusted");
        await told.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
        await workbench.runCommand("Notifications: Clear All Notifications");
        const studio = new StudioPage(workbench);
        await studio.open();
        await studio.models("Seedream 4.5");
        await studio.prompt("Another canary that nobody gets");
        await (await studio.find(".generate[aria-disabled=false]")).click();
        await workbench.notification("This workspace is not trusted");
        assert.deepEqual(await easel().requests(), []);
        await workbench.runCommand("Notifications: Clear All Notifications");
      });

      it("the Studio works with Placeholder, offers it first, and says of the others why not", async () => {
        const studio = new StudioPage(workbench);
        await workbench.reload();
        await workbench.openFile("index.html");
        await studio.open();
        await (await studio.find(".chosen")).filter({ hasText: "Placeholder" }).waitFor();
        await (await studio.find(".chooser > summary")).click();
        const others = (await studio.find(".offer")).filter({ hasText: "needs a trusted workspace" });
        assert.ok((await others.count()) > 5);
        assert.equal(await others.filter({ hasText: "Placeholder" }).count(), 0);
        await others.filter({ hasText: "Seedream" }).first().waitFor();
        await workbench.screenshot("studio untrusted models");
        await workbench.page.keyboard.press("Escape");
        await studio.goTo("setup");
        await (await studio.find(".setup .warning")).filter({ hasText: "not trusted" }).waitFor();
        await workbench.screenshot("studio untrusted setup");
        await studio.goTo("gallery");
        await studio.prompt("A quay without trust");
        await studio.generate(1);
        await studio.look();
        assert.match(await studio.line(), /assets\/a-quay-without-trust\.png/);
        assert.deepEqual(await easel().requests(), []);
      });
    } else {
      it("a request goes to the user's address, with its key, and once (P-02, P-06)", async () => {
        await easel().resetSimulator();
        await ask("A fox");
        await easel().choose("Vendor", "Seedream");
        await easel().send();
        await workbench.statusBarItem("1 waiting").waitFor();
        assert.equal((await easel().charges()).length, 1);
      });
    }

    it("nothing of it was run or called", async () => {
      assert.equal(reached, 0);
      assert.equal(await isThere(join(dirname(workbench.session.folder), "pwned")), false);
    });
  });
}
