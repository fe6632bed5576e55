// What one does on the screen: which day and how close one looks, what is chosen, and moves by hand, by key and by form.
import {tick} from 'svelte';
import {session} from '../api/session.svelte';
import {href, router} from '../app/router.svelte';
import {date} from '../i18n/language.svelte';
import {dayAfter} from './clock';
import {type Step, steps} from './grid';
import {type Place, placeOf, type Session, type Slot} from './model';
import {movesMost, shifted, swapped} from './moves';
import type {Plan} from './plan.svelte';
import {t} from './words';

export type View = 'grid' | 'list' | 'clashes';
export const views: View[] = ['grid', 'list', 'clashes'];
export type Window =
  | {kind: 'session'; session: Session | null; place?: Place}
  | {kind: 'event' | 'names' | 'people' | 'release' | 'shift' | 'keys'}
  | {kind: 'swap' | 'copy' | 'move'; slot: Slot};

const kept = 'stet.schedule', narrowScreen = '(max-width: 48rem)';
interface Kept {
  step?: Step;
  isCondensed?: boolean;
  hasViewerZone?: boolean;
}

function keptLook(): Kept {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? '{}') as Kept;
  } catch {
    return {};
  }
}

export const idOf = (key: string): string => `slot-${key}`;
export const dayLabel = (day: string, isLong = false): string =>
  date(`${day}T12:00:00Z`, {weekday: isLong ? 'long' : 'short', day: 'numeric', month: isLong ? 'long' : 'short', timeZone: 'UTC'});

export class Desk {
  step = $state<Step>(steps.find((step) => step === keptLook().step) ?? 15);
  isCondensed = $state(keptLook().isCondensed ?? false);
  hasViewerZone = $state(keptLook().hasViewerZone ?? true);
  isWhole = $state(false); // all 24 hours
  words = $state('');
  track = $state('');
  type = $state('');
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  window = $state.raw<Window | null>(null);
  room = $state<string | null | undefined>(undefined); // where but one is shown at a time
  isNarrow = $state(matchMedia(narrowScreen).matches);
  readonly viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  constructor(readonly plan: Plan) {
    if (router.place.query.get('window') === 'people') this.window = {kind: 'people'};
  }

  // Until the function that it returns is called.
  followWidth(): () => void {
    const narrow = matchMedia(narrowScreen), changed = () => (this.isNarrow = narrow.matches);
    narrow.addEventListener('change', changed);
    return () => narrow.removeEventListener('change', changed);
  }

  // Known a moment after the one who signs in is.
  get isReadOnly(): boolean {
    return session.account !== null && !session.may('propose', 'schedule') && (this.plan.change !== '' || !session.may('write', 'schedule'));
  }

  keepLook() {
    const look: Kept = {step: this.step, isCondensed: this.isCondensed, hasViewerZone: this.hasViewerZone};
    localStorage.setItem(kept, JSON.stringify(look));
  }

  // The day of the address, else today's of the event's, else its first.
  readonly day = $derived.by(() => {
    const asked = router.place.segments[1];
    if (asked && this.plan.days.includes(asked)) return asked;
    const today = this.plan.clock.day(Math.floor(Date.now() / 60_000));
    return this.plan.days.includes(today) ? today : (this.plan.days[0] ?? '');
  });
  readonly view = $derived(views.find((view) => view === router.place.query.get('view')) ?? 'grid');

  show(day: string, view: View = this.view) {
    router.replace(href(['schedule', day], {view: view === 'grid' ? undefined : view, change: this.plan.change}));
  }

  say(text: string) {
    this.plan.said = text;
  }

  // "Boat Shed, 10:00 to 10:30"
  where({start, minutes, room}: Place): string {
    if (start === null) return t('not scheduled');
    const {clock} = this.plan;
    const day = clock.day(start) === this.day ? '' : `${dayLabel(clock.day(start))}, `;
    return `${day}${room ?? t('no room')}, ${t('from to', {from: clock.label(start), to: clock.label(start + minutes)})}`;
  }

