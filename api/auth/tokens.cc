#include "api/auth/tokens.h"

#include <algorithm>
#include <array>

#include "api/auth/names.h"
#include "storage/base/base64.h"
#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

constexpr std::string_view kPrefix = "stet_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretCharacters = 43;  // 32 bytes in base64 without padding
constexpr std::size_t kIdBytes = 8;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::string_view bytes_of(const ContentHash& hash) {
  return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

bool is_base64url(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

bool looks_like_ours(std::string_view secret) {
  return secret.size() == kPrefix.size() + kSecretCharacters && secret.starts_with(kPrefix) &&
         std::all_of(secret.begin(), secret.end(), is_base64url);
}

// It becomes the name of a commit's author.
Status check_name(std::string_view name) {
  if (is_commit_name(name)) return {};
  return invalid_input(
      "a token's name has 1 to 100 bytes with a letter or a digit among them, and "
      "no control characters, '<' or '>'; '" +
      printable(name, 40) + "' is none");
}

Result<Principal> principal_of(const storage::TokenRow& token, ScopeSet scopes) {
  // RFC 2606: .invalid is nobody's, so no mail is ever sent there and nobody is taken for another.
  Principal principal{.token_id = token.id,
                      .name = token.name,
                      .rights = {.scopes = scopes},
                      .commit_name = token.name,
                      .commit_email = token.id + "@token.invalid",
                      .user_id = token.user};
  if (!token.owner) return principal;
  principal.rights.role = TRY(parse_role(token.owner->role));
  principal.rights.user = token.owner->name;
  principal.commit_name = token.owner->commit_name;
  principal.commit_email = token.owner->commit_mail;
  return principal;
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kGranted: return "granted";
    case Outcome::kMissing: return "missing";
    case Outcome::kMalformed: return "malformed";
    case Outcome::kUnknown: return "unknown";
    case Outcome::kExpired: return "expired";
    case Outcome::kRevoked: return "revoked";
    case Outcome::kOwnerDisabled: return "owner disabled";
    case Outcome::kUnavailable: return "unavailable";
  }
  return "unavailable";
}

Result<CreatedToken> Tokens::create(const NewToken& token) {
  TRY(check_name(token.name));
  if (token.scopes.empty()) return invalid_input("a token needs a scope");
  if (token.lifetime_seconds &&
      (*token.lifetime_seconds < 1 || *token.lifetime_seconds > kLifetimeSecondsMax)) {
    return invalid_input("a token lives for a second at least and a hundred years at most");
  }
  std::array<std::uint8_t, kSecretBytes> secret;
  random_.fill(secret);
  std::array<std::uint8_t, kIdBytes> id;
  random_.fill(id);
  CreatedToken created{std::string(kPrefix) + encode_base64url(secret), encode_hex(id)};
  storage::TokenRow row;
  row.id = created.id;
  row.name = token.name;
  row.hash = content_hash(created.secret);
  row.scopes = token.scopes.string();
  row.created = clock_.now();
  row.user = token.user;
  if (token.lifetime_seconds) row.expires = {row.created.seconds + *token.lifetime_seconds};
  if (Status added = ledger_.add_token(row); !added) {
    return std::move(added).error().within("create a token");
  }
  return created;
}

Status Tokens::revoke(std::string_view id) {
  TRY(ledger_.revoke_token(id, clock_.now()));
  forget_cached();
  return {};
}

Status Tokens::revoke_of(std::string_view user, std::string_view id) {
  TRY(ledger_.revoke_token_of(user, id, clock_.now()));
  forget_cached();
  return {};
}

void Tokens::forget_cached() {
  std::lock_guard lock(cache_mutex_);
  ++revocations_;
  cache_.clear();
}

Verdict Tokens::verify(std::string_view secret) { return judge(secret, true); }

Verdict Tokens::look_at(std::string_view secret) { return judge(secret, false); }

Verdict Tokens::judge(std::string_view secret, bool is_use) {
  if (!looks_like_ours(secret)) return {Outcome::kMalformed, {}, {}, {}};
  const ContentHash hash = content_hash(secret);
  auto token = find(hash);
  if (!token && token.error().code == ErrorCode::kNotFound) {
    return {Outcome::kUnknown, {}, {}, {}};
  }
  if (!token) return {Outcome::kUnavailable, {}, {}, token.error().message};
  if (!equal_in_constant_time(bytes_of(token->hash), bytes_of(hash))) {
    return {Outcome::kUnknown, {}, {}, {}};
  }
  if (token->revoked) return {Outcome::kRevoked, {}, token->id, {}};
  if (token->expires && *token->expires <= clock_.now()) {
    return {Outcome::kExpired, {}, token->id, {}};
  }
  if (token->owner && token->owner->is_disabled)
    return {Outcome::kOwnerDisabled, {}, token->id, {}};
  auto scopes = ScopeSet::parse(token->scopes);
  if (!scopes) return {Outcome::kUnavailable, {}, token->id, scopes.error().message};
  auto principal = principal_of(*token, *scopes);
  if (!principal) return {Outcome::kUnavailable, {}, token->id, principal.error().message};
  if (is_use) note_use(*token);
  return {Outcome::kGranted, *std::move(principal), token->id, {}, token->expires};
}

Result<storage::TokenRow> Tokens::find(const ContentHash& hash) {
  const std::int64_t now_ns = clock_.monotonic_ns();
  std::uint64_t revocations;
  {
    std::lock_guard lock(cache_mutex_);
    auto cached = cache_.find(hash);
    if (cached != cache_.end() && now_ns - cached->second.read_ns < kCacheSeconds * kNanoseconds) {
      return cached->second.token;
    }
    revocations = revocations_;
  }
  storage::TokenRow token = TRY(ledger_.find_token(hash));
  std::lock_guard lock(cache_mutex_);
  if (revocations != revocations_) return ledger_.find_token(hash);
  if (cache_.size() >= kCachedMax) cache_.clear();
  cache_.insert_or_assign(hash, Cached{token, now_ns});
  return token;
}

// Its grain is coarse, for each note is a write to disk. One that fails is lost, not the request.
void Tokens::note_use(const storage::TokenRow& token) {
  const Instant now = clock_.now();
  if (token.last_used && now.seconds - token.last_used->seconds < kTouchSeconds) return;
  {
    std::lock_guard lock(cache_mutex_);
    auto cached = cache_.find(token.hash);
    if (cached != cache_.end()) cached->second.token.last_used = now;
  }
  [[maybe_unused]] Status ignored = ledger_.touch_token(token.id, now);
}

}  // namespace stet::auth
