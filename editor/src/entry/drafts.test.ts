import {expect, it} from 'vitest';
import {draftDays, draftsMax, outdated} from './drafts';

it('drafts are bounded: the oldest go', () => {
  const all = Array.from({length: draftsMax + 2}, (_, n) => ({key: `k${n}`, at: 1000 + n}));
  expect(outdated(all, 2000)).toEqual(['k1', 'k0']);
  expect(outdated([{key: 'old', at: 0}, {key: 'new', at: 5}], draftDays * 86_400_000 + 1)).toEqual(['old']);
});
