// The schedule as the editor has it, out of what the API answers.
import type {components} from '$schema';
import {minutesOf} from './clock';

export type Entry = components['schemas']['EntryShown'];
export type ScheduleClash = components['schemas']['ScheduleClash'];
export type Status = 'confirmed' | 'tentative' | 'cancelled';
export const statuses: Status[] = ['confirmed', 'tentative', 'cancelled'];

// Where and when: what a move changes.
export interface Place {
  start: number | null; // minutes; null: not scheduled
  minutes: number;
  room: string | null;
}

export interface Slot extends Place {
  key: string;
  id: string; // '' where it is the only one
  session: Session;
  isLocked: boolean; // one of several without an id: the API cannot name it
}

export interface Session {
  path: string;
  name: string;
  blob: string;
  title: string;
  track: string | null;
  type: string | null;
  speakers: string[];
  status: Status;
  language: string | null;
  fields: Record<string, unknown>;
  slots: Slot[];
}

export interface Named {
  name: string;
  color: string | null;
  minutes: number | null; // of a type
  capacity: number | null; // of a room
}

export interface EventFacts {
  title: string;
  zone: string;
  start: string | null;
  end: string | null;
  rooms: Named[];
  tracks: Named[];
  types: Named[];
  etag: string;
}

export interface Person {
  slug: string; // as sessions name them
  name: string;
  path: string;
  blob: string;
}

export interface Clash {
  path: string; // of the session
  title: string;
  other: string | null; // the path of the other session
  otherTitle: string;
  kind: ScheduleClash['kind'];
  field: string; // to blame: its pointer
  name: string; // of the room or track, the speaker's slug; '' of nothing of the kind
  from: number | null; // when both are
  until: number | null;
  message: string; // the server's
  isError: boolean;
  isPending: boolean; // of a move that is not saved
}

export const usualMinutes = 30;

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
const count = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);

function namedOf(list: unknown): Named[] {
  if (!Array.isArray(list)) return [];
  const found = new Map<string, Named>();
  for (const item of list as unknown[]) {
    const fields = (typeof item === 'object' && item !== null ? item : {name: item}) as Record<string, unknown>;
    const name = text(fields['name']);
    if (!name || found.has(name)) continue;
    found.set(name, {name, color: colorOf(fields['color']), minutes: count(fields['minutes']), capacity: count(fields['capacity'])});
  }
  return [...found.values()];
}

// '#aa0000' of what is a colour in one of the two forms that the schedule takes.
export function colorOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)) return null;
  const digits = value.slice(1).toLowerCase();
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}

export function eventOf(data: Record<string, unknown>, etag: string): EventFacts {
  return {
    title: text(data['title']) ?? '', zone: text(data['time_zone']) ?? 'UTC', etag,
    start: text(data['start'])?.slice(0, 10) ?? null, end: text(data['end'])?.slice(0, 10) ?? null,
    rooms: namedOf(data['rooms']), tracks: namedOf(data['tracks']), types: namedOf(data['types']),
  };
}

function statusOf(value: unknown): Status {
  if (value === 'canceled') return 'cancelled';
  return statuses.find((status) => status === value) ?? 'confirmed';
}

export function sessionOf(entry: Entry, types: Named[]): Session {
  const fields = (entry.front_matter ?? {}) as Record<string, unknown>;
  const session: Session = {
    path: entry.path!, name: entry.name!, blob: entry.blob!, title: text(fields['title']) ?? entry.name!,
    track: text(fields['track']), type: text(fields['type']), language: text(fields['language']),
    speakers: Array.isArray(fields['speakers']) ? fields['speakers'].filter((one): one is string => typeof one === 'string') : [],
    status: statusOf(fields['status']), fields, slots: [],
  };
  const usual = count(fields['duration']) ?? types.find(({name}) => name === session.type)?.minutes ?? usualMinutes;
  const all = entry.slots ?? [];
  session.slots = all.map((slot, n) => ({
    key: `${session.path}#${slot.id ?? n}`, id: slot.id ?? '', session, isLocked: all.length > 1 && !slot.id,
    start: slot.start_utc ? minutesOf(slot.start_utc) : null, minutes: slot.minutes ?? usual, room: slot.room,
  }));
  return session;
}

export interface Choice {
  value: string;
  label: string;
}

// For a field: what stands for none or all of them, then each name once.
export function choicesOf(first: string, own: Named[], used: (string | null)[] = []): Choice[] {
  const names = new Set([...own.map(({name}) => name), ...used.filter((name) => name)]);
  return [{value: '', label: first}, ...[...names].map((name) => ({value: name!, label: name!}))];
}

export const samePlace = (a: Place, b: Place): boolean => a.start === b.start && a.minutes === b.minutes && a.room === b.room;
export const placeOf = ({start, minutes, room}: Place): Place => ({start, minutes, room});

export const isBreak = ({type, speakers}: Session): boolean =>
  speakers.length === 0 && /^(break|lunch|pause|coffee|tea|dinner)/i.test(type ?? '');

export function clashOf(clash: ScheduleClash, isPending = false): Clash {
  const {session, other, kind, pointer, name, from, until, severity, message} = clash;
  return {
    path: session.path, title: session.title, other: other?.path ?? null, otherTitle: other?.title ?? '', kind, field: pointer,
    name: name ?? '', from: from ? minutesOf(from) : null, until: until ? minutesOf(until) : null,
    message, isError: severity === 'error', isPending,
  };
}
