// The version that follows another: "0.3" after "0.2", "1" after nothing.
export function nextVersion(last: string | undefined): string {
  if (!last) return '0.1';
  const found = /^(.*?)(\d+)(\D*)$/.exec(last);
  return found ? `${found[1]}${BigInt(found[2]!) + 1n}` : `${last}.1`;
}
