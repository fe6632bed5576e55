import {beforeAll, expect, test} from 'vitest';
import {sentenceOf} from './clash-words';
import {Clock, loadTemporal, minutesOf} from './clock';
import type {Clash} from './model';


beforeAll(loadTemporal);

const clash = (of: Partial<Clash>): Clash => ({
  path: '_schedule/a.md', title: 'A', other: null, otherTitle: '', kind: 'fit', field: '', name: '', from: null, until: null,
  message: 'as the server says it', isError: false, isPending: false, ...of,
});
const said = (of: Partial<Clash>) => sentenceOf(clash(of), new Clock('America/Halifax'), new Map([['ada', 'Ada']]));
const when = {from: minutesOf('2025-09-12T10:00:00-03:00'), until: minutesOf('2025-09-12T10:30:00-03:00')};

test('each kind of clash has a sentence of its own, by the clock of the event', () => {
  expect(said({kind: 'room', name: 'Net Loft', otherTitle: 'Opening', ...when})).toBe('“Opening” is in Net Loft from 10:00 to 10:30.');
  expect(said({kind: 'speaker', name: 'ada', otherTitle: 'Opening', ...when})).toBe('Ada speaks in “Opening” from 10:00 to 10:30.');
  expect(said({kind: 'unavailable', name: 'bob', ...when})).toBe('bob is not available from 10:00 to 10:30.');
});

test('what does not fit the event is told by its field', () => {
  expect(said({field: '/front_matter/slots/1/room', name: 'Hut'})).toBe('The event has no room “Hut”.');
  expect(said({field: '/front_matter/track', name: 'Sea'})).toBe('The event has no track “Sea”.');
  expect(said({field: '/front_matter/speakers/0', name: 'eve'})).toBe('Nobody knows the speaker “eve”.');
  expect(said({field: '/front_matter/start'})).toBe('It begins on a day that is not one of the event.');
  expect(said({field: '/front_matter/end'})).toBe('It is longer than a day.');
});

test('of what cannot be read, and of fields that are new, the server says it', () => {
  expect(said({kind: 'field', field: '/front_matter/start'})).toBeNull();
  expect(said({field: '/front_matter/mood'})).toBeNull();
});
