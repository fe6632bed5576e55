import {describe, expect, it, vi} from 'vitest';
import {Problem} from '../api/problem';

vi.mock('../api/client', () => ({api: {}, take: () => Promise.reject(new Error('no call is made here'))}));
const {changesOf, usersOf} = await import('./names');

const was = {name: 'Main', capacity: 40, color: '#aa0000', minutes: 30};

describe('rooms, tracks and types', () => {
  it('change by what is another, each kind in what it has', () => {
    expect(changesOf(was, {name: ' Main ', number: '40', color: '#000000'}, 'rooms')).toEqual({});
    expect(changesOf(was, {name: 'Hall', number: '', color: ''}, 'rooms')).toEqual({name: 'Hall', capacity: null});
    expect(changesOf(was, {name: 'Main', number: '9', color: '#00aa00'}, 'tracks')).toEqual({color: '#00aa00'});
    expect(changesOf(was, {name: '', number: '45', color: ''}, 'types')).toEqual({minutes: 45});
  });
  it('are not deleted while sessions name them, and it is said which', () => {
    const inUse = new Problem(409, {type: '/docs/errors#in-use', entries: [{path: '_schedule/a.md'}, {path: '_schedule/b.md'}]});
    expect(usersOf(inUse)).toEqual(['_schedule/a.md', '_schedule/b.md']);
    expect(usersOf(new Problem(409, {type: '/docs/errors#conflict'}))).toBeNull();
  });
});
