// Why somebody was not let in, in words.
import {Problem} from '../api/problem';
import {t} from './words';

export const needsCode = (error: unknown): boolean => error instanceof Problem && error.kind === 'code-needed';

// Nothing: it is no matter of who asks.
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  if (error.status === 429) return t('wait', {n: error.retryAfter ?? 1});
  return error.status === 401 ? t('wrong') : undefined;
}

const known = ['denied', 'unavailable', 'invalid', 'mail_unverified', 'no_account', 'other_identity'] as const;

// Of the address to which a provider's answer has led.
export function providerFault(search: string): string | undefined {
  const told = new URLSearchParams(search).get('sign_in_error');
  const kind = known.find((one) => one === told);
  return kind && t(`error.${kind}`);
}

export const codeFollows = (search: string): boolean => new URLSearchParams(search).get('sign_in') === 'code';
