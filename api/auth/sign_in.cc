#include "api/auth/sign_in.h"

namespace stet::auth {
namespace {

using storage::UserRow;

Result<std::optional<UserRow>> user_of(storage::People& people, const std::string& login) {
  auto found = people.find_login(login);
  if (found) return std::optional(*std::move(found));
  if (found.error().code == ErrorCode::kNotFound) return std::optional<UserRow>();
  return found.error();
}

}  // namespace

// A name that nobody has is not noted: it may be a password in the wrong place.
Status SignIn::note_failure(const Credentials& credentials,
                            const std::optional<UserRow>& user,
                            std::string_view why) {
  return parts_.accounts.note(
      "sign-in-failed", {"", credentials.address}, user ? user->name : "", std::string(why));
}

// False, and noted, where it is wrong.
Result<bool> SignIn::use_code(const Credentials& credentials, const UserRow& user) {
  auto kind = TRY(parts_.factor.use(user, credentials.code));
  if (kind == SecondFactor::Kind::kNone) {
    TRY(note_failure(credentials, user, "wrong code"));
    return false;
  }
  if (kind == SecondFactor::Kind::kRecoveryCode) {
    TRY(parts_.accounts.note("recovery-code-used", {user.name, credentials.address}, user.name));
  }
  return true;
}

Result<SignInAnswer> SignIn::judge(const Credentials& credentials,
                                   const std::optional<UserRow>& user,
                                   const AttemptLimiter::Attempt& attempt,
                                   bool asks_code) {
  auto verified = parts_.hasher.verify(user ? user->password : "", credentials.password);
  if (!verified) {
    TRY(parts_.limiter.forgive(attempt));
    return verified.error();
  }
  if (!*verified || !user || user->disabled) {
    TRY(note_failure(credentials,
                     user,
                     !user       ? "unknown name"
                     : *verified ? "disabled"
                                 : "wrong password"));
    return SignInAnswer{SignInOutcome::kWrong};
  }
  if (asks_code && !user->totp_secret.empty()) {
    if (credentials.code.empty()) {
      TRY(parts_.limiter.forgive(attempt));
      return SignInAnswer{SignInOutcome::kCodeNeeded};
    }
    if (!TRY(use_code(credentials, *user))) return SignInAnswer{SignInOutcome::kWrong};
  }
  TRY(parts_.limiter.succeed(attempt));
  if (!parts_.hasher.is_current(user->password)) {
    auto anew = parts_.hasher.hash(credentials.password);
    if (anew) TRY(parts_.people.rehash(user->id, user->password, *anew));
  }
  return SignInAnswer{SignInOutcome::kRight, user};
}

Result<SignInAnswer> SignIn::prove(const Credentials& credentials) {
  auto attempt = TRY(parts_.limiter.begin(credentials.login, credentials.address));
  if (attempt.wait_seconds > 0) {
    return SignInAnswer{SignInOutcome::kTooMany, {}, attempt.wait_seconds};
  }
  auto user = TRY(user_of(parts_.people, credentials.login));
  return judge(credentials, user, attempt, true);
}

Result<SignInAnswer> SignIn::confirm(const UserRow& user,
                                     std::string_view password,
                                     std::string_view address,
                                     std::optional<std::string_view> code) {
  Credentials credentials{
      user.name, std::string(password), std::string(code.value_or("")), std::string(address)};
  auto attempt = TRY(parts_.limiter.begin(credentials.login, credentials.address));
  if (attempt.wait_seconds > 0) {
    return SignInAnswer{SignInOutcome::kTooMany, {}, attempt.wait_seconds};
  }
  return judge(credentials, user, attempt, code.has_value());
}

Result<SignInAnswer> SignIn::prove_code(const UserRow& user,
                                        std::string_view code,
                                        std::string_view address) {
  Credentials credentials{user.name, "", std::string(code), std::string(address)};
  auto attempt = TRY(parts_.limiter.begin(credentials.login, credentials.address));
  if (attempt.wait_seconds > 0) {
    return SignInAnswer{SignInOutcome::kTooMany, {}, attempt.wait_seconds};
  }
  bool is_right = TRY(use_code(credentials, user));
  if (!is_right || user.disabled) return SignInAnswer{SignInOutcome::kWrong};
  TRY(parts_.limiter.succeed(attempt));
  return SignInAnswer{SignInOutcome::kRight, user};
}

}  // namespace stet::auth
