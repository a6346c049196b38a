// Evaluated before undici: a bare import keeps its place, whatever sorts the others.
import "./keepGlobals.ts";

import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool, request } from "undici";
import { putBackGlobals } from "./keepGlobals.ts";

putBackGlobals();

export { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool, request };
