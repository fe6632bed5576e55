import {describe, expect, it} from 'vitest';
import {lanesOf} from './lanes';

describe('lanes', () => {
  it('are one where nothing overlaps, also where one begins as another ends', () => {
    expect(lanesOf([{start: 60, end: 90}, {start: 0, end: 60}])).toEqual([{lane: 0, lanes: 1}, {lane: 0, lanes: 1}]);
  });
  it('are two where two overlap, and a third takes the one that is free again', () => {
    expect(lanesOf([{start: 0, end: 60}, {start: 30, end: 120}, {start: 60, end: 90}]))
      .toEqual([{lane: 0, lanes: 2}, {lane: 1, lanes: 2}, {lane: 0, lanes: 2}]);
  });
  it('are counted for each group by itself', () => {
    expect(lanesOf([{start: 0, end: 10}, {start: 0, end: 10}, {start: 0, end: 10}, {start: 20, end: 30}]).map(({lanes}) => lanes))
      .toEqual([3, 3, 3, 1]);
  });
  it('never let two that overlap share one', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const spans = Array.from({length: 200}, () => ({start: Math.floor(random() * 500), end: 0})).map((span) => ({...span, end: span.start + 1 + Math.floor(random() * 60)}));
    const lanes = lanesOf(spans);
    spans.forEach((a, n) => spans.forEach((b, m) => {
      if (n < m && a.start < b.end && b.start < a.end) {
        expect(lanes[n]!.lane).not.toBe(lanes[m]!.lane);
        expect(lanes[n]!.lanes).toBe(lanes[m]!.lanes);
      }
    }));
    expect(lanes.every(({lane, lanes: all}) => lane < all)).toBe(true);
  });
});
