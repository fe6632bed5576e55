// The one way to the server: its public API, as everybody else has it.
//
// `api` is typed by the server's own OpenAPI document. Its calls throw: a Problem for what is refused, Unreachable where nobody answers;
// `take` gives the data of what is left. A session that has ended asks for the password in place, and the call then goes on: its caller only
// sees that it took longer.
import createClient from 'openapi-fetch';
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

// The document's paths, below the root: '/posts' for "/api/v1/posts".
type Below<Paths> = {[Path in keyof Paths as Path extends `/api/v1${infer Rest}` ? Rest : never]: Paths[Path]};

// What a PATCH has is a merge patch, unless the caller says that it is a JSON Patch.
function called(request: Request): Promise<Response> {
  const isPlain = request.headers.get('Content-Type') === 'application/json';
  if (request.method === 'PATCH' && isPlain) request.headers.set('Content-Type', 'application/merge-patch+json');
  return ask(request);
}

// filter: {date: {gte: '2025'}} as filter[date][gte]=2025, to any depth; a list by commas.
export function queryOf(query: Record<string, unknown>): string {
  const asked = new URLSearchParams();
  const add = (name: string, value: unknown) => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) asked.append(name, value.join(','));
    else if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
    else asked.append(name, value === true ? '1' : String(value));
  };
  for (const [name, value] of Object.entries(query)) add(name, value);
  return String(asked);
}

export const api = createClient<Below<paths>>({baseUrl: apiRoot, fetch: called, querySerializer: queryOf});

// The data of a call that has succeeded.
export async function take<T>(call: Promise<{data?: T; error?: unknown; response: Response}>): Promise<T> {
  return (await call).data as T;
}

// Likewise with its headers, for ETag and Link.
export async function takeWhole<T>(
  call: Promise<{data?: T; error?: unknown; response: Response}>,
): Promise<{data: T; response: Response; etag: string}> {
  const {data, response} = await call;
  return {data: data as T, response, etag: response.headers.get('ETag') ?? ''};
}
