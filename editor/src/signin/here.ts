// Who is signed in, and how they leave.
import {apiRoot, ask, read} from '../api/asking';
import {session} from '../api/session.svelte';

// By the browser's cookie; throws a Problem of 401 where nobody is.
export async function loadSession() {
  session.isSignedIn(await read('/session'));
  session.account = await read('/account');
}

export async function signOut() {
  await ask(`${apiRoot}/session`, {method: 'DELETE'});
  session.isSignedOut();
}
