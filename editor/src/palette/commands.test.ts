import {expect, test} from 'vitest';
import {fits} from './commands';

test('every word that is typed begins a word of the label', () => {
  expect(fits('New post', 'po')).toBe(true);
  expect(fits('New post', 'po new')).toBe(true);
  expect(fits('New post', '')).toBe(true);
  expect(fits('New post', 'ost')).toBe(false);
  expect(fits('New post', 'new page')).toBe(false);
});

test('accents and case make no difference, and other scripts are words, too', () => {
  expect(fits('Résumé', 'RESU')).toBe(true);
  expect(fits('نوشتهٔ تازه', 'تازه')).toBe(true);
});
