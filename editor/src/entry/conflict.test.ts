import {describe, expect, it} from 'vitest';
import {Problem} from '../api/problem';
import type {Version} from './calls';
import {cameIn, conflictOf, isMergeConflict, rebased, resolved, worded} from './conflict';

const version = (fields: Version['fields'], body: string): Version => ({
  blob: 'x', path: '_posts/a.md', url: null, problems: [], isWhole: false, isText: true, title: 'A', fields, body,
});
const base = version({title: 'A', tags: ['a']}, 'one\ntwo\nthree\n');
const mine = {fields: {title: 'B', tags: ['a', 'b']}, body: 'ONE\ntwo\nthree\n'};
const theirs = version({title: 'C', tags: ['a']}, 'eins\ntwo\nthree\nfour\n');
const problem = new Problem(409, {
  type: '/docs/errors#merge-conflict',
  proposal: {
    front_matter: {title: 'C', tags: ['a', 'b']},
    conflicts: [
      {path: '', pointer: '/front_matter/title', base: 'A', ours: 'C', theirs: 'B'},
      {path: '', pointer: '/body', base: 'one\n', ours: 'eins\n', theirs: 'ONE\n'},
    ],
  },
});

describe('a conflict', () => {
  const conflict = conflictOf(problem, base, mine, theirs);
  it('is of fields, and of lines of the text', () => {
    expect(isMergeConflict(problem)).toBe(true);
    expect(conflict.clashes.map(({id, before, mine: own, theirs: other}) => [id, before, own, other])).toEqual([
      ['/front_matter/title', 'A', 'B', 'C'],
      ['/body#0', 'one\n', 'ONE\n', 'eins\n'],
    ]);
  });
  it('is decided by sides, and loses nothing that both could have', () => {
    expect(resolved(conflict, {'/front_matter/title': 'mine', '/body#0': 'mine'})).toEqual({
      fields: {title: 'B', tags: ['a', 'b']}, body: 'ONE\ntwo\nthree\nfour\n',
    });
    expect(resolved(conflict, {})).toEqual({fields: {title: 'C', tags: ['a', 'b']}, body: 'eins\ntwo\nthree\nfour\n'});
  });
  it('is decided by words of one\'s own', () => {
    const after = resolved(conflict, {'/front_matter/title': {text: 'B and C'}, '/body#0': {text: 'ONE\neins\n'}});
    expect(after).toEqual({fields: {title: 'B and C', tags: ['a', 'b']}, body: 'ONE\neins\ntwo\nthree\nfour\n'});
  });
});

it('own words are of the kind that the field has', () => {
  expect(worded('3', 1)).toBe(3);
  expect(worded('x', 1)).toBe('x');
  expect(worded('a, b', ['a'])).toEqual(['a', 'b']);
  expect(worded('true', false)).toBe(true);
  expect(worded('{"a": 1}', {a: 2})).toEqual({a: 1});
});

it('what came in is told apart from what one has changed', () => {
  expect(cameIn(base, mine, version({title: 'B', tags: ['a', 'b'], mood: 'x'}, 'ONE\ntwo\nthree\nfour\n'))).toEqual(['mood', 'body']);
  expect(cameIn(base, mine, version(mine.fields, mine.body))).toEqual([]);
});

it('what was typed while a save was on its way goes on top of it', () => {
  const sent = {fields: {title: 'A', n: 1}, body: 'one\ntwo\n'};
  const saved = {fields: {title: 'A', n: 2}, body: 'one\ntwo\nthree\n'};
  expect(rebased(sent, {fields: {title: 'AB', n: 1}, body: 'one!\ntwo\n'}, saved)).toEqual({
    fields: {title: 'AB', n: 2}, body: 'one!\ntwo\nthree\n',
  });
  expect(rebased(sent, sent, saved)).toEqual(saved);
  expect(rebased(sent, {...sent, body: 'x\n'}, {...saved, body: sent.body}).body).toBe('x\n');
});
