import {expect, it} from 'vitest';
import type {Session, Slot} from './model';
import {sorted} from './sorting';

const slot = (title: string, start: number | null, room: string | null, speakers: string[] = []) =>
  ({key: title, start, room, minutes: 30, session: {title, speakers, status: 'confirmed'} as unknown as Session}) as Slot;
const all = [slot('b', 20, 'Room 10', ['z']), slot('c', null, null), slot('a', 10, 'Room 9')];
const titles = (slots: Slot[]) => slots.map(({session}) => session.title).join('');

it('sorts the list of sessions, with what is not said at its end', () => {
  const names = new Map([['z', 'Zoe']]);
  expect(titles(sorted(all, 'time', false, names))).toBe('abc');
  expect(titles(sorted(all, 'time', true, names))).toBe('bac');
  expect(titles(sorted(all, 'title', true, names))).toBe('cba');
  expect(titles(sorted(all, 'room', false, names))).toBe('abc');
  expect(titles(sorted(all, 'speakers', false, names)).startsWith('b')).toBe(true);
});
