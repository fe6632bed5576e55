// One entry that is being edited: what the server has, what is on the screen, and how the one becomes the other.
//
// Whatever is typed is kept in the browser within a second (drafts.ts), and let go of when it is saved. A save is a commit that the server
// merges by field with what others have saved meanwhile; where both changed the same, `conflict` asks. What others save is seen at once.
import {Again} from '../api/again';
import {api, take} from '../api/client';
import {listen, type News} from '../api/events';
import {Problem, Unreachable, type FieldFault} from '../api/problem';
import {reachedAgain} from '../api/reached';
import {session} from '../api/session.svelte';
import {
  actionOf, commit, readSchema, readSite, readVersion, savedVersion, versionOf, type CommitAnswer, type SiteFacts, type Version,
} from './calls';
import {cameIn, conflictOf, differingParts, isMergeConflict, rebased, resolved, type Choice, type Conflict} from './conflict';
import {draftAt, draftsOf, dropDraft, forgetOldDrafts, keepDraft, type Draft, type Text} from './drafts';
import type {Schema} from './fields';
import {areaOf, type EntryPlace} from './place';
import {Presence} from './presence.svelte';
import {publishDraft} from './publishing';
import {company, gone, knowsTheLiving, tab} from './tabs';
import {withField, type Fields, type Value} from './values';

export type State = 'saved' | 'unsaved' | 'saving' | 'live' | 'kept' | 'offline' | 'conflict';

// What came in from others: their version, who, and which fields.
export interface Incoming {
  theirs: Version;
  who: string;
  parts: string[];
}

export interface Saved {
  url: string | null; // of its page
  parts: string[]; // what came in from others
  who: string;
  isUnchanged: boolean;
}

const pauseOfDraft = 400, pauseForDrafts = 1500; // milliseconds; drafts that come later are offered when they come

export class EntryEditor {
  base = $state.raw<Version>(null!); // what the server has
  fields = $state.raw<Fields>({});
  body = $state.raw('');
  message = $state('');
  schema = $state.raw<Schema | null>(null);
  site = $state.raw<SiteFacts>({address: '', zone: 'UTC', isReviewed: false});

  isSaving = $state(false);
  isPublishing = $state(false); // a draft, which is elsewhere then
  isWaiting = $state(false); // for a server that is not reached, to save
  wasSaved = $state(false);
  failure = $state.raw<unknown>(null);
  faults = $state.raw<FieldFault[]>([]);
  conflict = $state.raw<Conflict | null>(null);
  incoming = $state.raw<Incoming | null>(null);
  isGone = $state(false); // deleted by somebody
  found = $state.raw<Draft | null>(null); // unsaved work of another time
  otherTabs = $state(0);
  presence = new Presence();

  isDirty = $derived.by(() => !!this.base && actionOf(this.base, {fields: this.fields, body: this.body}) !== null);
  state: State = $derived.by(() => {
    if (this.conflict) return 'conflict';
    if (this.isWaiting) return 'offline';
    if (this.isSaving || this.isPublishing) return 'saving';
    if (this.isDirty) return 'unsaved';
    if (!this.wasSaved) return 'saved';
    if (this.place.change) return 'kept';
    return this.isHidden ? 'saved' : 'live';
  });

  readonly #entry: string; // of drafts
  #stops: (() => void)[] = [];
  readonly #ended = new AbortController();
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #draftKey = '';
  #hasDraft = false;
  #isSearched = false; // for drafts of other times, over which none is written before they are read
  #searching: Promise<boolean> | null = null;
  #key = ''; // of the save that was tried last, for sending it again
  readonly #again = new Again(() => this.#look());
  #authors = new Map<string, string>(); // of versions, by blob

  constructor(readonly place: EntryPlace) {
    this.#entry = [session.user?.name, place.change, place.kind, place.label, place.name].join(' ');
  }

  get mine(): Text {
    return {fields: this.fields, body: this.body};
  }

  #mayWrite(area: ReturnType<typeof areaOf>): boolean {
    const isReviewed = this.site.isReviewed && area !== 'drafts';
    const reach = session.reach('write', area);
    return !isReviewed && (reach === 'all' || (reach === 'own' && this.#isOwn));
  }

  // Whether its author is who writes; nobody knows where its fields cannot be read.
  get #isOwn(): boolean {
    const {isWhole, fields} = this.base;
    return isWhole || [fields['author'], fields['authors']].flatMap(namesOf).includes(session.user?.name);
  }

