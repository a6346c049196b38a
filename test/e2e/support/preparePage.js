// Runs in a webview's page before its own script, and is called with the theme and the state: gives it what the editor puts into a webview.
window.easelPrepare = ({ theme, state }) => {
  let kept = state;
  window.easelViolations = [];
  window.easelState = () => kept;
  const complain = (text) => window.easelViolations.push(String(text));
  document.addEventListener("securitypolicyviolation", (event) =>
    complain(`${event.violatedDirective} ${event.blockedURI}`),
  );
  window.addEventListener("error", (event) => complain(event.message));
  window.addEventListener("unhandledrejection", (event) => complain(event.reason));
  window.easelDress = ({ variables, bodyClass }) => {
    document.documentElement.removeAttribute("style");
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(name, value);
    }
    document.body.className = bodyClass;
  };
  document.addEventListener("DOMContentLoaded", () => window.easelDress(theme));
  /** What leads out of the page here carries no bytes. */
  const withText = (message) => {
    const { bytes } = message.params ?? {};
    if (!(bytes instanceof ArrayBuffer)) return message;
    const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
    return { ...message, params: { ...message.params, bytes: btoa(text) } };
  };
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.easelToHost(withText(structuredClone(message))),
    getState: () => kept,
    setState: (next) => {
      kept = structuredClone(next);
    },
  });
};
