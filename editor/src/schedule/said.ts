// What is said when something is saved: where it began a change of its own, that, and where that change is.
import {href} from '../app/router.svelte';
import {toasts} from '../ui/toasts.svelte';
import type {Plan} from './plan.svelte';
import {t} from './words';

// `was`: the change that one looked at before.
export function say({change}: Plan, was: string, text: string) {
  if (change === was) toasts.say(text);
  else toasts.say(`${text} ${t('proposed')}`, {link: {label: t('see change'), href: href(['changes', change])}});
}
