import {beforeAll, describe, expect, it} from 'vitest';
import {Clock, loadTemporal} from './clock';
import {colorOf, type Entry, eventOf, placeOf, sessionOf, type Slot} from './model';
import {apiMove, bodyOf, conflictsOf, decided, noMoves, rivalsOf, settled, shifted, Steps, swapped, withoutSent, withPlaces} from './moves';

beforeAll(loadTemporal);

const at = (text: string) => Date.parse(`2025-09-12T${text}:00-03:00`) / 60_000;
function slot(name: string, start: number | null, room: string | null, more: Partial<Slot> & {speakers?: string[]} = {}): Slot {
  const entry = {path: `_schedule/${name}.md`, name, blob: `${name}-blob`, front_matter: {title: name, speakers: more.speakers ?? []}, slots: []} as Entry;
  const session = sessionOf(entry, []);
  return {key: `${session.path}#0`, id: '', session, isLocked: false, start, minutes: 30, room, ...more};
}
const mapOf = (...slots: Slot[]) => new Map(slots.map((one) => [one.key, one]));

describe('moves', () => {
  const a = slot('a', at('10:00'), 'Main'), b = slot('b', at('11:00'), 'Side');
  const slots = mapOf(a, b);

  it('are gone when a session is back where it was', () => {
    const away = withPlaces(noMoves, [[a.key, {start: at('12:00'), minutes: 30, room: 'Main'}]], slots);
    expect(away.size).toBe(1);
    expect(withPlaces(away, [[a.key, placeOf(a)]], slots).size).toBe(0);
  });
  it('leave alone what the API cannot name', () => {
    const locked = slot('c', at('10:00'), 'Main', {isLocked: true});
    expect(withPlaces(noMoves, [[locked.key, {start: null, minutes: 30, room: null}]], mapOf(locked)).size).toBe(0);
  });
  it('are undone one by one, and done again', () => {
    const steps = new Steps();
    const one = withPlaces(noMoves, [[a.key, {...placeOf(a), room: 'Side'}]], slots);
    steps.did('first', noMoves);
    const two = withPlaces(one, [[b.key, {...placeOf(b), start: null}]], slots);
    steps.did('second', one);
    const back = steps.undo(two)!;
    expect([back.what, back.moves]).toEqual(['second', one]);
    expect(steps.undo(one)!.moves).toBe(noMoves);
    expect(steps.undo(noMoves)).toBeNull();
    expect(steps.redo(noMoves)!.moves).toBe(one);
    steps.did('third', one);
    expect(steps.canRedo).toBe(false);
  });
  it('say to the API what differs, and nothing else', () => {
    const clock = new Clock('America/Halifax');
    expect(apiMove(a, {start: at('10:05'), minutes: 30, room: 'Main'}, clock)).toEqual({session: '_schedule/a.md', if_match: 'a-blob', start: '2025-09-12T10:05'});
    expect(apiMove(a, {start: null, minutes: 30, room: 'Main'}, clock)).toMatchObject({start: null});
    expect(apiMove(slot('c', null, null), {start: at('10:00'), minutes: 45, room: 'Main'}, clock)).toMatchObject({start: '2025-09-12T10:00', minutes: 45, room: 'Main'});
    expect(apiMove({...a, id: 'x'}, {...placeOf(a), minutes: 60}, clock)).toEqual({session: '_schedule/a.md', slot: 'x', if_match: 'a-blob', minutes: 60});
  });
  it('name the second of two hours with its offset', () => {
    const clock = new Clock('America/Halifax');
    const second = clock.instants('2025-11-02', '01:30')[1]!;
    expect(apiMove(a, {start: second, minutes: 30, room: 'Main'}, clock).start).toBe('2025-11-02T01:30:00-04:00');
  });
  it('swap two, each as long as it was', () => {
    const long = {...b, minutes: 60};
    const moves = withPlaces(noMoves, swapped(a, long), mapOf(a, long));
    expect(moves.get(a.key)!.place).toEqual({start: at('11:00'), minutes: 30, room: 'Side'});
    expect(moves.get(b.key)!.place).toEqual({start: at('10:00'), minutes: 60, room: 'Main'});
    expect(bodyOf(moves, mapOf(a, long), new Clock('America/Halifax'))).toHaveLength(2);
  });
  it('shift what is scheduled', () => {
    expect(shifted([a, slot('c', null, null)], 15)).toEqual([[a.key, {start: at('10:15'), minutes: 30, room: 'Main'}]]);
  });
});

