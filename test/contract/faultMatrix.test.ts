import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { testCertificates } from "../unit/net/support/certificates.ts";
import { type Column, everyColumn, promptCanary } from "./faults/asks.ts";
import { type Cell, playCell } from "./faults/cell.ts";
import { cellText, type MatrixRow, reliabilityDocument } from "./faults/document.ts";
import type { Fault, Place } from "./faults/table.ts";

const file = new URL("../../docs/reliability.md", import.meta.url);
/** Cells at a time: most of their time they wait. */
const parallel = 24;
/** Bound of one cell in real milliseconds: the longest of them waits out deadlines of minutes on a faster clock. */
const boundMs = 60_000;

interface Played {
  column: Column;
  place: Place;
  fault: Fault;
  cell: Cell;
}

const { columns, uncovered } = await everyColumn();
const nameOf = ({ operation, variant }: Column) => (variant ? `${operation} (${variant})` : operation);

describe("fault matrix", function () {
  this.timeout(900_000);
  const played: Played[] = [];
  const astray: unknown[] = [];
  const keys = new Set<string>();
  const note = (reason: unknown) => void astray.push(reason);
  let tls: Server;

  before(async () => {
    process.on("unhandledRejection", note);
    const { key, cert } = testCertificates();
    tls = createServer({ key, cert }, (_request, response) => void response.end()).listen(0, "127.0.0.1");
    tls.on("tlsClientError", () => undefined);
    await once(tls, "listening");
    const untrusted = `https://localhost:${(tls.address() as AddressInfo).port}`;
    const wanted = columns.flatMap((column) =>
      column.places.flatMap((place) => column.faultsAt(place).map((fault) => ({ column, place, fault }))),
    );
    const results = new Map<object, Cell>();
    const queue = [...wanted];
    await Promise.all(
      Array.from({ length: parallel }, async () => {
        const simulator: Simulator = await startSimulator({ imageMs: 1, taskMs: 20 });
        for (let next = queue.shift(); next; next = queue.shift()) {
          const ask = next.column.ask(simulator.ready);
          for (const secret of Object.values(ask.credentials)) keys.add(secret);
          results.set(next, await playCell(ask, next.place, next.fault, simulator, untrusted));
        }
        await simulator.close();
      }),
    );
    for (const each of wanted) played.push({ ...each, cell: results.get(each) as Cell });
  });
  after(() => {
    process.off("unhandledRejection", note);
    tls.close();
  });

  for (const column of columns) {
    it(`${column.vendor.id}, ${nameOf(column)}: every fault ends as it has to`, () => {
      const here = played.filter((each) => each.column === column);
      const told = (text: (each: Played) => string) =>
        Object.fromEntries(here.map((each) => [`${each.place}: ${each.fault.name}`, text(each)]));
      assert.deepEqual(
        told(({ cell }) => cellText(cell)),
        told(({ fault }) => cellText(fault)),
      );
    });
  }

  it("covers every operation of every vendor", () => assert.deepEqual(uncovered, []));

  it("nothing is paid twice, whatever happens", () => {
    assert.ok(played.length > 0);
    const twice = played.filter(({ cell }) => cell.charged > 1);
    assert.deepEqual(
      twice.map(({ column, fault }) => [nameOf(column), fault.name]),
      [],
    );
  });

  it("no log line of any error path holds a key or a prompt, and no ledger a key (P-07, P-23)", () => {
    for (const { cell } of played) {
      assert.ok(!cell.log.includes(promptCanary), cell.log);
      for (const key of keys) assert.ok(!cell.log.includes(key) && !cell.ledger.includes(key), cell.log);
    }
    assert.ok(
      played.some(({ cell }) => cell.log.includes("refused 401")),
      "faults are logged",
    );
  });

  it("everything ends in bounded time", () => {
    const late = played.filter(({ cell }) => cell.took > boundMs);
    assert.deepEqual(
      late.map(({ column, place, fault }) => [nameOf(column), place, fault.name]),
      [],
    );
  });

  it("nothing is thrown past its owner", () => assert.deepEqual(astray, []));

  it("is what docs/reliability.md says", async () => {
    const text = reliabilityDocument(rowsOf(played), standsFor());
    if (process.env.EASEL_UPDATE_DOCS) await writeFile(file, text);
    assert.equal(await readFile(file, "utf8").catch(() => ""), text);
  });
});

/** For each vendor, the operations that a column stands for besides its own. */
function standsFor(): Map<string, Map<string, readonly string[]>> {
  const byVendor = Map.groupBy(
    columns.filter(({ standsFor: others }) => others.length > 0),
    ({ vendor }) => vendor.id,
  );
  return new Map(
    [...byVendor].map(([id, those]) => [id, new Map(those.map((each) => [nameOf(each), each.standsFor]))]),
  );
}

function rowsOf(played: readonly Played[]): MatrixRow[] {
  const rows = Map.groupBy(played, ({ column, place, fault }) =>
    [column.vendor.id, place, fault.name].join("\n"),
  );
  return [...rows.values()].flatMap((cells) => {
    const [first] = cells;
    if (!first) return [];
    const { column, place, fault } = first;
    const texts = cells.map(({ column: of, cell }) => [nameOf(of), cellText(cell)] as const);
    return [{ vendor: column.vendor.id, place, fault: fault.name, cells: new Map(texts) }];
  });
}
