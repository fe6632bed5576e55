// The schedule on the screen, as it is live or in an unpublished change: what is saved, what is moved and not saved yet, and what clashes.
import {Again} from '../api/again';
import {api, take} from '../api/client';
import {listen} from '../api/events';
import {isProblem} from '../api/problem';
import {session} from '../api/session.svelte';
import {href, router} from '../app/router.svelte';
import {beginChange, removeChange} from '../changes/calls';
import {isReviewed} from '../entries/config';
import {site} from '../entries/site.svelte';
import {Clock, daysFrom} from './clock';
import {judge} from './judging';
import {type Clash, type EventFacts, type Person, type Place, type Session, type Slot} from './model';
import {bodyOf, type Conflict, conflictsOf, decided, type Moves, movesMost, noMoves, rivalsOf, settled} from './moves';
import {Steps, withoutSent, withPlaces} from './moves';
import {readSchedule} from './reading';
import {t} from './words';

const judgedAfter = 200, readAfter = 150; // milliseconds of quiet

// Of a call: the change that it is about; of none what is live.
export type InChange = {change?: string};

export class Plan {
  change = $state(''); // its id; '': what is live
  event = $state.raw<EventFacts | null>(null);
  sessions = $state.raw<Session[]>([]);
  people = $state.raw<Person[]>([]);
  policy = $state<'refuse' | 'warn' | 'off'>('warn');
  moves = $state.raw<Moves>(noMoves);
  judgedClashes = $state.raw<Clash[]>([]);
  judgement = $state<'none' | 'asked' | 'known' | 'failed'>('none');
  said = $state(''); // to who hears
  isSaving = $state(false);
  failure = $state.raw<unknown>(null);
  canUndo = $state(false);
  canRedo = $state(false);
  authors = $state.raw<ReadonlyMap<string, string>>(new Map()); // who changed a file last, while one looks on
  #saved = $state.raw<Clash[]>([]);
  #steps = new Steps();
  #asked: AbortController | null = null;
  #timers: {judge?: number; read?: number} = {};
  #writing: Promise<unknown> = Promise.resolve();
  #isRefused = $state(false); // what is live is not to be changed, as the server says
  readonly #again = new Again(() => this.#read());
  readonly inChange = $derived<InChange>(this.change ? {change: this.change} : {});

