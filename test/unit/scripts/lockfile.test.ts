import assert from "node:assert/strict";
import { type Lockfile, missingPlatforms } from "../../../scripts/checks/lockfile.ts";

const lock: Lockfile = {
  packages: {
    "": {},
    "node_modules/tool": {
      version: "1.0.0",
      dev: true,
      optionalDependencies: {
        "@tool/linux-x64-musl": "1.0.0",
        "@tool/darwin-arm64": "1.0.0",
        "tool-any": "2.0.0",
      },
    },
    "node_modules/@tool/darwin-arm64": { version: "1.0.0" },
    "node_modules/tool/node_modules/tool-any": { version: "2.0.0" },
  },
};

describe("check of the lock file", () => {
  it("finds what other platforms would install, with their platform", () => {
    assert.deepEqual(missingPlatforms(lock), {
      "node_modules/@tool/linux-x64-musl": {
        version: "1.0.0",
        os: ["linux"],
        cpu: ["x64"],
        libc: ["musl"],
        dev: true,
        optional: true,
      },
    });
  });
});
