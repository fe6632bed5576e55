// Signing in.
import {api, take} from '../api/client';
import {session} from '../api/session.svelte';

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

// Off to a provider of OpenID Connect, and back to this place.
export async function signInBy(provider: string) {
  const begun = await take(api.POST('/session/providers/{id}', {params: {path: {id: provider}}, body: {return_to: location.pathname}}));
  location.assign(begun.url);
}
