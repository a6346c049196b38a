import * as vscode from "vscode";
import { l10n } from "vscode";
import { commands } from "../contributions.ts";
import { jobsErrorText } from "../text/jobActions.ts";
import { vendorEntry } from "../vendors/catalog.ts";
import { detailView } from "./detail.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import { type MessageHandlers, RequestError } from "./ipc.ts";
import { openSetting, openWalkthrough, showPrivacy } from "./studioPages.ts";
import type { StudioProtocol, StudioResult } from "./studioProtocol.ts";
import { placeholderOffer, type StudioService } from "./studioService.ts";
import type { StudioSession } from "./studioSession.ts";

/** What is done with each message of a Studio's page. */
export function studioHandlers(
  service: StudioService,
  session: StudioSession,
): MessageHandlers<StudioProtocol> {
  const { compose, improve, gallery, setup, links, place, options } = service;
  const address = (uri: vscode.Uri) => session.page.address(uri);

  /** What came of something that has no answer of its own. */
  const say = (result: StudioResult) => {
    if (result.outcome === "failed") session.notify("notice", { severity: "error", text: result.message });
    if (result.outcome === "done" && result.message) {
      session.notify("notice", { severity: "info", text: result.message });
    }
  };

  const entryOf = async (item: string): Promise<GalleryEntry> => {
    const entry = await gallery.get(item);
    if (!entry) throw new RequestError("gone", jobsErrorText("gone"));
    return entry;
  };

  return {
    commands: {
      ready: () => session.ready(),

      setOperation: ({ operation }) => compose.setOperation(operation),
      setOffers: ({ offers }) => compose.setOffers(offers),
      setOption: ({ offer, key, value }) => compose.setOption(offer, key, value),
      resetOptions: ({ offer }) => compose.resetOptions(offer),
      addFiles: async ({ uris, role }) => say(await service.addFiles(uris, role)),
      browse: async ({ role }) => say(await service.browse(role)),
      moveInput: ({ input, role, index }) => compose.move(input, role, index),
      removeInput: ({ input }) => compose.remove(input),
      restore: ({ id }) => compose.restore(id),
      clear: () => compose.clear(),

      improve: () => improve.start(),
      improveUse: ({ text }) => improve.use(text),
      improveDrop: () => improve.drop(),

      keepSearch: ({ text }) => session.keepSearch(text),

      reviewOpen: ({ jobId, assetId }) => session.review(jobId, assetId),
      reviewClose: () => session.review(),
      reviewDraft: ({ jobId, draft }) => session.reviewOf(jobId).note(draft),

      copy: ({ text }) => vscode.env.clipboard.writeText(text),
      setKey: ({ vendor }) => vscode.commands.executeCommand(commands.setApiKey, vendor),
      testKey: async ({ vendor }) => {
        const entry = vendorEntry(vendor);
        if (entry) await setup.test(entry);
      },
      removeKey: ({ vendor }) => vscode.commands.executeCommand(commands.removeApiKey, vendor),
      openSetting: ({ setting }) => openSetting(setting),
      openPrivacy: () => showPrivacy(options.extensionUri),
      openWalkthrough: () => openWalkthrough(options.extensionId),
      manageTrust: () => vscode.commands.executeCommand("workbench.trust.manage"),
      forgetPlaced: () => vscode.commands.executeCommand(commands.forgetPlaced),
      tryPlaceholder: () => {
        const offer = placeholderOffer(compose);
        const prompt = l10n.t("A small fox reading a map under a lamp");
        compose.replace({ operation: "text-to-image", prompt, ...(offer ? { chosen: [offer] } : {}) });
        session.show("compose");
      },
      openPanel: () => session.page.openPanel(),
    },
    requests: {
      setPrompt: async ({ text }) => {
        compose.setPrompt(text, session);
        return {};
      },
      generate: ({ actionId }) => service.generate(actionId),
      gallery: ({ query, offset, limit }) => gallery.page(query, offset, limit, address),
      galleryIds: ({ query, from, to }) => gallery.ids(query, from, to),
      galleryIndex: ({ query, item }) => gallery.indexOf(query, item),
      detail: async ({ item }) => {
        const { jobs, review } = options;
        const parts = { jobs, gallery, compose, review, place: () => place.label, address };
        return detailView(await entryOf(item), parts);
      },
      linkPreview: async ({ item, alt }) => links.preview(await entryOf(item), alt),
      act: ({ items, action, actionId }) => service.act(actionId, items, action),
      upload: async ({ purpose, bytes }) => {
        const { path, ...result } = await service.upload(purpose, new Uint8Array(bytes));
        return path === undefined ? result : { ...result, src: address(vscode.Uri.file(path)) };
      },
      reviewPreview: async ({ jobId, draft }) => session.reviewOf(jobId).preview(draft),
      reviewAct: async ({ jobId, actionId, action }) => session.reviewOf(jobId).act(actionId, action),
    },
  };
}
