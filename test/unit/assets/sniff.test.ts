import assert from "node:assert/strict";
import { sniff } from "../../../src/assets/sniff.ts";

function type(text: string): string | undefined {
  return sniff(Buffer.from(text, "latin1"))?.type;
}

describe("sniff", () => {
  it("tells ISO media by their brands", () => {
    const ftyp = (major: string, ...others: string[]) =>
      type(`\0\0\0${String.fromCharCode(16 + others.length * 4)}ftyp${major}\0\0\0\0${others.join("")}`);
    assert.equal(ftyp("isom", "mp41"), "video/mp4");
    assert.equal(ftyp("qt  "), "video/quicktime");
    assert.equal(ftyp("M4A ", "mp42"), "audio/mp4");
    assert.equal(ftyp("mif1", "heic"), "image/heic");
    assert.equal(ftyp("mif1", "avif"), "image/avif");
    assert.equal(ftyp("mif1", "miaf"), "image/heif");
    assert.equal(ftyp("isom", "mif1"), "video/mp4");
  });

  it("takes SVG only by its root element", () => {
    assert.equal(type("<svg/>"), "image/svg+xml");
    assert.equal(
      type('\n<?xml version="1.0"?>\n<!-- <html> --><!DOCTYPE svg>\n<svg xmlns="x">'),
      "image/svg+xml",
    );
    for (const text of ["<html><svg/>", "<svgx>", "<!-- <svg> ", "text <svg>"]) {
      assert.equal(type(text), undefined, text);
    }
  });

  it("tells bare audio frames from other bytes that begin with 0xFF", () => {
    assert.equal(type("\xff\xfb\x90\x64"), "audio/mpeg");
    assert.equal(type("\xff\xf1\x50\x80"), "audio/aac");
    for (const text of ["\xff\xfe<\0", "\xff\xff\xff\xff", "\xff\xfb\xf0\0", "\xff\xfb\x9c\0"]) {
      assert.equal(type(text), undefined);
    }
  });

  it("needs no more than it is given", () => {
    for (const text of ["", "R", "RIFF", "\0\0\0\x10ftyp", "BM", "\xff"]) type(text);
  });
});
