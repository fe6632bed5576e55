import {describe, expect, it} from 'vitest';
import type {WholeChange} from './calls';
import {hindranceOf, isWriter, standingOf, waitsFor} from './standing';

const writer = (user: string) => ({name: user, email: `${user}@example.org`, user});
const change = (more: Partial<WholeChange> = {}): WholeChange =>
  ({
    id: 'c', self: '', title: 'T', state: 'open', wants_review: false, author: writer('otto'), people: [writer('otto')],
    created: '', updated: '', commits: 1, head: 'h', branch: 'change/c', behind: 0, files: [{path: 'a'}], file_count: 1,
    merge: {is_clean: true, is_related: true, conflicts: []}, approval: {wanted: 0, given: 0, is_met: true, asked_for_changes: []},
    reviews: [], may_publish: true, ...more,
  }) as WholeChange;
const review = (more: object) => ({number: 1, verdict: 'approve', by: 'eda', commit: 'h', is_stale: false, dismissed_by: null, ...more}) as never;

describe('how a change stands', () => {
  it('is told by what weighs most', () => {
    expect(standingOf(change())).toBe('open');
    expect(standingOf(change({file_count: 0, commits: 0}))).toBe('empty');
    expect(standingOf(change({wants_review: true}))).toBe('waiting');
    expect(standingOf(change({wants_review: true, approval: {asked_for_changes: ['eda'], is_met: false}}))).toBe('asked');
    expect(standingOf(change({approval: {wanted: 1, given: 1, is_met: true}}))).toBe('approved');
    expect(standingOf(change({state: 'scheduled', merge: {is_clean: false}}))).toBe('conflict');
    expect(standingOf(change({state: 'blocked', merge: {is_clean: false}}))).toBe('blocked');
  });
  it('says why it cannot be published', () => {
    expect(hindranceOf(change())).toBeNull();
    expect(hindranceOf(change({may_publish: false}))).toBe('rights');
    expect(hindranceOf(change({approval: {wanted: 1, given: 0, is_met: false}}))).toBe('approvals');
    expect(hindranceOf(change({merge: {is_clean: false}}))).toBe('conflict');
    expect(hindranceOf(change({state: 'published'}))).toBe('ended');
  });
});

describe('whom a change waits for', () => {
  it('is who may publish it, has not written it, and has not spoken of it as it is', () => {
    const asked = change({wants_review: true});
    expect(waitsFor(asked, 'eda')).toBe(true);
    expect(waitsFor(asked, 'otto')).toBe(false);
    expect(waitsFor(change(), 'eda')).toBe(false);
    expect(waitsFor({...asked, may_publish: false}, 'eda')).toBe(false);
    expect(waitsFor({...asked, reviews: [review({})]}, 'eda')).toBe(false);
    expect(waitsFor({...asked, reviews: [review({is_stale: true})]}, 'eda')).toBe(true);
    expect(waitsFor({...asked, reviews: [review({dismissed_by: 'ada'})]}, 'eda')).toBe(true);
  });
  it('counts whoever has begun it among its writers', () => {
    expect(isWriter(change({people: []}), 'otto')).toBe(true);
    expect(isWriter(change(), 'eda')).toBe(false);
  });
});
