import {describe, expect, it} from 'vitest';
import {byDay, nameOf, oldPathOf, saidOf, trailersOf} from './said';

const person = (name: string) => ({name, email: `${name}@example.org`, when: '2026-11-22T10:00:00Z'});
const step = (message: string, committer = 'stet') => ({message, author: person('otto'), committer: person(committer)});

describe('a step', () => {
  it('came through a door that its trailers tell', () => {
    expect(saidOf(step('Mend it\n\nStet-User: otto\n'))).toMatchObject({title: 'Mend it', door: 'editor', user: 'otto'});
    expect(saidOf(step('Mend it\n\nStet-User: otto\nStet-Token: ab\n')).door).toBe('program');
    expect(saidOf(step('Mend it\n', 'otto'))).toMatchObject({door: 'push', user: '', helper: ''});
    expect(saidOf(step('Mend it\n', 'mira')).helper).toBe('mira');
  });
  it('says what was done', () => {
    expect(saidOf(step('Revert "x"\n\nThis takes it back.\n\nStet-User: a\nReverts: 0123\n'))).toMatchObject({
      doing: 'undo', undone: '0123', more: 'This takes it back.',
    });
    expect(saidOf(step('Spring\n\nStet-User: a\nStet-Published-Change: c1\n'))).toMatchObject({doing: 'publish', change: 'c1'});
    expect(saidOf(step('Delete _posts/x.md\n\nStet-User: a\n')).doing).toBe('delete');
    expect(saidOf(step('Mend it\n')).doing).toBe('edit');
  });
  it('has trailers in its last paragraph alone', () => {
    expect(trailersOf('A\n\nKey: value\n\nText').size).toBe(0);
    expect(trailersOf('Key: value').size).toBe(0);
    expect(trailersOf('A\n\nNot a trailer\nKey: value').size).toBe(0);
  });
});

describe('steps', () => {
  it('stand under their days', () => {
    const at = (when: string) => ({...step('x'), committer: {...person('stet'), when}});
    const days = byDay([at('2026-11-22T10:00:00'), at('2026-11-22T09:00:00'), at('2026-11-20T09:00:00')]);
    expect(days.map(({day, steps}) => [day, steps.length])).toEqual([['2026-11-22', 2], ['2026-11-20', 1]]);
  });
});

describe('a file', () => {
  it('has a name for people', () => {
    expect(nameOf('_posts/2025/09/2025-09-02-what-to-bring.md')).toBe('what to bring');
    expect(nameOf('index.md')).toBe('index');
    expect(nameOf('.htaccess')).toBe('.htaccess');
  });
  it('was another before it was moved', () => {
    const added = {path: '_posts/new.md', status: 'added', before: null, after: 'b1'};
    const gone = (path: string, before: string) => ({path, status: 'deleted', before, after: null});
    expect(oldPathOf('_posts/new.md', [added, gone('a/x.md', 'b0'), gone('b/y.md', 'b1')])).toBe('b/y.md');
    expect(oldPathOf('_posts/new.md', [added, gone('_posts/old.md', 'b0')])).toBe('_posts/old.md');
    expect(oldPathOf('_posts/new.md', [added, gone('other/old.md', 'b0')])).toBeNull();
    expect(oldPathOf('_posts/new.md', [gone('_posts/old.md', 'b0')])).toBeNull();
  });
});
