// The kinds of lines of the log (GET /audit names them where it is asked for another).
export const kinds = [
  'identity-bound', 'identity-unbound', 'password-changed', 'password-reset-issued', 'password-reset-used',
  'recovery-code-used', 'recovery-codes-renewed', 'review-dismissed', 'second-factor-off', 'second-factor-on',
  'sign-in', 'sign-in-failed', 'sign-out', 'sign-out-everywhere', 'token-created', 'token-revoked',
  'user-change-refused', 'user-changed', 'user-created', 'user-deleted', 'user-disabled', 'user-enabled',
];
