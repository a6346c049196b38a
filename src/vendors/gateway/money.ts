/** Free of the noise of binary fractions: prices have at most three decimals. */
export function rounded(amount: number): number {
  return Math.round(amount * 1000) / 1000;
}
