import {describe, expect, it} from 'vitest';
import type {Comment} from './calls';
import {openOf, threadsOf} from './talk';

let number = 0;
const said = (more: Partial<Comment>): Comment => ({number: ++number, by: 'eda', body: 'x', commit: 'c1', created: '', path: null, line: null, ...more});

describe('comments', () => {
  const threads = threadsOf([
    said({path: 'a.md', line: 3}), said({}), said({path: 'a.md', line: 3}), said({path: 'a.md'}), said({path: 'a.md', line: 3, commit: 'c2'}),
    said({path: 'b.md', resolved_by: 'otto'}),
  ]);
  it('are threads by the place that they are about, as it was', () => {
    expect(threads.map(({path, line, comments}) => [path, line, comments.length])).toEqual([
      ['a.md', 3, 2], ['', null, 1], ['a.md', null, 1], ['a.md', 3, 1], ['b.md', null, 1],
    ]);
  });
  it('are done where each is', () => {
    expect(openOf(threads)).toBe(4);
  });
});