  // Whether one may save into what is live, or only into a change.
  get mayPublish(): boolean {
    return this.#mayWrite(areaOf(this.place.kind));
  }

  // Readers do not see it: a draft, or a post or page that is unpublished or whose time has not come.
  get isHidden(): boolean {
    const {kind} = this.place;
    return kind === 'drafts' || ((kind === 'posts' || kind === 'pages') && !this.base.isWhole && this.base.url === null);
  }

  // A draft that one may make a post of.
  get isPublishable(): boolean {
    return this.place.kind === 'drafts' && !this.place.change && this.mayPublish && this.#mayWrite('content');
  }

  get mayPropose(): boolean {
    return session.may('propose', areaOf(this.place.kind));
  }

  get isReadOnly(): boolean {
    return !this.base.isText || (this.place.change ? !this.mayPropose : !this.mayPublish && !this.mayPropose);
  }

  // ---- the beginning and the end

  async open(asWhole = false) {
    const tabs = company({entry: this.#entry, onothers: (others) => (this.otherTabs = others.length)});
    this.#stops.push(tabs.leave);
    const [version, schema, site] = await Promise.all([readVersion(this.place, asWhole), readSchema(this.place), readSite()]);
    this.schema = schema;
    this.site = site;
    this.#take(version);
    this.#stops.push(listen('entry.*', (news) => void this.#heard(news)), listen('change.updated', () => this.place.change && void this.#again.ask()));
    this.#stops.push(listen('site.state', () => void this.#again.ask()));
    this.presence.begin(version.path, version.blob);
    await tabs.ready;
    this.#draftKey = `${this.#entry} ${tab}`;
    await Promise.race([this.#search(), new Promise((resolve) => setTimeout(resolve, pauseForDrafts))]);
  }

  close() {
    this.keepNow();
    for (const stop of this.#stops.splice(0)) stop();
    this.#ended.abort();
    this.presence.end();
  }

  #take(version: Version) {
    this.base = version;
    this.fields = version.fields;
    this.body = version.body;
  }

  // ---- what is typed

  set(key: string, value: Value | undefined) {
    this.fields = withField(this.fields, key, value);
    this.#typed();
  }

  write(body: string) {
    if (body === this.body) return;
    this.body = body;
    this.#typed();
  }

  #typed() {
    this.wasSaved = false;
    this.#key = '';
    this.faults = [];
    if (!(this.failure instanceof Unreachable)) this.failure = null;
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => void this.#keep(), pauseOfDraft);
  }

  // ---- drafts

  async #keep() {
    if (!this.#draftKey || !this.base) return;
    this.#endPause();
    if (!(await this.#search())) return; // what is typed next asks again
    try {
      if (!this.isDirty) return await this.#forget();
      const {blob, fields, body, title} = this.base;
      this.#hasDraft = true;
      await keepDraft({
        key: this.#draftKey, entry: this.#entry, tab, at: Date.now(), message: this.message,
        base: {blob, fields, body, shown: title}, mine: this.mine,
      });
    } catch (error) {
      console.warn('the browser keeps no drafts', error); // private windows, a full disk: one can still save
    }
  }

  // At once, where the page may be gone in a moment: what was typed since it was last kept.
  keepNow() {
    if (this.#draftTimer) void this.#keep();
  }

  #endPause() {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
  }

  async #forget() {
    this.#endPause();
    if (!this.#hasDraft) return;
    this.#hasDraft = false;
    await dropDraft(this.#draftKey);
  }

  // False: the browser's storage does not answer.
  async #search(): Promise<boolean> {
    if (this.#isSearched) return true;
    this.#searching ??= this.#findDrafts()
      .then(
        () => (this.#isSearched = true),
        (error: unknown) => (console.warn('the browser shows no drafts', error), false),
      )
      .finally(() => (this.#searching = null));
    return this.#searching;
  }

  // Work of other times is offered, one after the other; that of a tab which is still there, when it is closed.
  async #findDrafts() {
    await forgetOldDrafts();
    const isFree = (of: string) => of === tab || knowsTheLiving || this.otherTabs === 0;
    const drafts = (await draftsOf(this.#entry)).filter((draft) => isFree(draft.tab));
    for (const {key, tab: of} of drafts) {
      const offered = gone(of, this.#ended.signal).then(() => this.#offer(key)).catch(() => {});
      if (of === tab) await offered; // before it is written over
    }
  }

  async #offer(key: string) {
    const draft = await draftAt(key);
    if (!draft || this.found) return;
    if (differingParts(this.base, draft.mine).length) this.found = draft;
    else await dropDraft(key);
  }

  // Goes on with what was not saved, over the version that it was made of.
  async takeUp() {
    const draft = this.found;
    if (!draft) return;
    this.found = null;
    const now = this.base;
    if (draft.base.blob !== now.blob) {
      this.base = {...now, blob: draft.base.blob, fields: draft.base.fields, body: draft.base.body};
      this.incoming = {theirs: now, who: '', parts: differingParts(draft.base, now)};
    }
    this.fields = draft.mine.fields;
    this.body = draft.mine.body;
    this.message = draft.message;
    if (draft.key !== this.#draftKey) await dropDraft(draft.key).catch(() => {});
    await this.#keep();
  }

  async discardFound() {
    const draft = this.found;
    this.found = null;
    if (draft) await dropDraft(draft.key).then(() => this.#findDrafts()).catch(() => {});
  }

  // ---- what others do

  async #heard({type, data}: News) {
    const before = data['moved_from'] as {path?: string} | undefined;
    if (this.place.change || this.isPublishing || !this.base || (data['path'] !== this.base.path && before?.path !== this.base.path)) return;
    if (type === 'entry.deleted') {
      this.isGone = true;
      return;
    }
    const author = (data['author'] as {name?: string} | undefined)?.name;
    if (author) this.#authors.set(String(data['blob']), author);
    if (data['blob'] !== this.base.blob) await this.#again.ask();
  }

  // Whether there is another version than the one that is edited. While one's own save is on its way its answer says so.
  async #look() {
    if (this.isSaving || !this.base) return;
    const before = this.base;
    try {
      const theirs = await readVersion(this.place, before.isWhole);
      if (this.base !== before) return void this.#again.ask(); // one has saved meanwhile: this may be what was before
      this.isGone = false;
      if (theirs.blob === before.blob || this.isSaving) return;
      const parts = differingParts(this.base, theirs);
      if (!parts.length) {
        this.base = theirs;
        return;
      }
      const who = this.#authors.get(theirs.blob) ?? '';
      this.incoming = {theirs, who, parts};
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.isGone = true;
    }
  }

  // Takes in what others have saved: what one has not touched at once, else the conflict asks.
  async takeIn() {
    const {incoming} = this;
    if (!incoming) return;
    if (!this.isDirty) {
      this.incoming = null;
      this.#take(incoming.theirs);
      return;
    }
    this.failure = null;
    try {
      const answer = await commit({base: this.base, mine: this.mine, change: this.place.change, isDryRun: true});
      const merged = versionOf((answer.actions[0]?.entry ?? {}) as Parameters<typeof versionOf>[0], this.base);
      const theirs = await readVersion(this.place, this.base.isWhole);
      this.#adopt(theirs, merged);
    } catch (error) {
      await this.#refused(error, this.mine);
    }
  }

  // `mine` goes on over another version.
  #adopt(base: Version, mine: Text) {
    this.base = base;
    this.fields = mine.fields;
    this.body = mine.body;
    this.incoming = null;
    this.conflict = null;
    this.#key = '';
    void this.#keep();
    void this.presence.say(base.blob);
  }

  // ---- conflicts

  async #refused(error: unknown, sent: Text) {
    if (isMergeConflict(error)) {
      const theirs = await readVersion(this.place, this.base.isWhole).catch((thrown: unknown) => void (this.failure = thrown));
      if (!theirs) return;
      const conflict = conflictOf(error, this.base, sent, theirs);
      if (conflict.clashes.length) this.conflict = conflict;
      else this.#adopt(theirs, resolved(conflict, {}));
      return;
    }
    this.failure = error;
    if (!(error instanceof Problem)) return;
    this.faults = (error.body.errors ?? []).map((fault) => ({...fault, pointer: fault.pointer?.replace(/^\/actions\/0/, '') ?? ''}));
    if (error.status === 404 || error.kind === 'not-found') this.isGone = true;
  }

  // What one has chosen is one's own text now, over theirs; it is still to be saved.
  decide(choices: Record<string, Choice>) {
    const {conflict} = this;
    if (!conflict) return;
    // What was typed since goes on top.
    this.#adopt(conflict.theirs, rebased(conflict.mine, this.mine, {...conflict.theirs, ...resolved(conflict, choices)}));
  }

  // Goes back to writing; nothing is lost, and the next save asks again.
  postpone() {
    if (this.conflict) this.incoming ??= {theirs: this.conflict.theirs, who: '', parts: differingParts(this.base, this.conflict.theirs)};
    this.conflict = null;
  }

  // ---- saving

  async save(defaultMessage: string): Promise<Saved | null> {
    if (this.isSaving || this.conflict || !this.isDirty) return null;
    const sent = this.mine, base = this.base;
    this.isSaving = true;
    this.failure = null;
    this.faults = [];
    this.#key ||= crypto.getRandomValues(new Uint32Array(4)).join('');
    try {
      const answer = await this.#sent({base, mine: sent, change: this.place.change, message: this.message.trim() || defaultMessage, key: this.#key});
      return await this.#landed(answer, base, sent);
    } catch (error) {
      await this.#refused(error, sent);
      return null;
    } finally {
      this.isSaving = false;
      this.isWaiting = false;
    }
  }

  // A server that is not reached is asked again, with the same key, until it answers or the entry is closed.
  async #sent(asked: Parameters<typeof commit>[0]): Promise<CommitAnswer> {
    for (;;) {
      try {
        return await commit(asked);
      } catch (error) {
        if (!(error instanceof Unreachable) || !this.#stops.length) throw error;
        this.isWaiting = true;
        void this.#keep();
        await reachedAgain();
      }
    }
  }

  async #landed(answer: CommitAnswer, base: Version, sent: Text): Promise<Saved> {
    const saved = savedVersion(answer, base);
    const now = rebased(sent, this.mine, saved);
    const parts = cameIn(base, sent, saved);
    const {incoming} = this;
    this.base = saved;
    this.fields = now.fields;
    this.body = now.body;
    this.incoming = null;
    this.isGone = false;
    this.wasSaved = true;
    this.#key = '';
    if (this.isDirty) void this.#keep();
    else {
      this.message = '';
      void this.#forget().catch(() => {}); // whatever the browser's storage does, it is saved
    }
    void this.presence.say(saved.blob);
    return {url: saved.url, parts, who: incoming?.who || this.#lastAuthor(), isUnchanged: answer.is_unchanged === true};
  }

  #lastAuthor(): string {
    return [...this.#authors.values()].reverse().find((name) => name !== session.user?.name) ?? '';
  }

  // The draft becomes a post, with all that is on the screen; where it is then.
  async publish(defaultMessage: string): Promise<EntryPlace | null> {
    while (this.isDirty) if (!(await this.save(defaultMessage))) return null;
    this.isPublishing = true;
    this.failure = null;
    try {
      return await publishDraft(this.place);
    } catch (error) {
      this.failure = error;
      return null;
    } finally {
      this.isPublishing = false;
    }
  }

  // A change of its own, with what is on the screen in it; where one goes on.
  async saveInChange(title: string, defaultMessage: string): Promise<string | null> {
    if (this.isSaving) return null;
    this.isSaving = this.isPublishing = true; // what would be typed meanwhile would be in neither
    this.failure = null;
    try {
      const made = await take(api.POST('/changes', {body: {title: title.slice(0, 200)}}));
      try {
        await commit({base: this.base, mine: this.mine, change: made.id, message: this.message.trim() || defaultMessage});
      } catch (error) {
        await take(api.DELETE('/changes/{id}', {params: {path: {id: made.id}}})).catch(() => {}); // an empty one is of no use
        throw error;
      }
      this.fields = this.base.fields;
      this.body = this.base.body;
      void this.#forget().catch(() => {});
      return made.id;
    } catch (error) {
      await this.#refused(error, this.mine);
      return null;
    } finally {
      this.isSaving = this.isPublishing = false;
    }
  }

  // Somebody has deleted it: it is made again, as it is on the screen.
  async bringBack(defaultMessage: string): Promise<boolean> {
    const action = this.base.isWhole
      ? {action: 'create' as const, path: this.base.path, content: this.body}
      : {action: 'create' as const, path: this.base.path, front_matter: this.fields, body: this.body};
    this.failure = null;
    const base = this.base, sent = this.mine;
    try {
      const answer = await take(api.POST('/commits', {
        params: {query: {...(this.place.change && {change: this.place.change})}}, body: {message: defaultMessage, actions: [action]},
      }));
      await this.#landed(answer, base, sent);
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  // All as the server has it.
  revert() {
    this.#take(this.incoming?.theirs ?? this.base);
    this.incoming = null;
    this.failure = null;
    this.faults = [];
    void this.#forget().catch(() => {});
  }
}

// "ada", {name: ada}, or several.
const namesOf = (author: Value | undefined): unknown[] =>
  (Array.isArray(author) ? author : [author]).map((one) => (typeof one === 'object' && one && 'name' in one ? one['name'] : one));
