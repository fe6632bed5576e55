// How the server is asked, with who is signed in: what all calls go through, and all that the first page needs.
//
// What is refused throws a Problem, and Unreachable where nobody answers. A session that has ended asks for the password in place, and the call
// then goes on: its caller only sees that it took longer.
import type {paths} from '$schema';
import {connection} from './connection.svelte';
import {Problem, type ProblemBody, Unreachable} from './problem';
import {session} from './session.svelte';

export const apiRoot = new URL('../api/v1', document.baseURI).pathname;
const tries = 3;

export async function problemOf(response: Response): Promise<Problem> {
  const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  let body: ProblemBody = {};
  try {
    body = (await response.json()) as ProblemBody;
  } catch {
    body = {title: response.statusText};
  }
  return new Problem(response.status, body, Number.isNaN(wait) ? null : wait);
}

async function reached(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    connection.isReached();
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    connection.isLost();
    throw new Unreachable(error);
  }
}

// fetch, with who is signed in; throws what is no success, but a 304 or what the caller takes for an answer.
export async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const whole = new Request(input, {...init, credentials: 'same-origin'});
  for (let n = 0; ; ++n) {
    const request = whole.clone();
    if (request.method !== 'GET' && session.csrf) request.headers.set('X-CSRF-Token', session.csrf);
    const response = await reached(request);
    if (response.ok || response.status === 304) return response;
    const problem = await problemOf(response);
    const isEnded = problem.kind === 'unauthorized' || problem.kind === 'foreign-page';
    if (!isEnded || !session.user || n + 1 === tries) throw problem;
    await session.again(); // rejects if whoever is asked gives up
  }
}

// Answers of what an address alone asks for: '/status' for "/api/v1/status".
type Read<Path extends string> = `/api/v1${Path}` extends keyof paths
  ? paths[`/api/v1${Path}`] extends {get: {responses: {200: {content: {'application/json': infer Answer}}}}}
    ? Answer
    : never
  : never;

export const read = async <const Path extends string>(path: Path): Promise<Read<Path>> =>
  (await (await ask(apiRoot + path)).json()) as Read<Path>;
