const { appendFileSync } = require("node:fs");
const { Socket } = require("node:net");

/** Notes every connection that the extension host opens from its start on, one `host:port` a line. */
exports.activate = () => {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (...args) {
    const [first] = args.flat();
    const target = typeof first === "object" && first !== null ? first : { port: first };
    // A path is a socket of this machine's own, whatever port is named beside it.
    if (target.port !== undefined && !target.path)
      appendFileSync(process.env.EASEL_CONNECTIONS, `${target.host ?? "localhost"}:${target.port}\n`);
    return Reflect.apply(connect, this, args);
  };
  appendFileSync(process.env.EASEL_CONNECTIONS, "watching\n");
};
