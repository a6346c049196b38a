import { chooseRoute, isMissingRoute } from "./errors.ts";

/**
 * Tries routes in their order until one is there. Only a gateway that has no such route leads to the next: whatever it accepted, or
 * refused for another reason, is not sent again. With several tried, the last one's error names the setting that chooses.
 */
export async function firstRoute<Route, T>(
  routes: readonly Route[],
  run: (route: Route) => Promise<T>,
): Promise<T> {
  for (const [index, route] of routes.entries()) {
    try {
      return await run(route);
    } catch (error) {
      if (!isMissingRoute(error)) throw error;
      if (index === routes.length - 1) throw chooseRoute(error);
    }
  }
  throw new TypeError("no route to try");
}
