import {describe, expect, it} from 'vitest';
import {knownZone, momentOf, wallTime, withOffset} from './zones';

describe('a wall time in a zone', () => {
  it('is a moment to the second', () => {
    expect(momentOf('2026-11-22T09:30:15', 'Europe/Berlin')?.toISOString()).toBe('2026-11-22T08:30:15.000Z');
    expect(momentOf('2026-07-01T00:00', 'America/New_York')?.toISOString()).toBe('2026-07-01T04:00:00.000Z');
    expect(momentOf('2026-07-01T00:00', 'Asia/Kolkata')?.toISOString()).toBe('2026-06-30T18:30:00.000Z');
  });
  it('is none where clocks are set forward, and the first of two where they are set back', () => {
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toBeNull();
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(momentOf('', 'UTC')).toBeNull();
  });
  it('comes back as it was', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Tehran', 'UTC']) {
      expect(wallTime(momentOf('2026-05-06T07:08:09', zone)!, zone)).toBe('2026-05-06T07:08:09');
    }
  });
  it('has an offset in front matter', () => {
    expect(withOffset(new Date('2026-11-22T08:30:15Z'), 'Europe/Berlin')).toBe('2026-11-22 09:30:15 +0100');
    expect(withOffset(new Date('2026-11-22T08:30:15Z'), 'America/New_York')).toBe('2026-11-22 03:30:15 -0500');
    expect(withOffset(new Date('2026-11-22T08:30:15.900Z'), 'UTC')).toBe('2026-11-22 08:30:15 +0000');
  });
  it('is of a zone that there is', () => {
    expect(knownZone('Europe/Berlin')).toBe('Europe/Berlin');
    expect(knownZone('Nowhere/Land')).toBeNull();
    expect(knownZone(undefined)).toBeNull();
  });
});
