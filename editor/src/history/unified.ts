// A unified diff, as the server gives it, as rows to show: what went, what came, and within a line which words.

export interface Part {
  text: string;
  isChanged: boolean;
}
export interface Row {
  kind: 'same' | 'gone' | 'come';
  before: number | null; // the line's number there
  after: number | null;
  parts: Part[];
}
export interface Hunk {
  rows: Row[];
  skipped: number; // lines between this and what is above it, that are alike
}

const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const longest = 2_000; // letters of a line whose words are compared

export function hunksOf(diff: string): Hunk[] {
  const hunks: Hunk[] = [];
  let before = 0, after = 0, end = 1;
  for (const line of diff.split('\n')) {
    const at = header.exec(line);
    if (at) {
      // A side without lines names the line above its place.
      before = Number(at[1]) + (at[2] === '0' ? 1 : 0);
      after = Number(at[3]) + (at[4] === '0' ? 1 : 0);
      hunks.push({rows: [], skipped: Math.max(0, after - end)});
      continue;
    }
    const rows = hunks.at(-1)?.rows;
    if (!rows) continue;
    const text = line.slice(1).replace(/\r$/, '');
    const parts = [{text, isChanged: false}];
    if (line.startsWith('-')) rows.push({kind: 'gone', before: before++, after: null, parts});
    else if (line.startsWith('+')) rows.push({kind: 'come', before: null, after: after++, parts});
    else if (line.startsWith(' ')) rows.push({kind: 'same', before: before++, after: after++, parts});
    end = after;
  }
  for (const hunk of hunks) markWords(hunk.rows);
  return hunks;
}

// Lines that went are set against those that came in their place, one by one.
function markWords(rows: Row[]) {
  for (let n = 0; n < rows.length; ) {
    if (rows[n]!.kind !== 'gone') {
      ++n;
      continue;
    }
    const gone = rows.slice(n).findIndex((row) => row.kind !== 'gone');
    const first = gone < 0 ? rows.length : n + gone;
    for (let k = 0; n + k < first && rows[first + k]?.kind === 'come'; ++k) {
      const [old, fresh] = [rows[n + k]!, rows[first + k]!];
      [old.parts, fresh.parts] = wordsBetween(old.parts[0]!.text, fresh.parts[0]!.text);
    }
    n = first;
  }
}

const tokens = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];

// Both lines in parts, of which those are changed that the other does not have.
export function wordsBetween(old: string, fresh: string): [Part[], Part[]] {
  if (old.length > longest || fresh.length > longest) return [[{text: old, isChanged: true}], [{text: fresh, isChanged: true}]];
  const a = tokens(old), b = tokens(fresh);
  const common = lengths(a, b);
  const left: Part[] = [], right: Part[] = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(left, a[i++]!, false);
      add(right, b[j++]!, false);
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      add(left, a[i++]!, true);
    } else {
      add(right, b[j++]!, true);
    }
  }
  return [left, right];
}

// Of the longest common sequence of what is left from i and j on.
function lengths(a: string[], b: string[]): Uint16Array[] {
  const table = Array.from({length: a.length + 1}, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}

function add(parts: Part[], text: string, isChanged: boolean) {
  const last = parts.at(-1);
  if (last && last.isChanged === isChanged) last.text += text;
  else parts.push({text, isChanged});
}
