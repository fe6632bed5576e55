// Moves that are not saved yet: what they are, undone and done again, brought onto what others have saved, and as the API takes them.
import type {Clock} from './clock';
import {type Place, placeOf, samePlace, type Slot} from './model';

export interface Move {
  place: Place; // where it shall be
  base: Place; // where it was when it was first moved
}
export type Moves = ReadonlyMap<string, Move>; // by the slot's key
export const movesMost = 200; // of one save

export const noMoves: Moves = new Map();

// A slot that is back where it was is not moved any more.
export function withPlaces(moves: Moves, places: Iterable<[string, Place]>, slots: ReadonlyMap<string, Slot>): Moves {
  const next = new Map(moves);
  for (const [key, place] of places) {
    const slot = slots.get(key);
    if (!slot || slot.isLocked) continue;
    const base = next.get(key)?.base ?? placeOf(slot);
    if (samePlace(base, place)) next.delete(key);
    else next.set(key, {place: placeOf(place), base});
  }
  return next;
}

interface Step {
  what: string;
  moves: Moves; // as they were before
}

// Undo and redo. Each change is said with what it was, for who undoes it to hear.
export class Steps {
  readonly #past: Step[] = [];
  readonly #future: Step[] = [];

  get canUndo() {
    return this.#past.length > 0;
  }
  get canRedo() {
    return this.#future.length > 0;
  }
  did(what: string, before: Moves) {
    this.#past.push({what, moves: before});
    this.#future.length = 0;
  }
  undo(now: Moves): Step | null {
    return Steps.#step(this.#past, this.#future, now);
  }
  redo(now: Moves): Step | null {
    return Steps.#step(this.#future, this.#past, now);
  }
  forget() {
    this.#past.length = 0;
    this.#future.length = 0;
  }
  static #step(from: Step[], to: Step[], now: Moves): Step | null {
    const step = from.pop();
    if (!step) return null;
    to.push({what: step.what, moves: now});
    return step;
  }
}

export interface Conflict {
  key: string;
  mine: Place;
  theirs: Place | null; // null: it is gone
}

// Whom somebody else has moved meanwhile, elsewhere than here.
export function conflictsOf(moves: Moves, slots: ReadonlyMap<string, Slot>): Conflict[] {
  const found: Conflict[] = [];
  for (const [key, {place, base}] of moves) {
    const slot = slots.get(key);
    if (!slot) found.push({key, mine: place, theirs: null});
    else if (!samePlace(slot, base) && !samePlace(slot, place)) found.push({key, mine: place, theirs: placeOf(slot)});
  }
  return found;
}

// Without those that others have already put where they are to be.
export function settled(moves: Moves, slots: ReadonlyMap<string, Slot>): Moves {
  const left = [...moves].filter(([key, {place}]) => !slots.has(key) || !samePlace(slots.get(key)!, place));
  return left.length === moves.size ? moves : new Map(left);
}

// Of what was sent and is saved now nothing is left; what was moved once more since is a move from there.
export function withoutSent(moves: Moves, sent: Moves, slots: ReadonlyMap<string, Slot>): Moves {
  const left = [...moves].filter(([key, {place}]) => !sent.has(key) || !samePlace(sent.get(key)!.place, place));
  return new Map(left.map(([key, move]) => [key, sent.has(key) && slots.has(key) ? {place: move.place, base: placeOf(slots.get(key)!)} : move]));
}

// Mine stays: it is a move from where the other has put it. Theirs: it is not moved any more.
export function decided(moves: Moves, key: string, take: 'mine' | 'theirs', slots: ReadonlyMap<string, Slot>): Moves {
  const next = new Map(moves);
  const slot = slots.get(key), move = moves.get(key);
  if (take === 'mine' && slot && move) next.set(key, {place: move.place, base: placeOf(slot)});
  else next.delete(key);
  return next;
}

export interface ApiMove {
  session: string;
  slot?: string;
  if_match: string;
  start?: string | null;
  minutes?: number;
  room?: string | null;
}

// Names what differs from where it is, and no more; so a session keeps the form that its file has.
export function apiMove(slot: Slot, place: Place, clock: Clock): ApiMove {
  const move: ApiMove = {session: slot.session.path, if_match: slot.session.blob};
  if (slot.id) move.slot = slot.id;
  if (place.start !== slot.start) move.start = place.start === null ? null : clock.apiTime(place.start);
  const isPlanned = place.start !== null;
  if (isPlanned && (place.minutes !== slot.minutes || slot.start === null)) move.minutes = place.minutes;
  if (place.room !== slot.room) move.room = place.room;
  return move;
}

export function bodyOf(moves: Moves, slots: ReadonlyMap<string, Slot>, clock: Clock): ApiMove[] {
  return [...moves].flatMap(([key, {place}]) => (slots.has(key) ? [apiMove(slots.get(key)!, place, clock)] : []));
}

// Two change places: each begins where the other began, and stays as long as it was.
export function swapped(a: Slot, b: Slot): [string, Place][] {
  return [
    [a.key, {start: b.start, room: b.room, minutes: a.minutes}],
    [b.key, {start: a.start, room: a.room, minutes: b.minutes}],
  ];
}

// All of these later by so many minutes that pass; what is not scheduled stays.
export function shifted(slots: Slot[], minutes: number): [string, Place][] {
  return slots.filter(({start}) => start !== null).map((slot) => [slot.key, {...placeOf(slot), start: slot.start! + minutes}]);
}

// With whom a moved session shares the time, and a room or a speaker: who else is to be shown in the colour of a clash.
export function rivalsOf(slot: Slot, all: Slot[]): Slot[] {
  const {start} = slot;
  if (start === null || slot.session.status === 'cancelled') return [];
  return all.filter((other) => {
    const isApart = other.start === null || other.start >= start + slot.minutes || start >= other.start + other.minutes;
    if (isApart || other.key === slot.key || other.session.status === 'cancelled') return false;
    return (slot.room !== null && slot.room === other.room) || other.session.speakers.some((one) => slot.session.speakers.includes(one));
  });
}
