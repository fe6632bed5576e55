import {beforeAll, describe, expect, it} from 'vitest';
import {Clock, dayAfter, daysFrom, isZone, loadTemporal, minutesOf} from './clock';

beforeAll(loadTemporal);

const halifax = () => new Clock('America/Halifax');

describe('the clock of the event', () => {
  it('shows an instant as its wall time, and finds it again', () => {
    const minute = minutesOf('2025-09-12T12:30:00Z');
    expect(halifax().wall(minute)).toEqual({day: '2025-09-12', time: '09:30', offset: '-03:00'});
    expect(halifax().instants('2025-09-12', '09:30')).toEqual([minute]);
    expect(halifax().apiTime(minute)).toBe('2025-09-12T09:30');
  });
  it('knows no time that the clock skips', () => {
    expect(halifax().instants('2025-03-09', '02:30')).toEqual([]);
    expect(halifax().wall(halifax().instant('2025-03-09', '02:30')).time).toBe('03:30');
  });
  it('knows a time that comes twice, and names each with its offset', () => {
    const clock = halifax();
    const [first, second] = clock.instants('2025-11-02', '01:30');
    expect(second! - first!).toBe(60);
    expect([first!, second!].map((minute) => clock.apiTime(minute))).toEqual(['2025-11-02T01:30:00-03:00', '2025-11-02T01:30:00-04:00']);
    expect(clock.label(second!)).toBe('01:30 (-04:00)');
  });
  it('lets a day last until four in the morning', () => {
    const clock = halifax();
    expect(clock.day(clock.instant('2025-09-13', '03:59'))).toBe('2025-09-12');
    expect(clock.day(clock.instant('2025-09-13', '04:00'))).toBe('2025-09-13');
  });
  it('has 25 hours in the night of autumn, 23 in that of spring', () => {
    for (const [zone, day, hours] of [['Europe/Berlin', '2025-10-25', 25], ['Europe/Berlin', '2025-03-29', 23], ['America/New_York', '2025-11-01', 25]] as const) {
      const clock = new Clock(zone);
      expect((clock.dayStart(dayAfter(day)) - clock.dayStart(day)) / 60).toBe(hours);
    }
  });
  it('keeps the time on the wall from one day to another across a change', () => {
    const clock = halifax();
    const moved = clock.sameTime(clock.instant('2025-11-01', '10:00'), 1);
    expect(clock.apiTime(moved)).toBe('2025-11-02T10:00');
    expect(moved - clock.instant('2025-11-01', '10:00')).toBe(25 * 60);
  });
  it('counts days, but not without end', () => {
    expect(daysFrom('2025-12-30', '2026-01-02')).toEqual(['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']);
    expect(daysFrom('2025-01-01', '2030-01-01', 5)).toHaveLength(5);
  });
  it('tells zones from other words', () => {
    expect(isZone('Asia/Tehran')).toBe(true);
    expect(isZone('Moon/Crater')).toBe(false);
  });
});
