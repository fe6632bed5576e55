// What clashes, in words: a word or two for its kind, and a sentence.
import {catalogue} from '../i18n/language.svelte';
import type {Clock} from './clock';
import type {Clash} from './model';

const t = catalogue(
  {
    room: 'Room taken',
    speaker: 'Speaker twice',
    unavailable: 'Speaker away',
    fit: 'Does not fit',
    field: 'Cannot be read',
    'says.room': '“{other}” is in {name} from {from} to {to}.',
    'says.speaker': '{name} speaks in “{other}” from {from} to {to}.',
    'says.unavailable': '{name} is not available from {from} to {to}.',
    'says.no room': 'The event has no room “{name}”.',
    'says.no track': 'The event has no track “{name}”.',
    'says.no speaker': 'Nobody knows the speaker “{name}”.',
    'says.no day': 'It begins on a day that is not one of the event.',
    'says.long': 'It is longer than a day.',
  },
  {
    room: 'سالن پر است',
    speaker: 'سخنران در دو جا',
    unavailable: 'سخنران نیست',
    fit: 'جور نیست',
    field: 'خوانا نیست',
    'says.room': '«{other}» از {from} تا {to} در {name} است.',
    'says.speaker': '{name} از {from} تا {to} در «{other}» سخن می‌گوید.',
    'says.unavailable': '{name} از {from} تا {to} در دسترس نیست.',
    'says.no room': 'رویداد سالنی به نام «{name}» ندارد.',
    'says.no track': 'رویداد مسیری به نام «{name}» ندارد.',
    'says.no speaker': 'سخنرانی به نام «{name}» شناخته نیست.',
    'says.no day': 'روز آغاز آن از روزهای رویداد نیست.',
    'says.long': 'از یک روز بلندتر است.',
  },
);

export const clashWord = (kind: Clash['kind']): string => t(kind);

function keyOf({kind, field}: Clash) {
  if (kind === 'field') return null;
  if (kind !== 'fit') return `says.${kind}` as const;
  if (field.includes('/speakers/')) return 'says.no speaker';
  const last = field.split('/').pop();
  const keys = {room: 'says.no room', track: 'says.no track', start: 'says.no day', end: 'says.long'} as const;
  return keys[last as keyof typeof keys] ?? null;
}

// Null: of that the server's own sentence says more.
export function sentenceOf(clash: Clash, clock: Clock, speakers: ReadonlyMap<string, string>): string | null {
  const key = keyOf(clash);
  const at = (minute: number | null) => (minute === null ? '' : clock.label(minute));
  return key && t(key, {
    name: speakers.get(clash.name) ?? clash.name, other: clash.otherTitle, from: at(clash.from), to: at(clash.until),
  });
}