  // Whether a session is among what is searched for.
  fits({title, track, type, speakers}: Session): boolean {
    if (this.track && track !== this.track) return false;
    if (this.type && type !== this.type) return false;
    const all = [title, track, type, ...speakers.map((slug) => this.plan.names.get(slug) ?? slug)].join(' ').toLocaleLowerCase();
    return this.words.toLocaleLowerCase().split(/\s+/).every((word) => all.includes(word));
  }
  readonly isFiltered = $derived(Boolean(this.words.trim() || this.track || this.type));

  // Says what has become of it, or why nothing has.
  move(places: [string, Place][], what: string): boolean {
    if (this.isReadOnly) return false;
    if (!this.plan.move(places, what)) {
      this.say(t('too many', {n: movesMost}));
      return false;
    }
    this.say(what);
    return true;
  }

  put(slot: Slot, place: Place): boolean {
    if (slot.isLocked) {
      this.say(t('locked'));
      return false;
    }
    return this.move([[slot.key, place]], `${slot.session.title}: ${this.where(place)}`);
  }

  // That slot; and where it is one of several chosen ones, all of them.
  #together(slot: Slot): Slot[] {
    if (!this.chosen.has(slot.key) || this.chosen.size < 2) return [slot];
    return [...this.chosen].flatMap((key) => this.plan.bySlot.get(key) ?? []).filter(({start}) => start !== null);
  }

  #each(slot: Slot, change: (one: Slot) => Place): boolean {
    const all = this.#together(slot);
    if (all.length === 1) return this.put(slot, change(slot));
    return this.move(all.map((one) => [one.key, change(one)]), t('moved together', {n: all.length}));
  }

  later(slot: Slot, minutes: number) {
    if (slot.start === null) return;
    this.#each(slot, (one) => ({...placeOf(one), start: one.start! + minutes}));
  }

  longer(slot: Slot, minutes: number) {
    if (slot.start === null || slot.minutes + minutes < 5) return;
    this.put(slot, {...placeOf(slot), minutes: slot.minutes + minutes});
  }

  toRoom(slot: Slot, rooms: (string | null)[], by: number) {
    const next = (one: Slot) => rooms[Math.max(0, Math.min(rooms.length - 1, rooms.indexOf(one.room) + by))] ?? one.room;
    if (this.isNarrow) this.room = next(slot);
    this.#each(slot, (one) => ({...placeOf(one), room: next(one)}));
  }

  toDay(slot: Slot, by: number) {
    if (slot.start === null) return;
    const {clock, days} = this.plan;
    const day = clock.day(slot.start), at = days.indexOf(day);
    const to = days[at + by] ?? dayAfter(day, by);
    if (!days[at + by]) return this.say(t('no such day'));
    const distance = Math.round((Date.parse(to) - Date.parse(day)) / 86_400_000);
    if (this.#each(slot, (one) => ({...placeOf(one), start: clock.sameTime(one.start!, distance)}))) this.show(to);
  }

  takeOut(slot: Slot) {
    if (slot.start !== null) this.#each(slot, (one) => ({...placeOf(one), start: null}));
  }

  swap(a: Slot, b: Slot) {
    this.move(swapped(a, b), t('swapped', {a: a.session.title, b: b.session.title}));
    this.chosen = new Set();
  }

  shift(slots: Slot[], minutes: number): boolean {
    const free = slots.filter(({isLocked}) => !isLocked);
    return this.move(shifted(free, minutes), t('shifted', {n: free.length, minutes}));
  }

  choose(key: string) {
    const next = new Set(this.chosen);
    if (!next.delete(key)) next.add(key);
    this.chosen = next;
    this.say(t(next.has(key) ? 'chosen' : 'unchosen', {n: next.size}));
  }

  undo() {
    const what = this.plan.undo();
    if (what) this.say(t('undone', {what}));
  }

  redo() {
    const what = this.plan.redo();
    if (what) this.say(t('redone', {what}));
  }

  // What is moved by keys keeps the focus, wherever it is drawn anew.
  async follow(key: string) {
    await tick();
    const element = document.getElementById(idOf(key));
    element?.focus({preventScroll: true});
    element?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
}
