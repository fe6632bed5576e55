// What happens on the server, as it happens: one stream for the whole editor (GET /events as server-sent events, which the browser takes up
// again by itself where it was cut off).
import {apiRoot} from './asking';
import {connection} from './connection.svelte';

export interface News {
  id: string;
  type: string; // "entry.updated", "site.published", "presence", ...
  data: Record<string, unknown>;
}
type Listener = (news: News) => void;

const types = [
  'entry.created', 'entry.updated', 'entry.deleted', 'entry.moved', 'entry.published', 'entry.unpublished',
  'change.created', 'change.updated', 'change.commented', 'change.reviewed', 'change.rebased', 'change.scheduled', 'change.blocked',
  'change.published', 'change.withdrawn', 'change.reopened',
  'site.state', 'site.published', 'site.progress', 'events.skipped', 'presence', 'commit',
];

let source: EventSource | null = null;
const listeners = new Map<string, Set<Listener>>();

function tell(event: MessageEvent<string>, type: string) {
  connection.isReached();
  let data: Record<string, unknown>;
  try {
    data = JSON.parse(event.data) as Record<string, unknown>;
  } catch {
    return;
  }
  const news = {id: event.lastEventId, type, data};
  for (const pattern of [type, `${type.split('.')[0]}.*`, '*']) for (const listener of listeners.get(pattern) ?? []) listener(news);
}

function open() {
  source = new EventSource(`${apiRoot}/events`);
  for (const type of types) source.addEventListener(type, (event) => tell(event as MessageEvent<string>, type));
  source.addEventListener('open', () => connection.isReached());
}

// Calls `listener` for each of a type ("entry.updated", "entry.*", "*") until the function that it returns is called.
export function listen(type: string, listener: Listener): () => void {
  if (!source || source.readyState === EventSource.CLOSED) open();
  const these = listeners.get(type) ?? new Set();
  listeners.set(type, these.add(listener));
  return () => {
    these.delete(listener);
    if ([...listeners.values()].some((left) => left.size > 0)) return;
    source?.close();
    source = null;
  };
}
