const { readFileSync, rmSync } = require("node:fs");
const promises = require("node:fs/promises");
const { syncBuiltinESMExports } = require("node:module");

/** What stands in the file that orders a kill, and when it is carried out: by what is written into a job's file. */
const moments = {
  placing: { written: '"placing"', when: "after" },
  beforeLanded: { written: '"landed"', when: "before" },
  landed: { written: '"landed"', when: "after" },
};

/** Kills its own extension host at one exact moment of a job, however busy the machine is; once for an order. */
exports.activate = () => {
  const order = process.env.EASEL_KILL_ORDER;
  const { rename } = promises;
  const ordered = (when, from) => {
    const moment = moments[read(order)];
    return moment?.when === when && read(from).includes(moment.written);
  };
  const kill = () => {
    rmSync(order);
    process.kill(process.pid, "SIGKILL");
  };
  promises.rename = async (from, to) => {
    const isJob = String(to).endsWith("job.json");
    if (isJob && ordered("before", from)) kill();
    const isLast = isJob && ordered("after", from);
    await rename(from, to);
    if (isLast) kill();
  };
  syncBuiltinESMExports();
};

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
