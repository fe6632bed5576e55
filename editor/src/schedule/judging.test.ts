import {describe, expect, it, vi} from 'vitest';
import {Problem} from '../api/problem';

vi.mock('../api/client', () => ({api: {}, take: () => Promise.reject(new Error('no call is made here'))}));
const {clashesOfRefusal} = await import('./judging');

describe('clashes of moves', () => {
  it('are those of a refusal, where the site refuses clashes', () => {
    const clash = {
      kind: 'room', severity: 'error', message: 'taken', pointer: '/front_matter/room', name: 'Hall',
      session: {path: '_schedule/a.md', title: 'A'}, other: {path: '_schedule/b.md', title: 'B'},
      from: '2025-09-12T10:00:00-03:00', until: '2025-09-12T10:30:00-03:00',
    };
    const problem = new Problem(422, {detail: 'x', clashes: [clash]});
    expect(clashesOfRefusal(problem, [], new Map())).toEqual([{
      path: '_schedule/a.md', title: 'A', other: '_schedule/b.md', otherTitle: 'B', kind: 'room', field: '/front_matter/room', name: 'Hall',
      from: Date.UTC(2025, 8, 12, 13) / 60_000, until: Date.UTC(2025, 8, 12, 13, 30) / 60_000, message: 'taken', isError: true, isPending: true,
    }]);
  });
  it('name the move whose time cannot be', () => {
    const problem = new Problem(422, {detail: 'does not exist', move: 1});
    const moves = [{session: 'a', if_match: '*'}, {session: 'b', if_match: '*'}];
    expect(clashesOfRefusal(problem, moves, new Map([['b', 'B']]))).toMatchObject([{path: 'b', title: 'B', kind: 'field', message: 'does not exist'}]);
  });
  it('are none of what is refused for something else', () => {
    expect(clashesOfRefusal(new Problem(422, {detail: 'x'}), [], new Map())).toEqual([]);
  });
});
