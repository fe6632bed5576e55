// What can be done with a file that is there: the calls, one by one.
import {api, take, takeWhole} from '../api/client';
import type {components} from '$schema';
import {isProblem} from '../api/problem';
import {sendFile} from '../api/upload';
import {type Media, pathInAddress} from './files';

export type Use = components['schemas']['MediaUse'];
const about = 'media'; // _data/media.yml

// Slashes stand in an address as they are.
const at = (name: string) => ({params: {path: {name}}, pathSerializer: (path: string) => path.replace('{name}', pathInAddress(name))});

export const readMedia = async (path: string): Promise<{media: Media; etag: string}> => {
  const {data} = await takeWhole(api.GET('/media/{name}', at(path)));
  return {media: data, etag: data.etag};
};

export async function renameMedia(media: Media, name: string): Promise<Media> {
  const call = at(media.path);
  const {items} = await take(
    api.PATCH('/media/{name}', {
      ...call, params: {...call.params, header: {'If-Match': media.etag}}, body: {name}, headers: {'Content-Type': 'application/merge-patch+json'},
    }),
  );
  return items[0]!;
}

export async function replaceMedia(media: Media, file: File): Promise<Media> {
  const {items} = await sendFile({method: 'PUT', path: `/media/${pathInAddress(media.path)}`, file, etag: media.etag});
  return items[0]!;
}

// `isForced`: though pages show it, which will then show nothing.
export const deleteMedia = (media: Media, isForced: boolean) => {
  const call = at(media.path);
  return take(
    api.DELETE('/media/{name}', {
      ...call, params: {...call.params, query: {...(isForced && {force: true})}, header: {'If-Match': media.etag}},
    }),
  );
};

// What _data/media.yml says of a picture; the file comes to be where there is none.
export async function describe(media: Media, alt: string): Promise<void> {
  const patch = {[media.path]: alt ? {alt} : {alt: null}};
  const params = {path: {name: about}};
  try {
    const {etag} = await takeWhole(api.GET('/data/{name}', {params}));
    const header = {'If-Match': etag};
    await take(
      api.PATCH('/data/{name}', {params: {...params, header}, body: patch, headers: {'Content-Type': 'application/merge-patch+json'}}),
    );
  } catch (error) {
    if (!isProblem(error, 404)) throw error;
    const header = {'If-None-Match': '*'};
    await take(api.PUT('/data/{name}', {params: {...params, header}, body: {[media.path]: {alt}} as never}));
  }
}

// The screen on which a file that names media is edited, as the editor addresses it; null: it is none of the entries.
export function placeOfUse(path: string): {segments: string[]} | null {
  const known: [RegExp, string][] = [
    [/^_posts\/(.+)\.\w+$/, 'posts'],
    [/^_drafts\/(.+)\.\w+$/, 'drafts'],
    [/^(.+)\.(?:md|markdown|html?)$/, 'pages'],
  ];
  for (const [shape, kind] of known) {
    const name = shape.exec(path)?.[1];
    if (name && (kind !== 'pages' || !/^_(layouts|includes|sass|data|site)\//.test(path))) return {segments: ['edit', kind, name]};
  }
  return null;
}
