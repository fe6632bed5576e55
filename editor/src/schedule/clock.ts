// The event's clock. Inside the editor a time is a number: minutes since 1970 began, in UTC. What people read and the API takes are the
// event's wall times; where the clock is set forward or back, an hour is not there or comes twice, and is named as the API names it.
import type {Temporal as TemporalApi} from 'temporal-polyfill';
import {figures} from '../i18n/language.svelte';

type Api = typeof TemporalApi;
let temporal: Api;

// The browser's own, else a polyfill that is loaded only then. To be awaited before a Clock is made.
export async function loadTemporal(): Promise<void> {
  temporal ??= (globalThis as {Temporal?: Api}).Temporal ?? (await import('temporal-polyfill')).Temporal;
}

export interface Wall {
  day: string; // 2020-10-12, of the calendar
  time: string; // 09:30
  offset: string; // -04:00
}

// As attendees count, a day lasts until four in the morning.
export const dayBeginsAt = '04:00';
export const minutesOf = (instant: string): number => Math.round(Date.parse(instant) / 60_000);

export function dayAfter(day: string, days = 1): string {
  return temporal.PlainDate.from(day).add({days}).toString();
}

// Both included; `most` of them.
export function daysFrom(first: string, last: string, most = 60): string[] {
  const days = [first];
  while (days.at(-1)! < last && days.length < most) days.push(dayAfter(days.at(-1)!));
  return days;
}

export const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', {timeZone: name}));
  } catch {
    return false;
  }
};

export class Clock {
  readonly #walls = new Map<number, Wall>(); // what is asked is asked again with each drawing
  readonly #twice = new Map<number, boolean>();

  constructor(readonly zone: string) {}

  wall(minute: number): Wall {
    const known = this.#walls.get(minute);
    if (known) return known;
    const at = temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(this.zone);
    const wall = {day: at.toPlainDate().toString(), time: at.toPlainTime().toString().slice(0, 5), offset: at.offset};
    this.#walls.set(minute, wall);
    return wall;
  }

  // When it is that time on that day: once, never, or twice.
  instants(day: string, time: string): number[] {
    const wanted = temporal.PlainDateTime.from(`${day}T${time}`);
    const both = (['earlier', 'later'] as const).map((disambiguation) => {
      const found = wanted.toZonedDateTime(this.zone, {disambiguation});
      return found.toPlainDateTime().equals(wanted) ? Math.round(found.epochMilliseconds / 60_000) : null;
    });
    return [...new Set(both.filter((minute) => minute !== null))];
  }

  // The first of two, and the next that there is where the clock skips it.
  instant(day: string, time: string): number {
    const found = temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(this.zone, {disambiguation: 'compatible'});
    return Math.round(found.epochMilliseconds / 60_000);
  }

  dayStart(day: string): number {
    return this.instant(day, dayBeginsAt);
  }

  // The attendees' day.
  day(minute: number): string {
    const {day, time} = this.wall(minute);
    return time < dayBeginsAt ? dayAfter(day, -1) : day;
  }

  // The same time by the clock, so many days later.
  sameTime(minute: number, days: number): number {
    const {day, time} = this.wall(minute);
    return this.instant(dayAfter(day, days), time);
  }

  isTwice(minute: number): boolean {
    const known = this.#twice.get(minute);
    if (known !== undefined) return known;
    const {day, time} = this.wall(minute);
    const is = this.instants(day, time).length > 1;
    this.#twice.set(minute, is);
    return is;
  }

  // As the API takes it: with the offset only where the time alone would mean two.
  apiTime(minute: number): string {
    const {day, time, offset} = this.wall(minute);
    return `${day}T${time}${this.isTwice(minute) ? `:00${offset}` : ''}`;
  }

  // For people: "01:30 (-04:00)" where 01:30 comes twice.
  label(minute: number): string {
    const {time, offset} = this.wall(minute);
    return figures(this.isTwice(minute) ? `${time} (${offset})` : time);
  }
}
