import {Temporal} from 'temporal-polyfill';
import {describe, expect, it} from 'vitest';
import {momentOf, moved, offsetAt, textOf} from './moment';

const zone = 'Europe/Berlin';
const after = (text: string, change: {day?: string; clock?: string}) => textOf(moved(Temporal, zone, momentOf(text)!, change));

describe('a date', () => {
  it('keeps its form', () => {
    for (const text of ['2025-09-02', '2025-09-02 10:00:00 +0200', '2025-09-02T10:00', '2025-09-02T10:00:30Z', '2025-09-02 10:00 +02:00']) {
      expect(textOf(momentOf(text)!)).toBe(text);
    }
    expect(momentOf('soon')).toBeNull();
  });
  it('of the zone goes with its clocks, in summer and in winter', () => {
    expect(after('2025-07-02 10:00:00 +0200', {day: '2025-12-02'})).toBe('2025-12-02 10:00:00 +0100');
    expect(after('2025-12-02 10:00 +01:00', {day: '2025-07-02'})).toBe('2025-07-02 10:00 +02:00');
  });
  it('of another offset keeps that', () => {
    expect(after('2025-07-02 10:00:00 +0000', {day: '2025-12-02'})).toBe('2025-12-02 10:00:00 +0000');
    expect(after('2025-07-02T10:00:00Z', {clock: '11:30'})).toBe('2025-07-02T11:30Z');
  });
  it('by the clock of its place has none', () => {
    expect(after('2025-09-12T10:00', {clock: '10:05'})).toBe('2025-09-12T10:05');
  });
  it('gets a time in the zone', () => {
    expect(after('2025-09-12', {clock: '10:05'})).toBe('2025-09-12 10:05 +0200');
    expect(after('2025-09-12 10:05 +0200', {clock: ''})).toBe('2025-09-12');
  });
  it('has no offset in a zone that there is not', () => {
    expect(offsetAt(Temporal, 'Nowhere/Town', momentOf('2025-09-12')!)).toBe('');
  });
});