  // Whether what is saved goes into a change of its own: by who may not change what is live, or where others look first.
  readonly isProposed = $derived(
    !this.change && session.account !== null && (this.#isRefused || !session.may('write', 'schedule') || isReviewed(site.config, session.isAdmin)),
  );

  readonly zone = $derived(this.event?.zone ?? 'UTC');
  readonly clock = $derived(new Clock(this.zone));
  readonly savedSlots = $derived(new Map(this.sessions.flatMap(({slots}) => slots.map((slot) => [slot.key, slot] as const))));
  // One that is not moved is the same object as before: what shows it is not drawn again.
  readonly slots = $derived([...this.savedSlots.values()].map((slot): Slot => {
    const move = this.moves.get(slot.key);
    return move ? {...slot, ...move.place} : slot;
  }));
  readonly bySlot = $derived(new Map(this.slots.map((slot) => [slot.key, slot])));
  readonly conflicts = $derived<Conflict[]>(conflictsOf(this.moves, this.savedSlots));
  readonly names = $derived(new Map(this.people.map(({slug, name}) => [slug, name])));
  readonly days = $derived(this.#days());
  readonly clashes = $derived(this.#clashes());
  readonly byPath = $derived(groups(this.clashes));
  readonly hot = $derived(this.#hot());

  #days(): string[] {
    const used = this.slots.flatMap(({start}) => (start === null ? [] : [this.clock.day(start)]));
    const {start, end} = this.event ?? {start: null, end: null};
    const own = start ? daysFrom(start, end && end >= start ? end : start) : [];
    return [...new Set([...own, ...used])].sort();
  }

  // What is saved, but where a moved session is part of it: of that the last judgement tells.
  #clashes(): Clash[] {
    if (this.moves.size === 0) return this.#saved;
    const moved = new Set([...this.moves.keys()].map((key) => this.savedSlots.get(key)?.session.path));
    return [...this.#saved.filter(({path, other}) => !moved.has(path) && !moved.has(other ?? undefined)), ...this.judgedClashes];
  }

  // Slots that are shown as clashing, with the others that they clash with.
  #hot(): Set<string> {
    const found = new Set<string>();
    for (const slot of this.slots) {
      const own = this.byPath.get(slot.session.path);
      if (!own) continue;
      found.add(slot.key);
      if (own.some(({other}) => other)) for (const rival of rivalsOf(slot, this.slots)) found.add(rival.key);
    }
    return found;
  }

  async #read() {
    const read = await readSchedule(this.inChange);
    this.event = read.event;
    this.sessions = read.sessions;
    this.people = read.people;
    this.policy = read.policy;
    this.#saved = read.clashes;
    const left = settled(this.moves, this.savedSlots);
    if (left !== this.moves) this.moves = left;
    this.#judgeSoon();
  }

  // As it is now: what happens while it is being read is not missed.
  readAgain(): Promise<void> {
    return this.#again.ask();
  }

  // What is live, or another change; moves that are not saved are not kept.
  enter(change: string): Promise<void> {
    this.change = change;
    this.#steps.forget();
    this.#become(noMoves);
    return this.readAgain();
  }

  // Until the function that it returns is called.
  follow(): () => void {
    const soon = () => {
      clearTimeout(this.#timers.read);
      this.#timers.read = window.setTimeout(() => void this.readAgain().catch((error: unknown) => (this.failure = error)), readAfter);
    };
    const stops = [
      listen('entry.*', ({data}) => {
        const path = String(data['path'] ?? '');
        if (this.change || !/^(_schedule|_speakers)\/|^_data\/event\.yml$|^_config\.yml$/.test(path)) return;
        const author = data['author'] as {name?: string} | undefined;
        this.authors = new Map(this.authors).set(path, author?.name ?? '');
        soon();
      }),
      listen('change.*', ({data}) => this.change && (data['change'] as {id?: string} | undefined)?.id === this.change && soon()),
      listen('site.published', soon),
      listen('site.state', soon), // what happened before there was a stream
    ];
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.#timers.read);
      clearTimeout(this.#timers.judge);
      this.#asked?.abort();
    };
  }

  // False: there would be more than one save takes.
  move(places: [string, Place][], what: string): boolean {
    const next = withPlaces(this.moves, places, this.savedSlots);
    if (next.size > movesMost) return false;
    this.#steps.did(what, this.moves);
    this.#become(next);
    return true;
  }

  undo(): string | null {
    const step = this.#steps.undo(this.moves);
    if (step) this.#become(step.moves);
    return step?.what ?? null;
  }

  redo(): string | null {
    const step = this.#steps.redo(this.moves);
    if (step) this.#become(step.moves);
    return step?.what ?? null;
  }

  discard(what: string) {
    this.#steps.did(what, this.moves);
    this.#become(noMoves);
  }

  decide(key: string, side: 'mine' | 'theirs') {
    this.#become(decided(this.moves, key, side, this.savedSlots));
  }

  // Those of a session whose form has been saved: the form had them.
  forget(path: string) {
    const left = [...this.moves].filter(([key]) => this.savedSlots.get(key)?.session.path !== path);
    if (left.length < this.moves.size) this.#become(new Map(left));
  }

  #become(moves: Moves) {
    this.moves = moves;
    this.failure = null;
    this.canUndo = this.#steps.canUndo;
    this.canRedo = this.#steps.canRedo;
    this.#judgeSoon();
  }

  #judgeSoon() {
    clearTimeout(this.#timers.judge);
    this.#asked?.abort();
    if (this.moves.size === 0 || !this.event) {
      this.judgedClashes = [];
      this.judgement = 'none';
      return;
    }
    if (this.isProposed) return void (this.judgement = 'none'); // there is no change yet in which it could be judged
    this.judgement = 'asked';
    if (this.isSaving) return; // the save is the judgement
    this.#timers.judge = window.setTimeout(() => void this.#judge(), judgedAfter);
  }

  async #judge() {
    const asked = (this.#asked = new AbortController());
    try {
      const body = bodyOf(this.moves, this.savedSlots, this.clock);
      const judged = body.length ? await judge(body, this.savedSlots.values(), this.inChange, asked.signal) : {clashes: [], isStale: false};
      if (asked.signal.aborted) return;
      if (judged.isStale) return void (await this.readAgain());
      this.judgedClashes = judged.clashes;
      this.judgement = 'known';
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#isRefused ||= isRefused(error);
      this.judgement = this.isProposed ? 'none' : 'failed'; // the save tells why
    }
  }

  // All moves in one; false where that could not be, and the moves are as they were.
  async save(message: string): Promise<boolean> {
    this.isSaving = true;
    this.failure = null;
    clearTimeout(this.#timers.judge);
    this.#asked?.abort();
    try {
      const sent = this.moves;
      await this.#send(message); // and reads what is saved before the moves go, so that nothing jumps back for a moment
      this.#steps.forget();
      this.#become(withoutSent(this.moves, sent, this.savedSlots)); // what was moved meanwhile stays
      return true;
    } catch (error) {
      this.failure = this.conflicts.length ? null : error;
      return false;
    } finally {
      this.isSaving = false;
      this.#judgeSoon();
    }
  }

  // Somebody else may have been faster: where they changed something else, or moved others, it is sent once more.
  async #send(message: string, isAgain = false): Promise<void> {
    const moves = bodyOf(this.moves, this.savedSlots, this.clock);
    try {
      await this.write(message || t('moves.title'), (query) =>
        take(api.POST('/schedule/moves', {params: {query}, body: {moves, ...(message ? {message} : {})}})),
      );
    } catch (error) {
      if (isAgain || !(isProblem(error, 412) || isProblem(error, 404))) throw error;
      await this.readAgain();
      if (this.conflicts.length) throw error;
      if (this.moves.size) await this.#send(message, true);
    }
  }

  // One after the other, each onto what the one before has saved; resolves when that is shown.
  write<T>(title: string, call: (query: InChange) => Promise<T>): Promise<T> {
    const written = this.#writing.then(() => this.#write(title, call));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write<T>(title: string, call: (query: InChange) => Promise<T>): Promise<T> {
    const done = await this.#called(title, call);
    try {
      await this.readAgain();
    } catch (error) {
      this.failure = error; // it is saved nevertheless, and not to be saved again
    }
    return done;
  }

  async #called<T>(title: string, call: (query: InChange) => Promise<T>): Promise<T> {
    if (this.isProposed) return this.#propose(title, call);
    try {
      return await call(this.inChange);
    } catch (error) {
      if (this.change || !isRefused(error)) throw error;
      this.#isRefused = true;
      return this.#propose(title, call);
    }
  }

  // In a change of its own, which is what one looks at from then on. What is live is as it was.
  async #propose<T>(title: string, call: (query: InChange) => Promise<T>): Promise<T> {
    const {id} = await beginChange({title: title.replace(/\.$/, '').slice(0, 200)});
    try {
      const done = await call({change: id});
      this.change = id;
      const {segments, query} = router.place;
      if (segments[0] === 'schedule') router.replace(href(segments, {...Object.fromEntries(query), change: id}));
      return done;
    } catch (error) {
      await removeChange(id).catch(() => {}); // an empty one is of no use
      throw error;
    }
  }

  // CSS: of a session's track, or what stands for none.
  colorOf({track}: Session): string {
    return this.event?.tracks.find(({name}) => name === track)?.color ?? 'var(--line-strong)';
  }
}

const isRefused = (error: unknown): boolean => isProblem(error, 403) && error.kind === 'needs-review';

function groups(clashes: Clash[]): Map<string, Clash[]> {
  const found = new Map<string, Clash[]>();
  for (const clash of clashes) found.set(clash.path, [...(found.get(clash.path) ?? []), clash]);
  return found;
}
