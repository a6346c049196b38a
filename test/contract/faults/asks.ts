import type { InputSlot } from "../../../src/model/catalog.ts";
import { type OperationId, operations } from "../../../src/model/operations.ts";
import type { OptionValues } from "../../../src/model/options.ts";
import type { InputRef } from "../../../src/model/request.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import type { InputFile, Vendor } from "../../../src/vendors/contract.ts";
import { encodePicture } from "../../simulator/media/picture.ts";
import type { Ready } from "../../simulator/start.ts";
import type { Ask } from "./cell.ts";
import { type Fault, faultsAt, type Place } from "./table.ts";

/** What the matrix has to know of a vendor besides its catalog. */
interface VendorRow {
  /** Address and secrets out of the simulator's ready line. */
  reach(ready: Ready): Pick<Ask, "baseUrl" | "credentials">;
  /** The calls that faults strike, by what the operation brings. `look` only where a task is looked at. */
  routes: Partial<Record<"image" | "video" | "audio", Ask["routes"]>>;
  /** Added to the prompt, to keep what the simulator makes small. */
  markers: string;
  /** Requests beside one with defaults of every operation, for answers of another form. */
  variants?: Partial<Record<OperationId, Record<string, Variant>>>;
}

interface Variant {
  options: OptionValues;
  /** Faults that this form of an answer meets otherwise. */
  differs?: Record<string, Pick<Fault, "meets" | "later" | "charged">>;
}

/** One row a vendor with a network; its models and operations are the catalog's. */
const rows: Record<string, VendorRow> = {
  seedream: {
    reach: ({ seedream: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
    routes: {
      image: {
        start: { method: "POST", path: "/images/generations" },
        link: { method: "GET", path: "/" },
      },
      video: {
        start: { method: "POST", path: "/contents/generations/tasks" },
        look: { method: "GET", path: "/contents/generations/tasks/" },
        link: { method: "GET", path: "/" },
      },
    },
    markers: "[size 64x64]",
    variants: {
      "text-to-image": {
        "two, streamed": {
          options: { count: 2 },
          differs: {
            // The first picture had come by then.
            "reset within the answer": { meets: "done", charged: 1 },
            "JSON of another shape": { meets: "failed: protocol, perhaps carried out", charged: 1 },
            "success with nothing in it": { meets: "failed: protocol, perhaps carried out", charged: 1 },
            // A stream is read as it comes: what follows its end is left unread.
            "oversized answer": { meets: "done", charged: 1 },
          },
        },
        inline: { options: { delivery: "b64_json" } },
      },
    },
  },
};

/** In every prompt; must not come up in any log. */
export const promptCanary = "prompt-canary-7f3a";

/** One column of the matrix: what is asked, without the address of any simulator. */
export interface Column {
  vendor: Vendor;
  operation: OperationId;
  /** Name of a variant of the operation. */
  variant?: string;
  places: readonly Place[];
  /** What can strike a place, and what has to come of it. */
  faultsAt(place: Place): readonly Fault[];
  ask(ready: Ready): Ask;
}

/**
 * Every operation of every vendor with a network; `uncovered` names vendors and kinds of media that have no row here. Placeholder
 * calls nobody.
 */
export async function everyColumn(): Promise<{ columns: Column[]; uncovered: string[] }> {
  const vendors = await Promise.all(vendorEntries.map((entry) => entry.load()));
  const columns: Column[] = [];
  const uncovered: string[] = [];
  for (const vendor of vendors.filter(({ id }) => id !== "placeholder")) {
    const row = rows[vendor.id];
    const offered = new Set(vendor.models.flatMap((model) => Object.keys(model.operations) as OperationId[]));
    for (const operation of offered) {
      const kind = operations[operation].output;
      const routes = kind === "text" ? undefined : row?.routes[kind];
      if (!row || !routes) {
        uncovered.push(`${vendor.id}: ${operation}`);
        continue;
      }
      const variants = { "": { options: {} }, ...row.variants?.[operation] };
      for (const [name, variant] of Object.entries(variants))
        columns.push(columnOf(vendor, row, routes, operation, name, variant));
    }
  }
  return { columns, uncovered };
}

function columnOf(
  vendor: Vendor,
  row: VendorRow,
  routes: Ask["routes"],
  operation: OperationId,
  variant: string,
  { options, differs = {} }: Variant,
): Column {
  const model = vendor.models.find((each) => each.operations[operation]);
  const slots = model?.operations[operation]?.inputs ?? [];
  const inputs = slots.flatMap((slot) =>
    Array.from({ length: slot.min }, (_, index) => inputOf(slot, index)),
  );
  const request = {
    operation,
    vendor: vendor.id,
    model: model?.id ?? "",
    prompt: `${promptCanary} ${row.markers}`,
    inputs: inputs.map(refOf),
    options,
  };
  const places = (Object.keys(routes) as Place[]).filter(
    (place) => place !== "link" || options.delivery !== "b64_json",
  );
  return {
    vendor,
    operation,
    ...(variant === "" ? {} : { variant }),
    places,
    faultsAt: (place) =>
      faultsAt(place, routes.look ? "task" : "answer").map((fault) =>
        place === "start" && differs[fault.name] ? { ...fault, ...differs[fault.name] } : fault,
      ),
    ask: (ready) => ({
      vendor,
      request,
      inputs: Object.fromEntries(inputs.map((input) => [input.name, input])),
      routes,
      ...row.reach(ready),
    }),
  };
}

const picture = encodePicture({ width: 600, height: 600, format: "png", seed: "input", index: 0 });

function inputOf({ role, kind, takes }: InputSlot, index: number): InputFile {
  const name = `${role}-${index}`;
  if (takes === "link")
    return { role, name, type: `${kind}/mp4`, bytes: 0, url: `https://files.example/${name}.mp4` };
  if (kind !== "image") throw new Error(`the fault matrix has no ${kind} to give`);
  return {
    role,
    name,
    type: "image/png",
    bytes: picture.length,
    width: 600,
    height: 600,
    transparent: false,
    async *open() {
      yield picture;
    },
  };
}

function refOf({ role, name, bytes, url }: InputFile): InputRef {
  if (url) return { role, name, source: { kind: "link", url } };
  return { role, name, source: { kind: "file", uri: `file:///${name}`, sha256: "", bytes } };
}
