/** What is good to know about a request as it was sent; words in `text/warnings.ts`. */
export type GatewayWarning = "noTimes" | "optionDropped" | "promptIgnored";
