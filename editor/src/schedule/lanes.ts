// Sessions of one room that are at once stand side by side.

export interface Span {
  start: number;
  end: number;
}
export interface Lane {
  lane: number; // from 0
  lanes: number; // of those that touch one another, directly or by others
}

// Of each, in the order given. Each takes the first lane that is free when it begins.
export function lanesOf(spans: Span[]): Lane[] {
  const order = spans.map((_, n) => n).sort((a, b) => spans[a]!.start - spans[b]!.start || spans[b]!.end - spans[a]!.end || a - b);
  const found: Lane[] = spans.map(() => ({lane: 0, lanes: 1}));
  let cluster: number[] = [], ends: number[] = [], until = -Infinity;
  const close = () => {
    for (const n of cluster) found[n]!.lanes = ends.length;
    cluster = [];
    ends = [];
  };
  for (const n of order) {
    const {start, end} = spans[n]!;
    if (start >= until) close();
    let lane = ends.findIndex((taken) => taken <= start);
    if (lane < 0) lane = ends.length;
    ends[lane] = Math.max(end, start + 1);
    found[n]!.lane = lane;
    cluster.push(n);
    until = Math.max(...ends);
  }
  close();
  return found;
}
