import {expect, test} from 'vitest';
import {placeIn, slugOf, withSlug} from './place';

test('the parts of a place', () => {
  expect(placeIn('_posts/2025/07/2025-07-14-x.md')).toEqual({folder: '_posts/2025/07/', day: '2025-07-14-', slug: 'x', extension: '.md'});
  expect(placeIn('_pages/2020-report.en.md')).toEqual({folder: '_pages/', day: '', slug: '2020-report.en', extension: '.md'});
  expect(placeIn('about')).toEqual({folder: '', day: '', slug: 'about', extension: ''});
});

test('another name keeps the rest', () => {
  expect(withSlug('_posts/2025-07-14-x.md', 'y')).toBe('_posts/2025-07-14-y.md');
  expect(withSlug('index.html', 'home')).toBe('home.html');
});

test('what is typed becomes one part of an address', () => {
  expect(slugOf(' What to  bring ')).toBe('What-to-bring');
  expect(slugOf('a/b\\c')).toBe('a-b-c');
  expect(slugOf('چه بیاوریم')).toBe('چه-بیاوریم');
});
