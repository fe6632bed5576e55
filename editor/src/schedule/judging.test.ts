import {describe, expect, it, vi} from 'vitest';
import {Problem} from '../api/problem';

vi.mock('../api/client', () => ({api: {}, take: () => Promise.reject(new Error('no call is made here'))}));
const {clashesOfRefusal, kindOf, otherOf} = await import('./judging');

describe('clashes of moves', () => {
  it('are told apart by what the server says', () => {
    const room = "the room 'Net Loft' is taken by 'Opening' (_schedule/opening.md) from 10:00 to 10:15; move one of the two";
    expect([kindOf(room), otherOf(room)]).toEqual(['room', '_schedule/opening.md']);
    expect(kindOf("the speaker 'ada' speaks in 'Opening' (_schedule/opening.md) from 10:00 to 10:15")).toBe('speaker');
    expect(kindOf("the speaker 'ada' is not available then")).toBe('unavailable');
    expect([kindOf('2025-10-12 is not a day of the event'), otherOf('2025-10-12 is not a day of the event')]).toEqual(['fit', null]);
  });
  it('are those of a refusal, where the site refuses clashes', () => {
    const problem = new Problem(422, {detail: 'x', entries: [{path: '_schedule/a.md', errors: [{pointer: '/room', detail: 'taken'}, {detail: 'busy'}]}]});
    expect(clashesOfRefusal(problem, [], new Map([['_schedule/a.md', 'A']])).map(({title, message, isError}) => [title, message, isError]))
      .toEqual([['A', 'taken', true], ['A', 'busy', true]]);
  });
  it('name the move whose time cannot be', () => {
    const problem = new Problem(422, {detail: 'does not exist', move: 1});
    const moves = [{session: 'a', if_match: '*'}, {session: 'b', if_match: '*'}];
    expect(clashesOfRefusal(problem, moves, new Map())).toMatchObject([{path: 'b', message: 'does not exist'}]);
  });
});
