#include "api/auth/second_factor.h"

#include <array>
#include <optional>

#include "storage/base/base32.h"
#include "storage/base/one_time_code.h"

namespace stet::auth {
namespace {

constexpr std::size_t kRecoveryBytes = 10, kGroup = 4;

// The step whose code it is, of those that may be meant; the window is one to each side.
std::optional<std::int64_t> step_of(std::string_view key, std::string_view code, Instant now) {
  std::optional<std::int64_t> found;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
    std::string right = hotp(key, static_cast<std::uint64_t>(step));
    if (equal_in_constant_time(right, code)) found = step;
  }
  return found;
}

// People type blanks, dashes and small letters.
std::string plain_code(std::string_view code) {
  std::string plain;
  for (char c : code) {
    if (c != ' ' && c != '-') plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return plain;
}

std::string in_groups(std::string_view code) {
  std::string shown;
  for (std::size_t i = 0; i < code.size(); i += kGroup) {
    if (i > 0) shown += '-';
    shown += code.substr(i, kGroup);
  }
  return shown;
}

}  // namespace

Result<SecondFactor::Kind> SecondFactor::use(const storage::UserRow& user, std::string_view code) {
  std::string plain = plain_code(code);
  if (plain.size() == kTotpDigits) {
    auto step = step_of(user.totp_secret, plain, clock_.now());
    bool is_good = step && TRY(people_.use_totp_step(user.id, *step));
    return is_good ? Kind::kAuthenticator : Kind::kNone;
  }
  bool is_good = TRY(people_.use_recovery_code(user.id, content_hash(plain)));
  return is_good ? Kind::kRecoveryCode : Kind::kNone;
}

Result<SecondFactor::Enrolment> SecondFactor::begin(const storage::UserRow& user) {
  std::array<std::uint8_t, kTotpSecretBytes> bytes;
  random_.fill(bytes);
  TRY(people_.set_pending_totp(
      user.id, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())));
  std::string secret = encode_base32(bytes);
  // Names have no letter that a URI would mind.
  return Enrolment{secret,
                   "otpauth://totp/stet:" + user.name + "?secret=" + secret +
                       "&issuer=stet&algorithm=SHA1&digits=6&period=30"};
}

std::vector<std::string> SecondFactor::make_codes(std::vector<ContentHash>& hashes) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    std::array<std::uint8_t, kRecoveryBytes> bytes;
    random_.fill(bytes);
    std::string code = encode_base32(bytes);
    hashes.push_back(content_hash(code));
    codes.push_back(in_groups(code));
  }
  return codes;
}

Result<std::vector<std::string>> SecondFactor::finish(const storage::UserRow& user,
                                                      std::string_view code) {
  if (user.totp_pending.empty()) return conflict("no second factor is being set up");
  auto step = step_of(user.totp_pending, plain_code(code), clock_.now());
  if (!step) {
    return invalid_input("the code is wrong; is the clock of the authenticator right?");
  }
  std::vector<ContentHash> hashes;
  std::vector<std::string> codes = make_codes(hashes);
  TRY(people_.take_pending_totp(user.id, *step, hashes));
  return codes;
}

Result<std::vector<std::string>> SecondFactor::renew_codes(const storage::UserRow& user) {
  if (user.totp_secret.empty()) return conflict("there is no second factor to recover from");
  std::vector<ContentHash> hashes;
  std::vector<std::string> codes = make_codes(hashes);
  TRY(people_.set_recovery_codes(user.id, hashes));
  return codes;
}

}  // namespace stet::auth
