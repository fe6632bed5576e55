// The kinds of lines of the log (GET /audit names them where it is asked for another), in words.
import {catalogue} from '../i18n/language.svelte';

const t = catalogue(
  {
    'identity-bound': 'Provider connected',
    'identity-unbound': 'Provider disconnected',
    'password-changed': 'Password changed',
    'password-reset-issued': 'Link for a new password made',
    'password-reset-used': 'Password set by a link',
    'recovery-code-used': 'Signed in by a recovery code',
    'recovery-codes-renewed': 'Recovery codes renewed',
    'review-dismissed': 'Review put aside',
    'second-factor-off': 'Second step switched off',
    'second-factor-on': 'Second step switched on',
    'sign-in': 'Signed in',
    'sign-in-failed': 'Sign-in refused',
    'sign-out': 'Signed out',
    'sign-out-everywhere': 'Signed out everywhere',
    'token-created': 'Token made',
    'token-revoked': 'Token ended',
    'user-change-refused': 'Change of a person refused',
    'user-changed': 'Person changed',
    'user-created': 'Person added',
    'user-deleted': 'Person deleted',
    'user-disabled': 'Person switched off',
    'user-enabled': 'Person switched on',
  },
  {
    'identity-bound': 'پیوند با ارائه‌دهنده',
    'identity-unbound': 'گسست از ارائه‌دهنده',
    'password-changed': 'گذرواژه عوض شد',
    'password-reset-issued': 'پیوند گذرواژهٔ تازه ساخته شد',
    'password-reset-used': 'گذرواژه با پیوند تعیین شد',
    'recovery-code-used': 'ورود با کد بازیابی',
    'recovery-codes-renewed': 'کدهای بازیابی نو شدند',
    'review-dismissed': 'بازبینی کنار گذاشته شد',
    'second-factor-off': 'گام دوم خاموش شد',
    'second-factor-on': 'گام دوم روشن شد',
    'sign-in': 'ورود',
    'sign-in-failed': 'ورود پذیرفته نشد',
    'sign-out': 'خروج',
    'sign-out-everywhere': 'خروج از همه جا',
    'token-created': 'توکن ساخته شد',
    'token-revoked': 'توکن پایان یافت',
    'user-change-refused': 'تغییر کاربر پذیرفته نشد',
    'user-changed': 'کاربر عوض شد',
    'user-created': 'کاربر افزوده شد',
    'user-deleted': 'کاربر حذف شد',
    'user-disabled': 'کاربر خاموش شد',
    'user-enabled': 'کاربر روشن شد',
  },
);

type Kind = Parameters<typeof t>[0];
export const kinds: Kind[] = [
  'identity-bound', 'identity-unbound', 'password-changed', 'password-reset-issued', 'password-reset-used',
  'recovery-code-used', 'recovery-codes-renewed', 'review-dismissed', 'second-factor-off', 'second-factor-on',
  'sign-in', 'sign-in-failed', 'sign-out', 'sign-out-everywhere', 'token-created', 'token-revoked',
  'user-change-refused', 'user-changed', 'user-created', 'user-deleted', 'user-disabled', 'user-enabled',
];

// One that a newer server knows is told as it is.
export const kindWord = (kind: string): string => ((kinds as string[]).includes(kind) ? t(kind as Kind) : kind);
