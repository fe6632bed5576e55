// Bearer tokens: made once, shown once, kept as a hash, checked on each request.
//
// A token is "stet_" and 32 random bytes in base64url. What is kept is its BLAKE2b hash: a fast
// hash is right here, since slow ones (Argon2id) make guessing dear, and 256 random bits cannot be
// guessed at any price; nor is there anything to gain by timing the look-up, for the asker controls
// no prefix of a hash. A token that is a person's does what its scopes and the person's role both
// allow, and nothing while they are disabled. Threads: every method from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/auth/principal.h"
#include "storage/base/clock.h"
#include "storage/base/hash.h"
#include "storage/base/random.h"
#include "storage/base/result.h"
#include "storage/sqlite/ledger.h"

namespace stet::auth {

struct NewToken {
  std::string name;  // 1 to 100 bytes of UTF-8 without control characters, "<" or ">"
  ScopeSet scopes;
  std::optional<std::int64_t> lifetime_seconds = std::nullopt;  // from now; none: until revoked
  std::string user = {};  // the owner's id, whose role bounds it; "": the server's own
};

struct CreatedToken {
  std::string secret;  // shown now and never again
  std::string id;
};

// Told apart for the log alone; see authenticate.h for what the outside is told.
enum class Outcome {
  kGranted,
  kMissing,    // no Authorization header
  kMalformed,  // not a bearer token of ours by its looks
  kUnknown,    // no such token
  kExpired,
  kRevoked,
  kOwnerDisabled,
  kUnavailable,  // the ledger could not be asked
};

std::string_view name_of(Outcome outcome);

struct Verdict {
  Outcome outcome = Outcome::kMissing;
  std::optional<Principal> principal;  // kGranted
  std::string token_id;  // of the token in question, where it is known: also expired or revoked
  std::string reason;    // kUnavailable: what the ledger said
  std::optional<Instant> expires = std::nullopt;  // of a token that does
};

class Tokens {
 public:
  // What another process has taken away (a token, a role) is honoured for no longer than this.
  static constexpr std::int64_t kCacheSeconds = 5;
  static constexpr std::int64_t kTouchSeconds = 600;  // the grain of "last used"
  static constexpr std::size_t kCachedMax = 1000;
  static constexpr std::int64_t kLifetimeSecondsMax = std::int64_t{100} * 366 * 86400;

  // All three must outlive it.
  Tokens(storage::Ledger& ledger, const Clock& clock, RandomSource& random)
      : ledger_(ledger), clock_(clock), random_(random) {}

  Result<CreatedToken> create(const NewToken& token);  // kInvalidInput says what is wrong
  Result<std::vector<storage::TokenRow>> list() { return ledger_.tokens(); }
  Result<std::vector<storage::TokenRow>> list_of(std::string_view user) {
    return ledger_.tokens_of(user);
  }
  Status revoke(std::string_view id);  // kNotFound; at once in this process
  Status revoke_of(std::string_view user, std::string_view id);  // likewise, of their own
  // Rights of owners have changed.
  void forget_cached();
  // Grows with each of them.
  std::uint64_t revocations() const { return revocations_; }

  // `secret` is the token as its holder sends it.
  Verdict verify(std::string_view secret);
  // The same, and no sign that it is in use.
  Verdict look_at(std::string_view secret);

 private:
  struct Cached {
    storage::TokenRow token;
    std::int64_t read_ns = 0;
  };
  Verdict judge(std::string_view secret, bool is_use);
  Result<storage::TokenRow> find(const ContentHash& hash);
  void note_use(const storage::TokenRow& token);

  storage::Ledger& ledger_;
  const Clock& clock_;
  RandomSource& random_;
  std::mutex cache_mutex_;
  std::unordered_map<ContentHash, Cached> cache_;
  std::atomic<std::uint64_t> revocations_ =
      0;  // a row read before one of them is not cached after it
};

}  // namespace stet::auth
