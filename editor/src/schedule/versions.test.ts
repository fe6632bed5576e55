import {expect, it} from 'vitest';
import {nextVersion} from './versions';

it('counts the last number of a version on', () => {
  expect([undefined, '0.3', '1', 'v2.9', '0.3-rc1', 'final'].map(nextVersion)).toEqual(['0.1', '0.4', '2', 'v2.10', '0.3-rc2', 'final.1']);
});
