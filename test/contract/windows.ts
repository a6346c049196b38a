import type { AssetRequest } from "../../src/model/request.ts";
import type { InputFile, Vendor, VendorContext, VendorEvent } from "../../src/vendors/contract.ts";

type InputRef = AssetRequest["inputs"][number];

/** A vendor whose tasks are looked at often: for the window that sees the end. */
export function looksOften(vendor: Vendor): Vendor {
  return { ...vendor, poll: { firstMs: 20, everyMs: 100 } };
}

/** A vendor whose tasks are looked at so late that the window is closed before. */
export function looksLate(vendor: Vendor): Vendor {
  return { ...vendor, poll: { firstMs: 600_000, everyMs: 600_000 } };
}

/** A vendor whose call goes out, and nobody is left to write its answer down. `answered` resolves when it has come. */
export function answerLost(
  vendor: Vendor,
  call: "start" | "status",
): { vendor: Vendor; answered: Promise<void> } {
  const answered = Promise.withResolvers<void>();
  async function* lost(events: AsyncIterable<VendorEvent>, { clock, signal }: VendorContext) {
    for await (const event of events) {
      if (event.type !== "accepted") yield event;
      else answered.resolve();
      if (event.type === "accepted") await clock.sleep(600_000, signal);
    }
  }
  const loses = (one: "start" | "status", events: AsyncIterable<VendorEvent>, context: VendorContext) =>
    one === call ? lost(events, context) : events;
  const { start, status } = vendor;
  return {
    vendor: {
      ...vendor,
      start: (request, context) => loses("start", start(request, context), context),
      ...(status && { status: (operation, context) => loses("status", status(operation, context), context) }),
    },
    answered: answered.promise,
  };
}

/** An input by its link. */
export function linkTo(role: InputRef["role"], name: string): InputRef {
  return { role, name, source: { kind: "link", url: `https://example.com/${name}` } };
}

/** Opens inputs that are links. */
export async function openLink({ role, name, source }: InputRef): Promise<InputFile> {
  return { role, name, type: "", bytes: 0, ...(source.kind === "link" ? { url: source.url } : {}) };
}
