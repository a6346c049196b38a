/** Next steps that tasks can call for; `text/errors.ts` has the words. */
export type GatewayTaskStep = "taskUnknown" | "foreignTask";
