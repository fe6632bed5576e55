// When the server answers again: it is asked now and then, and at once when the browser says that there is a network.
import {api, take} from './client';
import {connection} from './connection.svelte';
import {Unreachable} from './problem';

const pause = 4000; // milliseconds

export async function reachedAgain() {
  for (;;) {
    const waited = new AbortController();
    await new Promise<void>((resolve) => {
      setTimeout(resolve, pause);
      addEventListener('online', () => resolve(), {once: true, signal: waited.signal});
    });
    waited.abort();
    try {
      await take(api.GET('/session'));
      connection.isReached();
      return;
    } catch (error) {
      if (!(error instanceof Unreachable)) return;
    }
  }
}
