import { asUrl } from "../encode.ts";
import { slug } from "../naming.ts";
import { linkName, type MarkupLanguage, type Media } from "./types.ts";

/** A value inside a declaration, a background inside a rule, and outside of any rule a rule with the file's name as its class. */
export const css: MarkupLanguage = {
  encode: asUrl,
  write(media, form) {
    const value = `url("${asUrl(media.link)}")`;
    // Style sheets can show pictures only; for anything else the address is all they can use.
    if (media.kind !== "image" || form === "value" || form === "inline") return value;
    const declaration = `background-image: ${value};`;
    return form === "rule" ? `.${className(media)} {\n  ${declaration}\n}` : declaration;
  },
};

function className(media: Media): string {
  const name = slug(linkName(media.link), { fallback: media.kind });
  return /^\p{L}/u.test(name) ? name : `${media.kind}-${name}`;
}