describe('what is moved while a save is under way', () => {
  it('stays, and begins where the save has put it', () => {
    const a = slot('a', at('10:00'), 'Main'), b = slot('b', at('10:00'), 'Side'), c = slot('c', at('10:00'), 'Hall');
    const slots = mapOf(a, b, c);
    const put = (one: Slot, time: string): [string, ReturnType<typeof placeOf>] => [one.key, {...placeOf(one), start: at(time)}];
    const sent = withPlaces(noMoves, [put(a, '11:00'), put(b, '11:00')], slots);
    const now = withPlaces(sent, [put(b, '12:00'), put(c, '13:00')], slots);
    const left = withoutSent(now, sent, mapOf({...a, start: at('11:00')}, {...b, start: at('11:00')}, c));
    expect([...left].map(([key, {place, base}]) => [key, place.start, base.start])).toEqual([[b.key, at('12:00'), at('11:00')], [c.key, at('13:00'), at('10:00')]]);
  });
});

describe('what others have saved meanwhile', () => {
  const a = slot('a', at('10:00'), 'Main');
  const moves = withPlaces(noMoves, [[a.key, {start: at('12:00'), minutes: 30, room: 'Main'}]], mapOf(a));

  it('is no conflict where they have changed something else', () => {
    const renamed = {...a, session: {...a.session, title: 'Another', blob: 'newer'}};
    expect(conflictsOf(moves, mapOf(renamed))).toEqual([]);
    expect(bodyOf(moves, mapOf(renamed), new Clock('America/Halifax'))[0]!.if_match).toBe('newer');
  });
  it('is one where they have moved it elsewhere, and each side can be taken', () => {
    const theirs = mapOf({...a, start: at('14:00')});
    expect(conflictsOf(moves, theirs)).toMatchObject([{key: a.key, theirs: {start: at('14:00')}}]);
    const mine = decided(moves, a.key, 'mine', theirs);
    expect(conflictsOf(mine, theirs)).toEqual([]);
    expect(mine.get(a.key)!.place.start).toBe(at('12:00'));
    expect(decided(moves, a.key, 'theirs', theirs).size).toBe(0);
  });
  it('is none where they have put it to the same place, which is then done', () => {
    const same = mapOf({...a, start: at('12:00')});
    expect(conflictsOf(moves, same)).toEqual([]);
    expect(settled(moves, same).size).toBe(0);
  });
  it('is told where the session is gone', () => {
    expect(conflictsOf(moves, new Map())).toMatchObject([{theirs: null}]);
  });
});

describe('rivals', () => {
  it('share time, and a room or a speaker', () => {
    const a = slot('a', at('10:00'), 'Main', {speakers: ['ada']});
    const inRoom = slot('b', at('10:15'), 'Main'), after = slot('c', at('10:30'), 'Main'), speaks = slot('d', at('09:45'), 'Side', {speakers: ['ada']});
    expect(rivalsOf(a, [a, inRoom, after, speaks]).map(({session}) => session.name)).toEqual(['b', 'd']);
  });
});

describe('the model', () => {
  it('reads names and colours in each of their forms', () => {
    const event = eventOf({title: 'X', time_zone: 'Asia/Tehran', start: '2025-09-12', rooms: ['Main', {name: 7, capacity: 20}, 'Main'], tracks: [{name: 'T', color: '#A0b'}]}, '"e"');
    expect(event.rooms.map(({name}) => name)).toEqual(['Main', '7']);
    expect(event.tracks[0]!.color).toBe('#aa00bb');
    expect([colorOf('red'), colorOf('#12345')]).toEqual([null, null]);
  });
  it('takes the length of what is not scheduled from the session, else from its type', () => {
    const entry = (fields: object) => ({path: 'p', name: 'n', blob: 'b', front_matter: fields, slots: [{id: null, start_utc: null, minutes: null, room: null}]}) as unknown as Entry;
    const types = [{name: 'talk', minutes: 45, color: null, capacity: null}];
    expect(sessionOf(entry({duration: 20, type: 'talk'}), types).slots[0]!.minutes).toBe(20);
    expect(sessionOf(entry({type: 'talk'}), types).slots[0]!.minutes).toBe(45);
    expect(sessionOf(entry({}), types).slots[0]!.minutes).toBe(30);
  });
});
