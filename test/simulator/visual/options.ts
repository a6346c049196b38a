import { invalid, missing, unreadable } from "./codes.ts";
import { type Body, checkFields, type Fields, given, isGiven, isObject, isOn } from "./fields.ts";

/** How a result is wanted (contract volcengine-visual §4.1). */
export type Options = {
  returnUrl: boolean;
  /** The visible label, as sent. */
  logo: Body | undefined;
  /** The hidden label, as sent. */
  meta: Body | undefined;
};

const LOGO: Fields = {
  add_logo: { is: "flag" },
  position: { is: "integer", least: 0, most: 3 },
  language: { is: "integer", least: 0, most: 1 },
  opacity: { is: "number", least: 0, most: 1 },
  logo_text_content: { is: "text" },
};

const META: Fields = {
  content_producer: { is: "text", most: 256 },
  producer_id: { is: "text", most: 256, needed: true },
  content_propagator: { is: "text", most: 256 },
  propagate_id: { is: "text", most: 256 },
};

/** Members of a body, or of what its `req_json` says. Throws a Refusal. */
export function readOptions(body: Body, isVideo: boolean): Options {
  checkFields(body, {
    return_url: { is: "flag" },
    logo_info: { is: "group", fields: LOGO },
    aigc_meta: { is: "group", fields: META },
  });
  const group = (name: string) => {
    const value = given(body, name);
    return isObject(value) ? value : undefined;
  };
  const meta = group("aigc_meta");
  if (isVideo && meta !== undefined && !isGiven(meta, "content_propagator"))
    throw missing("aigc_meta.content_propagator");
  return { returnUrl: isOn(body, "return_url", false), logo: group("logo_info"), meta };
}

/** The options of a query: `req_json` is a text that holds JSON. Throws a Refusal. */
export function readReqJson(body: Body, isVideo: boolean): Options {
  return readOptions(parsedText(body, "req_json"), isVideo);
}

/**
 * Callback mode of a submit, which only some products have (§4.1): the labels are texts that hold JSON.
 * Callbacks are not sent. Throws a Refusal.
 */
export function checkCallback(body: Body, hasCallbacks: boolean): void {
  const url = given(body, "callback_url");
  if (url === undefined) return;
  if (!hasCallbacks) throw invalid("callback_url is not supported");
  if (typeof url !== "string" || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw invalid("callback_url is not a valid url");
  const labels = ["logo_info", "aigc_meta"].filter((name) => isGiven(body, name));
  const read = Object.fromEntries(labels.map((name) => [name, parsedText(body, name)]));
  readOptions({ return_url: body.return_url, ...read }, false);
}

function parsedText(body: Body, field: string): Body {
  const text = body[field];
  if (text === undefined || text === null || text === "") return {};
  if (typeof text !== "string") throw unreadable(`${field} must be a string`);
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw unreadable(`${field} is not the text of a JSON object`);
}
