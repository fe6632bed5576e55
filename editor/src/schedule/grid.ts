// The grid's measures: how high a minute is, where sessions snap to, which hours are shown.
import {type Clock, dayAfter} from './clock';
import type {Span} from './lanes';

export type Step = 5 | 15 | 30;
export const steps: Step[] = [5, 15, 30];
const heights: Record<Step, number> = {5: 3.2, 15: 1.7, 30: 1};

export const minuteHeight = (step: Step, isCondensed: boolean): number => heights[step] * (isCondensed ? 0.6 : 1);

export const snapped = (minutes: number, step: number): number => Math.round(minutes / step) * step;

// The hours of a day that are shown: from eight to eight at least, and all that anything takes.
export function shownHours(clock: Clock, day: string, spans: Span[], isWhole = false): Span {
  const first = clock.dayStart(day), last = clock.dayStart(dayAfter(day));
  if (isWhole) return {start: first, end: last};
  const down = (minute: number) => first + Math.floor((minute - first) / 60) * 60;
  const up = (minute: number) => first + Math.ceil((minute - first) / 60) * 60;
  const start = Math.min(clock.instant(day, '08:00'), ...spans.map((span) => down(span.start)));
  const end = Math.max(clock.instant(day, '20:00'), ...spans.map((span) => up(span.end)));
  return {start: Math.max(first, start), end: Math.max(start + 60, Math.min(last, end))};
}

export interface Tick {
  minute: number;
  isHour: boolean;
}

export function ticksOf(clock: Clock, {start, end}: Span, step: Step): Tick[] {
  const every = step === 30 ? 60 : step === 15 ? 30 : 15;
  const ticks: Tick[] = [];
  for (let minute = start; minute < end; minute += every) ticks.push({minute, isHour: clock.wall(minute).time.endsWith(':00')});
  return ticks;
}

// How far to scroll in a frame, for a pointer at `at` between two edges.
export function scrollBy(at: number, low: number, high: number, edge = 48, most = 18): number {
  if (at < low + edge) return -Math.min(most, Math.ceil((low + edge - at) / 3));
  if (at > high - edge) return Math.min(most, Math.ceil((at - high + edge) / 3));
  return 0;
}
