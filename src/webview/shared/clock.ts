/** Seconds as minutes and seconds: `0:04.2` with one decimal, `0:04` with none. */
export function clock(seconds: number, decimals = 1): string {
  const rounded = Number(seconds.toFixed(decimals));
  const rest = (rounded % 60).toFixed(decimals);
  return `${Math.floor(rounded / 60)}:${rest.padStart(decimals === 0 ? 2 : 3 + decimals, "0")}`;
}
