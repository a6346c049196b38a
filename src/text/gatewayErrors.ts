import { l10n } from "vscode";
import type { GatewayNextStep } from "../vendors/gateway/error-rules.ts";

/** What to do next about the errors of an AI gateway. */
export const gatewayNextTexts: Readonly<Record<GatewayNextStep, () => string>> = {
  gatewayBaseRoute: () =>
    l10n.t(
      "Check the address in the setting {0}: it ends in /v1. If it is right, ask whoever runs the gateway for this route.",
      "easel.gateway.baseUrl",
    ),
  gatewayNativeRoute: () =>
    l10n.t(
      "Ask whoever runs the gateway for this route, or enter the address that has it in the setting {0}.",
      "easel.gateway.nativeUrl",
    ),
  gatewayRoutes: () =>
    l10n.t(
      "Choose another route in the setting {0}, or ask whoever runs the gateway for this one.",
      "easel.gateway.routes",
    ),
  gatewayConsumer: () =>
    l10n.t(
      "Ask whoever runs the gateway to let this key use the route; it may also be kept in another place, see the setting {0}.",
      "easel.gateway.keyLocation",
    ),
  gatewayQuota: () =>
    l10n.t("The gateway’s quota for this key is used up. Ask whoever runs the gateway for more."),
  gatewayDown: () =>
    l10n.t(
      "The gateway cannot reach the model’s service. Try again in a little while, or ask whoever runs it.",
    ),
  gatewayModelName: () =>
    l10n.t(
      "Enter the model’s name as your gateway knows it in the setting {0}, or in the request.",
      "easel.gateway.models",
    ),
  gatewayProviderKey: () =>
    l10n.t(
      "Your own key was accepted. The key that the gateway keeps for the model’s service was not: tell whoever runs the gateway.",
    ),
  gatewayModelPath: () =>
    l10n.t(
      "The model belongs to another route of the service. Choose another model, or another name for it.",
    ),
  hmacSignature: () =>
    l10n.t(
      "The gateway computed another signature. Check the secret key; a proxy in between may also change requests.",
    ),
  jwtKey: () =>
    l10n.t(
      "The signing key cannot be used. Set it again as a JSON Web Key with its private part, or as a private key in PEM form.",
    ),
  nothingHeard: () =>
    l10n.t("Nothing was said in it, or nothing was understood. Listening is billed all the same."),
  taskUnknown: () =>
    l10n.t(
      "The vendor no longer has this task: it keeps them for a day. What was made cannot be fetched. Behind a gateway, another account may have been asked.",
    ),
  foreignTask: () =>
    l10n.t(
      "The task that was found is another one, with another prompt. Look in the vendor’s console whether yours was made.",
    ),
};
