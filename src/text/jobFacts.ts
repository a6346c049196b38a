import { l10n } from "vscode";
import type { Model } from "../model/catalog.ts";
import type { Job, Spend } from "../model/job.ts";
import type { Usage } from "../vendors/contract.ts";
import { usageText } from "./cost.ts";
import { failureText } from "./errors.ts";
import { stateText, vendorName } from "./jobs.ts";
import { operationText } from "./operations.ts";
import { labelled } from "./sentences.ts";

type Line = readonly [label: string, value: string | undefined];

/**
 * A job as its vendor knows it, one fact a line, to be read or handed to the vendor's support: ids, model, address, calls, errors.
 * Never the prompt, a file name or a link.
 */
export function jobFactsText(job: Job, model: Model | undefined, taskId: string | undefined): string {
  const head: Line[] = [
    [l10n.t("Vendor"), vendorName(job)],
    [l10n.t("Address"), URL.canParse(job.baseUrl) ? new URL(job.baseUrl).host : undefined],
    [l10n.t("Model"), model ? `${model.name} (${job.request.model})` : job.request.model],
    [l10n.t("Endpoint"), job.modelOverride],
    [l10n.t("Operation"), operationText(job.request.operation).label],
    [l10n.t("State"), stateText(job.state)],
    [l10n.t("Asked"), time(job.created)],
    [l10n.t("Task id"), taskId],
    [l10n.t("Easel’s job id"), job.id],
    [l10n.t("Used"), job.usage && usageText(job.usage as Usage)],
  ];
  const calls = job.spends.map(
    ({ step, at, outcome }): Line => [
      l10n.t("Billable call"),
      `${step} · ${time(at)} · ${callText(outcome)}`,
    ],
  );
  const results = job.assets.map(
    ({ index, type, facts }): Line => [
      l10n.t("Result {0}", index + 1),
      [type, facts.model, fact(l10n.t("Request id"), facts.requestId), fact(l10n.t("Seed"), facts.seed)]
        .filter(Boolean)
        .join(" · "),
    ],
  );
  const failures = job.failures.flatMap(({ index, error }): Line[] => {
    const { title, facts } = failureText(error, { vendor: vendorName(job) });
    const label = index === undefined ? l10n.t("Failure") : l10n.t("Failure of result {0}", index + 1);
    return [[label, title], [l10n.t("Message"), error.vendorMessage], ...facts.map(asLine)];
  });
  return [head, calls, results, failures]
    .map((lines) => lines.flatMap(([label, value]) => (value ? [labelled(label, value)] : [])))
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function asLine({ label, value }: { label: string; value: string }): Line {
  return [label, value];
}

function fact(label: string, value: string | number | undefined): string {
  return value === undefined ? "" : `${label} ${value}`;
}

/** UTC to the second: what a vendor's support can find in its own log, wherever it sits. */
function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

function callText(outcome: Spend["outcome"]): string {
  const texts: Record<Spend["outcome"], () => string> = {
    open: () => l10n.t("no answer yet"),
    accepted: () => l10n.t("accepted"),
    refused: () => l10n.t("refused"),
    unknown: () => l10n.t("no clear answer"),
  };
  return texts[outcome]();
}
