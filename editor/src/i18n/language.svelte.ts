// The language that the editor speaks, and the catalogues that each part of it has beside its screens.
//
// A part says its words once, in every language: `const t = catalogue({...}, {...})`, with the same keys, which the compiler
// checks. A word may have forms for numbers ({one, other, ...}, by `n`), and names in braces that the caller gives. Whoever calls
// `t` in a component is shown the other language as soon as it is chosen.

export type Language = 'en' | 'fa';
export const languages: {code: Language; name: string; direction: 'ltr' | 'rtl'}[] = [
  {code: 'en', name: 'English', direction: 'ltr'},
  {code: 'fa', name: 'فارسی', direction: 'rtl'},
];

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & {other: string};
export type Word = string | Forms;
export type Given = Record<string, string | number>;

const kept = 'stet.language';

function first(): Language {
  const asked = [localStorage.getItem(kept), ...navigator.languages];
  for (const code of asked) {
    const found = languages.find((language) => code?.split('-')[0] === language.code);
    if (found) return found.code;
  }
  return 'en';
}

class Speech {
  current = $state<Language>(first());

  get direction(): 'ltr' | 'rtl' {
    return languages.find((language) => language.code === this.current)!.direction;
  }

  choose(language: Language) {
    this.current = language;
    localStorage.setItem(kept, language);
  }
}

export const speech = new Speech();

function said(word: Word, given: Given, language: Language): string {
  const n = given['n'];
  const text =
    typeof word === 'string' ? word : (typeof n === 'number' && word[new Intl.PluralRules(language).select(n)]) || word.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = given[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

export function catalogue<const Keys extends string>(en: Record<Keys, Word>, fa: Record<Keys, Word>) {
  const all: Record<Language, Record<Keys, Word>> = {en, fa};
  return (key: Keys, given: Given = {}): string => said(all[speech.current][key], given, speech.current);
}

// Numbers, dates and times as the language has them.
export const number = (value: number): string => new Intl.NumberFormat(speech.current).format(value);

const [fromLeft, asBefore] = [String.fromCodePoint(0x2066), String.fromCodePoint(0x2069)]; // LRI, PDI

// What has a shape of its own ("09:30", "+02:00", "640 × 480") with the language's digits, in its order among words from right to left.
export function figures(shape: string): string {
  const digit = new Intl.NumberFormat(speech.current);
  const own = shape.replace(/[0-9]/g, (one) => digit.format(Number(one)));
  return speech.direction === 'rtl' ? `${fromLeft}${own}${asBefore}` : own;
}

export function date(instant: Date | string, options: Intl.DateTimeFormatOptions = {dateStyle: 'medium'}): string {
  const when = typeof instant === 'string' ? new Date(instant) : instant;
  return Number.isNaN(when.getTime()) ? String(instant) : new Intl.DateTimeFormat(speech.current, options).format(when);
}

export const dateTime = (instant: Date | string): string => date(instant, {dateStyle: 'medium', timeStyle: 'short'});

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

// "3 hours ago"; `now` for tests.
export function ago(instant: Date | string, now = Date.now()): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(speech.current, {numeric: 'auto'});
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, 'second');
}
