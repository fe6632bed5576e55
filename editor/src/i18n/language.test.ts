import {afterEach, expect, it} from 'vitest';
import {Clock, loadTemporal, minutesOf} from '../schedule/clock';
import {catalogue, date, figures, number, speech} from './language.svelte';

afterEach(() => speech.choose('en'));
const plain = (text: string) => text.replace(/[\u2066\u2069]/g, '');

it('has the digits of the language in numbers, dates and times alike', () => {
  const t = catalogue({moves: {one: '{n} move', other: '{n} moves'}}, {moves: '{n} جابه‌جایی'});
  expect([number(1250), t('moves', {n: 12}), figures('09:30')]).toEqual(['1,250', '12 moves', '09:30']);
  speech.choose('fa');
  expect([number(1250), t('moves', {n: 12}), plain(figures('09:30'))]).toEqual(['۱٬۲۵۰', '۱۲ جابه‌جایی', '۰۹:۳۰']);
  expect(date('2025-09-12T12:00:00Z', {dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC'})).not.toMatch(/[0-9]/);
});

it('keeps the order of what has a shape of its own among words from right to left', () => {
  expect(figures('+02:00')).toBe('+02:00');
  speech.choose('fa');
  expect(figures('+02:00')).toBe('\u2066+۰۲:۰۰\u2069');
});

it('shows times of the schedule in them, and sends what the API takes', async () => {
  await loadTemporal();
  speech.choose('fa');
  const clock = new Clock('America/Halifax'), minute = minutesOf('2025-11-02T05:30:00Z');
  expect(plain(clock.label(minute))).toBe('۰۱:۳۰ (-۰۴:۰۰)');
  expect(clock.apiTime(minute)).toBe('2025-11-02T01:30:00-04:00');
});
