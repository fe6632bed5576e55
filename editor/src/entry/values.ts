// Values of fields, as JSON has them: compared, patched, merged. Nothing here changes what it is given.

export type Value = null | boolean | number | string | Value[] | {[key: string]: Value};
export type Fields = Record<string, Value>;

export const isMap = (value: Value | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, n) => same(item, b[n]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

// RFC 7396: what makes `after` of `before`; null: they are alike. What is not named keeps its bytes, so only what differs is.
export function patchOf(before: Fields, after: Fields): Fields | null {
  const patch: Fields = {};
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (key in before && same(old, value)) continue;
    patch[key] = isMap(old) && isMap(value) && !hasNil(value) ? patchOf(old, value)! : value;
  }
  return Object.keys(patch).length ? patch : null;
}

const hasNil = (map: Fields): boolean => Object.values(map).some((value) => value === null || (isMap(value) && hasNil(value)));

// The same fields, one of them another; undefined: it goes. The order of keys stays.
export function withField(fields: Fields, key: string, value: Value | undefined): Fields {
  const next: Fields = {};
  for (const [name, old] of Object.entries(fields)) {
    if (name !== key) next[name] = old;
    else if (value !== undefined) next[name] = value;
  }
  if (!(key in fields) && value !== undefined) next[key] = value;
  return next;
}

// '/front_matter/a~1b/0' as its steps.
export const stepsOf = (pointer: string): string[] =>
  pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
export const stepOf = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

export function valueAt(value: Value | undefined, steps: string[]): Value | undefined {
  for (const step of steps) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isMap(value)) value = value[step];
    else return undefined;
  }
  return value;
}

// `steps` lead through maps; those that are not there are made.
export function withValueAt(fields: Fields, steps: string[], value: Value | undefined): Fields {
  const [key, ...rest] = steps;
  if (key === undefined) return fields;
  const inner = fields[key];
  return withField(fields, key, rest.length ? withValueAt(isMap(inner) ? inner : {}, rest, value) : value);
}

// The names of the fields of the first level that differ, in the order of `after`.
export function differing(before: Fields, after: Fields): string[] {
  const keys = [...Object.keys(after), ...Object.keys(before).filter((key) => !(key in after))];
  return keys.filter((key) => !(key in before && key in after) || !same(before[key], after[key]));
}

// What a value is in a line of text, for who compares.
export function shown(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}
