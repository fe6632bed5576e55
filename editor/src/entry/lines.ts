// Two edits of one text, merged by lines, for who looks at them side by side. (What is saved is merged by the server.)

export interface Region {
  from: 'base' | 'mine' | 'theirs' | 'both' | 'conflict'; // who has changed it
  base: string;
  mine: string;
  theirs: string;
}

// With their ends: "a\r\n", "b".
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const most = 4_000_000; // steps of a comparison; beyond it what is between the common ends counts as changed

interface Hunk {
  begin: number; // of the base
  end: number;
  text: string[];
}

// What `after` has in place of which lines of `before` (longest common subsequence, the common ends aside).
function hunksOf(before: string[], after: string[]): Hunk[] {
  let head = 0, tail = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) ++head;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) ++tail;
  const a = before.slice(head, before.length - tail), b = after.slice(head, after.length - tail);
  if (!a.length && !b.length) return [];
  if (a.length * b.length > most) return [{begin: head, end: head + a.length, text: b}];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) {
      lengths[i * width + j] = a[i] === b[j]
        ? lengths[(i + 1) * width + j + 1]! + 1
        : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const hunks: Hunk[] = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      ++i, ++j;
      continue;
    }
    const hunk: Hunk = {begin: head + i, end: head + i, text: []};
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) break;
      const isAdded = j < b.length && (i === a.length || lengths[i * width + j + 1]! >= lengths[(i + 1) * width + j]!);
      if (isAdded) hunk.text.push(b[j++]!);
      else hunk.end = head + ++i;
    }
    hunks.push(hunk);
  }
  return hunks;
}

// A side's text in place of lines [begin, end) of the base; `hunks` are those within.
function pieceOf(base: string[], hunks: Hunk[], begin: number, end: number): string {
  let text = '', at = begin;
  for (const hunk of hunks) {
    text += base.slice(at, hunk.begin).join('') + hunk.text.join('');
    at = hunk.end;
  }
  return text + base.slice(at, end).join('');
}

// diff3: changes that touch one another belong together.
export function mergeLines(base: string, mine: string, theirs: string): Region[] {
  const lines = linesOf(base);
  const left = hunksOf(lines, linesOf(mine)), right = hunksOf(lines, linesOf(theirs));
  const regions: Region[] = [];
  const common = (from: number, to: number) => {
    const text = lines.slice(from, to).join('');
    if (text) regions.push({from: 'base', base: text, mine: text, theirs: text});
  };
  let at = 0;
  while (left.length || right.length) {
    const begin = Math.min(left[0]?.begin ?? Infinity, right[0]?.begin ?? Infinity);
    let end = begin;
    const taken: {mine: Hunk[]; theirs: Hunk[]} = {mine: [], theirs: []};
    for (let grows = true; grows; ) {
      grows = false;
      for (const [hunks, own] of [[left, taken.mine], [right, taken.theirs]] as const) {
        while (hunks[0] && hunks[0].begin <= end) {
          const hunk = hunks.shift()!;
          own.push(hunk);
          end = Math.max(end, hunk.end);
          grows = true;
        }
      }
    }
    common(at, begin);
    const region = {
      base: lines.slice(begin, end).join(''),
      mine: pieceOf(lines, taken.mine, begin, end),
      theirs: pieceOf(lines, taken.theirs, begin, end),
    };
    const from = !taken.theirs.length ? 'mine' : !taken.mine.length ? 'theirs' : region.mine === region.theirs ? 'both' : 'conflict';
    regions.push({from, ...region});
    at = end;
  }
  common(at, lines.length);
  return regions;
}

// The text that comes of it; `choose` decides conflicts.
export function joinRegions(regions: Region[], choose: (conflict: Region, n: number) => string): string {
  let n = 0;
  return regions.map((region) => {
    if (region.from === 'conflict') return choose(region, n++);
    return region.from === 'theirs' ? region.theirs : region.mine;
  }).join('');
}
