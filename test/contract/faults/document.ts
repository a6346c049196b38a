import type { Place } from "./table.ts";

/** One fault at one place, under every column. */
export interface MatrixRow {
  vendor: string;
  place: Place;
  fault: string;
  /** Outcome by column. */
  cells: ReadonlyMap<string, string>;
}

const placeNames: Record<Place, string> = {
  start: "The billable call",
  look: "A look at a running task",
  link: "The download of a result",
};

const intro = [
  "# What happens when something goes wrong\n",
  "\nWritten by `test/contract/faultMatrix.test.ts`, which plays every fault against the simulated vendors and fails when this\n",
  'file says anything else (`EASEL_UPDATE_DOCS=1 npm run test:contract -- --grep "fault matrix"` writes it anew).\n',
  "\nEach fault lasts until the job has come to rest; then it is gone and somebody looks again: what that changes comes after\n",
  "the arrow. *Charged* is the vendor's own account. The states are those of a job: *done*; *failed*, with the reason;\n",
  "*downloading*, here put off to be tried again by itself; *unknown*: the vendor may have carried the call out, so it is never\n",
  "made again unasked. *Not sent*: nothing reached the vendor. *Refused*: the vendor turned the call down. Placeholder is not\n",
  "here: it calls nobody.\n",
  "\n## Memory\n",
  "\nHeld by `test/unit/net/memory.test.ts` and `test/host/placement.test.ts`:\n",
  "\n- A download of 1 GiB adds at most 32 MiB to the process; measured: 18 to 22 MiB.\n",
  "- A picture of 64 MiB in base64 within an answer adds at most 2.2 times its size; measured: 61 to 83 MiB.\n",
  "- Placing a video of 200 MiB adds at most 32 MiB, and one undo takes it back.\n",
].join("");

/** What came of a fault, in one cell. */
export function cellText({
  meets,
  later = meets,
  charged,
}: {
  meets: string;
  later?: string;
  charged: number;
}) {
  return `${later === meets ? meets : `${meets} → ${later}`}; charged ${charged}`;
}

/** The whole document. The same outcomes always give the same text. */
export function reliabilityDocument(
  rows: readonly MatrixRow[],
  standsFor: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): string {
  const parts = [intro];
  for (const vendor of new Set(rows.map((row) => row.vendor))) {
    parts.push(`\n## ${vendor}\n`);
    const shared = standsFor.get(vendor);
    if (shared) parts.push(sharedText(shared));
    for (const place of Object.keys(placeNames) as Place[]) {
      const here = rows.filter((row) => row.vendor === vendor && row.place === place);
      if (here.length > 0) parts.push(`\n### ${placeNames[place]}\n\n${table(here)}`);
    }
  }
  return parts.join("");
}

/** What was played only once for operations that go the same way through the vendor's code. */
function sharedText(shared: ReadonlyMap<string, readonly string[]>): string {
  const lines = [...shared].map(([column, others]) => `- ${column} stands for ${others.join(", ")}\n`);
  return `\nNot played each by itself, as they go the same way through the same code:\n\n${lines.join("")}`;
}

/** Columns that say the same in every row are one. */
function table(rows: readonly MatrixRow[]): string {
  const names = [...new Set(rows.flatMap((row) => [...row.cells.keys()]))];
  const groups = Map.groupBy(names, (name) => rows.map((row) => row.cells.get(name)).join("\n"));
  const columns = [...groups.values()];
  const lines = [
    ["fault", ...columns.map((group) => group.join(", "))],
    ["---", ...columns.map(() => "---")],
    ...rows.map((row) => [row.fault, ...columns.map(([name = ""]) => row.cells.get(name) ?? "")]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
