// What a role comes to, in a word for each part of a site.
import type {components} from '$schema';

type Account = components['schemas']['Account'];
type Right = Account['rights'][number];

export function reachOf(account: Account | null, area: Right['area']): 'none' | 'own' | 'all' | 'propose' {
  const reach = (action: Right['action']) =>
    account?.rights.find((right) => right.area === area && right.action === action)?.reach ?? 'none';
  const write = reach('write');
  return write === 'none' && reach('propose') !== 'none' ? 'propose' : write;
}
