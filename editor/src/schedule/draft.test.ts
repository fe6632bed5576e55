import {beforeAll, describe, expect, it} from 'vitest';
import {Clock, loadTemporal} from './clock';
import {draftOf, faultOf, freeId, patchOf, placeOfDraft} from './draft';
import {type Entry, type Session, sessionOf} from './model';

beforeAll(loadTemporal);
const clock = new Clock('America/Halifax');
const day = '2025-09-12';

function session(fields: object, slots: [string | null, string, number, string | null][]): Session {
  return sessionOf({path: '_schedule/a.md', name: 'a', blob: 'b', front_matter: fields,
    slots: slots.map(([id, start_utc, minutes, room]) => ({id, start_utc, minutes, room}))} as unknown as Entry, []);
}
const plain = () => session({title: 'A', start: '2025-09-12T09:30', end: '2025-09-12T10:00', room: 'Main', status: 'confirmed'}, [[null, '2025-09-12T12:30:00Z', 30, 'Main']]);

describe('the form of a session', () => {
  it('changes nothing where nothing was changed', () => {
    for (const one of [plain(), session({title: 'B', slots: []}, [['a', '2025-09-12T12:30:00Z', 30, 'Main'], ['b', '2025-09-12T13:30:00Z', 30, null]])]) {
      expect(patchOf(draftOf(one, one.slots, clock, day), one, clock)).toEqual({});
    }
  });
  it('writes a time as the file has it: with its end, or with its length', () => {
    const one = plain();
    const draft = draftOf(one, one.slots, clock, day);
    draft.slots[0]!.time = '11:00';
    expect(patchOf(draft, one, clock)).toEqual({start: '2025-09-12T11:00', end: '2025-09-12T11:30'});
    const long = session({title: 'C', start: 'x', duration: 45}, [[null, '2025-09-12T12:30:00Z', 45, null]]);
    const other = draftOf(long, long.slots, clock, day);
    other.slots[0]!.minutes = 60;
    expect(patchOf(other, long, clock)).toEqual({start: '2025-09-12T09:30', duration: 60});
  });
  it('takes what is unsaid out, and leaves it out of a new one', () => {
    const one = session({title: 'A', track: 'T', speakers: ['ada']}, [[null, '2025-09-12T12:30:00Z', 30, null]]);
    const draft = {...draftOf(one, one.slots, clock, day), track: '', speakers: []};
    expect(patchOf(draft, one, clock)).toEqual({track: null, speakers: null});
    const fresh = draftOf(null, [], clock, day, {start: clock.instant(day, '10:00'), minutes: 45, room: 'Side'});
    expect(patchOf({...fresh, title: ' New '}, null, clock)).toEqual({title: 'New', start: '2025-09-12T10:00', end: '2025-09-12T10:45', room: 'Side'});
  });
  it('makes several slots of one, and one of several, and keeps what it does not know', () => {
    const one = plain();
    const draft = draftOf(one, one.slots, clock, day);
    draft.slots[0]!.id = 'a';
    draft.slots.push({...draft.slots[0]!, id: freeId(draft.slots), day: '2025-09-13'});
    expect(patchOf(draft, one, clock)).toMatchObject({start: null, end: null, room: null,
      slots: [{id: 'a', start: '2025-09-12T09:30', room: 'Main'}, {id: 'b', start: '2025-09-13T09:30'}]});
    const many = session({title: 'M', slots: [{id: 'a', uid: 'u1', start: 'x', room: 'Main'}, {id: 'b', start: 'y'}]}, [['a', '2025-09-12T12:30:00Z', 30, 'Main'], ['b', '2025-09-12T13:30:00Z', 30, null]]);
    const moved = draftOf(many, many.slots, clock, day);
    moved.slots[1]!.room = 'Side';
    expect((patchOf(moved, many, clock)['slots'] as object[])[0]).toMatchObject({id: 'a', uid: 'u1'});
    moved.slots.pop();
    expect(patchOf(moved, many, clock)).toMatchObject({slots: null, start: '2025-09-12T09:30'});
  });
  it('refuses a time that the clock skips, and takes the second of two', () => {
    const one = plain();
    const slot = draftOf(one, one.slots, clock, day).slots[0]!;
    expect(faultOf({...slot, day: '2025-03-09', time: '02:30'}, clock)).toBe('skipped');
    expect(faultOf({...slot, minutes: 0}, clock)).toBe('too short');
    const twice = {...slot, day: '2025-11-02', time: '01:30'};
    expect(placeOfDraft({...twice, which: 1}, clock).start! - placeOfDraft(twice, clock).start!).toBe(60);
  });
});
