// A navigation, and what was done to it as a JSON Patch (RFC 6902): of a file by hand, what is not touched keeps its bytes.

export interface Link {
  title: string;
  url: string;
  [other: string]: unknown;
}

// A row on the screen, and where it was in the file.
export interface Row {
  id: number;
  was: number | null; // null: new
  link: Link;
}

export interface List {
  name: string; // "main"; "": the file is one list
  rows: Row[];
}

export type Operation =
  | {op: 'replace' | 'add'; path: string; value: unknown}
  | {op: 'remove'; path: string}
  | {op: 'move'; from: string; path: string};

const isLink = (value: unknown): value is Link =>
  typeof value === 'object' && value !== null && typeof (value as Link).title === 'string' && typeof (value as Link).url === 'string';

// Null: this is no navigation as the screen knows it.
export function listsOf(data: unknown): List[] | null {
  const entries: [string, unknown][] = Array.isArray(data) ? [['', data]] : Object.entries((data ?? {}) as object);
  const lists: List[] = [];
  for (const [name, value] of entries) {
    if (!Array.isArray(value) || !value.every(isLink)) return null;
    lists.push({name, rows: value.map((link, was) => ({id: was, was, link: {...link}}))});
  }
  return lists.length ? lists : null;
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

// From the list as it was to the rows as they are: removals from the end, then moves and additions from the front, then texts.
function operationsOf(root: string, before: Link[], rows: Row[]): Operation[] {
  const operations: Operation[] = [];
  const order = before.map((_, index) => index as number | null);
  for (let index = before.length - 1; index >= 0; --index) {
    if (rows.some((row) => row.was === index)) continue;
    operations.push({op: 'remove', path: `${root}/${index}`});
    order.splice(index, 1);
  }
  rows.forEach((row, index) => {
    const path = `${root}/${index}`;
    if (row.was === null) {
      operations.push({op: 'add', path, value: row.link});
      order.splice(index, 0, null);
      return;
    }
    const at = order.indexOf(row.was);
    if (at !== index) {
      operations.push({op: 'move', from: `${root}/${at}`, path});
      order.splice(index, 0, ...order.splice(at, 1));
    }
  });
  rows.forEach((row, index) => {
    if (row.was === null) return;
    const old = before[row.was]!;
    for (const name of ['title', 'url'] as const) {
      if (row.link[name] !== old[name]) operations.push({op: 'replace', path: `${root}/${index}/${name}`, value: row.link[name]});
    }
  });
  return operations;
}

export function patchOf(data: unknown, lists: List[]): Operation[] {
  return lists.flatMap(({name, rows}) => {
    const before = (name === '' ? data : (data as Record<string, Link[]>)[name]) as Link[];
    return operationsOf(name === '' ? '' : `/${escaped(name)}`, before, rows);
  });
}
