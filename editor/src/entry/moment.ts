// Dates and times of fields: texts that keep the form in which the file has them.
import type {Temporal as Module} from 'temporal-polyfill';
import {dayPattern, momentPattern} from './fields';

type Temporal = typeof Module;

// The browser's own where it has it.
export async function loadTemporal(): Promise<Temporal> {
  const own = (globalThis as {Temporal?: Temporal}).Temporal;
  return own ?? (await import('temporal-polyfill')).Temporal;
}

export interface Moment {
  day: string; // 2025-09-02
  clock: string; // 10:00, or with seconds; '': a day alone
  joint: string; // what stands between the two
  gap: string; // between the clock and the offset
  offset: string; // +0200, +02:00, Z; '': by the place's own clock
}

export function momentOf(text: string): Moment | null {
  if (dayPattern.test(text)) return {day: text, clock: '', joint: ' ', gap: ' ', offset: ''};
  const found = momentPattern.exec(text);
  if (!found) return null;
  const [, day = '', minutes = '', seconds = '', gap = '', offset = ''] = found;
  return {day, clock: minutes + seconds, joint: text[10]!, gap, offset};
}

export const textOf = ({day, clock, joint, gap, offset}: Moment): string => (clock ? `${day}${joint}${clock}${offset && gap + offset}` : day);

const isoOffset = (offset: string): string => (offset === 'Z' ? '+00:00' : offset.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2'));

// What the clocks of `zone` are ahead of UTC at this day and time, "+02:00"; '' where there is no such zone or day.
export function offsetAt(temporal: Temporal, zone: string, {day, clock}: Moment): string {
  try {
    return temporal.PlainDateTime.from(`${day}T${clock || '00:00'}`).toZonedDateTime(zone).offset;
  } catch {
    return '';
  }
}

const likeBefore = (offset: string, before: string): string => (/^[+-]\d{4}$/.test(before) ? offset.replace(':', '') : offset);

// Another day or time. An offset that was the zone's goes on being it, in summer and in winter.
export function moved(temporal: Temporal | null, zone: string, before: Moment, change: Partial<Pick<Moment, 'day' | 'clock'>>): Moment {
  const after = {...before, ...change};
  if (after.clock && !before.clock) return {...after, joint: ' ', gap: ' ', offset: temporal ? offsetAt(temporal, zone, after).replace(':', '') : ''};
  if (!temporal || !before.offset || before.offset === 'Z') return after;
  if (isoOffset(before.offset) !== offsetAt(temporal, zone, before)) return after;
  return {...after, offset: likeBefore(offsetAt(temporal, zone, after) || isoOffset(before.offset), before.offset)};
}
