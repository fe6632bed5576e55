// A session as its form has it, and what of the front matter a save changes: no key that is as it was.
import type {Clock} from './clock';
import {type Place, placeOf, samePlace, type Session, type Slot, type Status, usualMinutes} from './model';

export interface SlotDraft {
  id: string;
  isPlanned: boolean;
  day: string;
  time: string;
  which: number; // of a time that comes twice
  minutes: number;
  room: string; // '' for none
}

export interface Draft {
  title: string;
  track: string;
  type: string;
  language: string;
  status: Status;
  speakers: string[];
  slots: SlotDraft[];
}

export function slotDraft(place: Place, id: string, clock: Clock, day: string): SlotDraft {
  const {start, minutes, room} = place;
  if (start === null) return {id, isPlanned: false, day, time: '10:00', which: 0, minutes, room: room ?? ''};
  const wall = clock.wall(start);
  const which = Math.max(0, clock.instants(wall.day, wall.time).indexOf(start));
  return {id, isPlanned: true, day: wall.day, time: wall.time, which, minutes, room: room ?? ''};
}

export function draftOf(session: Session | null, places: Slot[], clock: Clock, day: string, place?: Place): Draft {
  const first = place ?? {start: null, minutes: usualMinutes, room: null};
  return {
    title: session?.title ?? '', track: session?.track ?? '', type: session?.type ?? '', language: session?.language ?? '',
    status: session?.status ?? 'confirmed', speakers: [...(session?.speakers ?? [])],
    slots: session ? places.map((slot) => slotDraft(slot, slot.id, clock, day)) : [slotDraft(first, '', clock, day)],
  };
}

export type SlotFault = 'needed' | 'skipped' | 'too short';

export function faultOf(slot: SlotDraft, clock: Clock): SlotFault | null {
  if (!(slot.minutes >= 1 && slot.minutes <= 10_080)) return 'too short';
  if (!slot.isPlanned) return null;
  if (!slot.day || !slot.time) return 'needed';
  return clock.instants(slot.day, slot.time).length === 0 ? 'skipped' : null;
}

export function placeOfDraft(slot: SlotDraft, clock: Clock): Place {
  const {minutes} = slot, room = slot.room || null;
  if (!slot.isPlanned) return {start: null, minutes, room};
  const all = clock.instants(slot.day, slot.time);
  return {start: all[Math.min(slot.which, all.length - 1)] ?? null, minutes, room};
}

// For a new slot among several: the first letter that none has.
export function freeId(slots: {id: string}[]): string {
  const taken = new Set(slots.map(({id}) => id));
  for (let n = 0; ; ++n) {
    const id = n < 26 ? String.fromCharCode(97 + n) : `s${n}`;
    if (!taken.has(id)) return id;
  }
}

type Fields = Record<string, unknown>;

function timeFields(place: Place, was: Fields, clock: Clock): Fields {
  if (place.start === null) return {start: null, end: null, duration: place.minutes};
  const start = clock.apiTime(place.start);
  const hasLength = 'duration' in was && !('end' in was);
  return hasLength ? {start, duration: place.minutes} : {start, end: clock.apiTime(place.start + place.minutes)};
}

function onlySlot(place: Place, session: Session | null, clock: Clock): Fields {
  const was = session?.fields ?? {};
  const now = session?.slots.length === 1 && !('slots' in was) ? placeOf(session.slots[0]!) : null;
  if (now && samePlace(now, place)) return {};
  const fields: Fields = {};
  if (!now || now.start !== place.start || now.minutes !== place.minutes) Object.assign(fields, timeFields(place, was, clock));
  if (!now || now.room !== place.room) fields['room'] = place.room;
  if ('slots' in was) fields['slots'] = null;
  return fields;
}

// Keys of a slot that the form does not know (uid and the like) stay with its id.
function manySlots(places: [string, Place][], session: Session | null, clock: Clock): Fields {
  const was = session?.fields ?? {};
  const known = new Map((Array.isArray(was['slots']) ? (was['slots'] as Fields[]) : []).map((slot) => [slot['id'], slot]));
  const slots = places.map(([id, place]) => {
    const own = known.get(id) ?? {};
    const {start: _s, end: _e, duration: _d, room: _r, ...rest} = own;
    const times = Object.entries(timeFields(place, own, clock)).filter(([, value]) => value !== null);
    return {...rest, id, ...Object.fromEntries(times), ...(place.room ? {room: place.room} : {})};
  });
  const gone = ['start', 'end', 'duration', 'room'].filter((key) => key in was);
  return {slots, ...Object.fromEntries(gone.map((key) => [key, null]))};
}

function slotFields(draft: Draft, session: Session | null, clock: Clock): Fields {
  const places = draft.slots.map((slot): [string, Place] => [slot.id, placeOfDraft(slot, clock)]);
  if (places.length === 1) return onlySlot(places[0]![1], session, clock);
  const isSame =
    session?.slots.length === places.length &&
    session.slots.every((slot, n) => slot.id === places[n]![0] && samePlace(slot, places[n]![1]));
  return isSame ? {} : manySlots(places, session, clock);
}

// A merge patch: null takes a key out.
export function patchOf(draft: Draft, session: Session | null, clock: Clock): Fields {
  const fields: Fields = {};
  const set = (key: string, value: unknown, was: unknown) => {
    if (JSON.stringify(value) !== JSON.stringify(was)) fields[key] = value;
  };
  set('title', draft.title.trim(), session?.title);
  set('track', draft.track || null, session?.track ?? null);
  set('type', draft.type || null, session?.type ?? null);
  set('language', draft.language.trim() || null, session?.language ?? null);
  set('status', draft.status, session?.status ?? 'confirmed');
  set('speakers', draft.speakers.length ? draft.speakers : null, session?.speakers.length ? session.speakers : null);
  Object.assign(fields, slotFields(draft, session, clock));
  if (session) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
