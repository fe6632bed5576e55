// Signing in and out, and what is known of who is signed in.
import {api, take} from '../api/client';
import {session} from '../api/session.svelte';

// Who is here, by the browser's cookie; throws a Problem of 401 where nobody is.
export async function loadSession() {
  session.isSignedIn(await take(api.GET('/session')));
  session.account = await take(api.GET('/account'));
}

// Throws a Problem of kind "code-needed" where a second factor is to follow.
export async function signIn(login: string, password: string, code?: string) {
  session.isSignedIn(await take(api.POST('/session', {body: {login, password, ...(code ? {code} : {})}})));
  session.account = await take(api.GET('/account'));
}

// After a provider has sent somebody here whose second factor is still to come.
export async function giveCode(code: string) {
  session.isSignedIn(await take(api.POST('/session/second-factor', {body: {code}})));
  session.account = await take(api.GET('/account'));
}

export async function signOut() {
  await take(api.DELETE('/session'));
  session.isSignedOut();
}

// Off to a provider of OpenID Connect, and back to this place.
export async function signInBy(provider: string) {
  const begun = await take(api.POST('/session/providers/{id}', {params: {path: {id: provider}}, body: {return_to: location.pathname}}));
  location.assign(begun.url);
}
