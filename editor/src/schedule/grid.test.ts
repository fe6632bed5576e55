import {beforeAll, describe, expect, it} from 'vitest';
import {Clock, loadTemporal} from './clock';
import {minuteHeight, scrollBy, shownHours, snapped, ticksOf} from './grid';

beforeAll(loadTemporal);

describe('the grid', () => {
  it('snaps to the step', () => {
    expect([snapped(7, 5), snapped(8, 5), snapped(22, 15), snapped(-8, 15), snapped(46, 30)]).toEqual([5, 10, 15, -15, 60]);
  });
  it('makes an hour higher the finer the step, and lower where it is condensed', () => {
    expect(minuteHeight(5, false)).toBeGreaterThan(minuteHeight(15, false));
    expect(minuteHeight(15, true)).toBeLessThan(minuteHeight(15, false));
  });
  it('shows eight to eight, and more where something is', () => {
    const clock = new Clock('America/Halifax');
    const time = (text: string) => clock.instant('2025-09-12', text);
    const times = (spans: {start: number; end: number}[]) => {
      const {start, end} = shownHours(clock, '2025-09-12', spans);
      return [clock.wall(start).time, clock.wall(end).time];
    };
    expect(times([])).toEqual(['08:00', '20:00']);
    expect(times([{start: time('07:20'), end: time('07:50')}, {start: time('21:00'), end: time('22:10')}])).toEqual(['07:00', '23:00']);
  });
  it('has a line for each hour that there is, also where the clock changes', () => {
    const clock = new Clock('Europe/Berlin');
    const hours = (day: string) => ticksOf(clock, shownHours(clock, day, [], true), 30).map(({minute}) => clock.label(minute));
    expect(hours('2025-10-25')).toHaveLength(25);
    expect(hours('2025-10-25').slice(-4)).toEqual(['01:00', '02:00 (+02:00)', '02:00 (+01:00)', '03:00']);
    expect(hours('2025-03-29').slice(-3)).toEqual(['00:00', '01:00', '03:00']);
  });
  it('scrolls near the edges alone, and faster the nearer', () => {
    expect(scrollBy(300, 0, 600)).toBe(0);
    expect(scrollBy(40, 0, 600)).toBeLessThan(0);
    expect(scrollBy(599, 0, 600)).toBeGreaterThan(scrollBy(560, 0, 600));
    expect(scrollBy(5000, 0, 600)).toBe(18);
  });
});
