// Every screen of the editor, by the first segment of its address. Each is loaded when it is first shown.
import type {Component} from 'svelte';

// `rest`: the segments after the first.
export type Screen = Component<{rest: string[]; query: URLSearchParams}>;

export const screens: Record<string, () => Promise<{default: Screen}>> = {
  account: () => import('../account/AccountScreen.svelte'),
  changes: () => import('../changes/ChangesScreen.svelte'),
  drafts: () => import('../entries/EntriesScreen.svelte'),
  collections: () => import('../entries/EntriesScreen.svelte'),
  edit: () => import('../entry/EntryScreen.svelte'),
  history: () => import('../history/HistoryScreen.svelte'),
  media: () => import('../media/MediaScreen.svelte'),
  new: () => import('../create/NewScreen.svelte'),
  pages: () => import('../entries/EntriesScreen.svelte'),
  people: () => import('../people/PeopleScreen.svelte'),
  posts: () => import('../entries/EntriesScreen.svelte'),
  schedule: () => import('../schedule/ScheduleScreen.svelte'),
  settings: () => import('../settings/SettingsScreen.svelte'),
  status: () => import('../status/StatusScreen.svelte'),
};

export const firstScreen = 'posts';

// These look at the segments of the address themselves, and stay as they change; others are made anew.
export const staying = new Set(['schedule']);
