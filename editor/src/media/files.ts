// Files of media: what they are called, how they are shown, what may be sent.
import {apiRoot} from '../api/client';
import {session} from '../api/session.svelte';
import type {Media} from '../api/upload';
import {speech} from '../i18n/language.svelte';

export type {Media};
export interface Picked {
  path: string; // in the repository
  url: string; // on the public site, from its root
  width: number | null;
  height: number | null;
  name: string;
  family: string | null;
  alt: string; // what is known to be seen on it
}

export const kinds = ['image', 'video', 'audio', 'document', 'archive', 'font', 'text'] as const;
export type Kind = (typeof kinds)[number];

// What programs know pictures by, for a file dialog.
export const acceptOf = (wanted: readonly string[] | undefined): string | undefined =>
  wanted?.every((kind) => ['image', 'video', 'audio'].includes(kind)) ? wanted.map((kind) => `${kind}/*`).join(',') : undefined;

// Of one file, by the server's settings.
export const fileBytesMax = (): number => session.account?.limits.upload_bytes ?? Infinity;

export function sizeText(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(3, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const value = bytes / 1024 ** step;
  return new Intl.NumberFormat(speech.current, {
    style: 'unit', unit: units[step]!, unitDisplay: step ? 'short' : 'long', maximumFractionDigits: step && value < 10 ? 1 : 0,
  }).format(value);
}

export const pathInAddress = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

// Its bytes on this origin; in a change as they are there.
export const contentOf = (path: string, change?: string): string =>
  `${apiRoot}/media-content/${pathInAddress(path)}${change ? `?change=${encodeURIComponent(change)}` : ''}`;

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const isPicture = (media: Pick<Media, 'family'>): boolean => media.family === 'image';

export const picked = (media: Media): Picked => ({
  path: media.path,
  url: media.url ?? `/${pathInAddress(media.path)}`,
  width: media.width ?? null,
  height: media.height ?? null,
  name: media.name,
  family: media.family ?? null,
  alt: media.about?.alt ?? '',
});
