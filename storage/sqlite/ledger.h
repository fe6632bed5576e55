// What git cannot hold and nothing can derive again: tokens, idempotency keys, deliveries seen.
//
// One SQLite file. Threads: every method from any thread, one at a time inside. Processes: several
// may have it open (`stet token create` beside a server). Durability: when a method that writes
// returns ok, what it wrote survives a power cut.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/hash.h"
#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// Whose token it is, as they are now; not kept with the token.
struct TokenOwner {
  std::string name, role, commit_name, commit_mail;
  bool is_disabled = false;
  friend bool operator==(const TokenOwner&, const TokenOwner&) = default;
};

// A token as it is kept: never the secret itself.
struct TokenRow {
  std::string id;
  std::string name;
  ContentHash hash;    // of the secret
  std::string scopes;  // names parted by blanks
  Instant created;
  std::optional<Instant> expires;
  std::optional<Instant> last_used;
  std::optional<Instant> revoked;
  std::string user = {};  // the owner's id; "": the server's own, made on the command line
  std::optional<TokenOwner> owner = std::nullopt;

  friend bool operator==(const TokenRow&, const TokenRow&) = default;
};

// An Idempotency-Key, as one principal sent it with one request.
struct IdempotencyKey {
  std::string principal;
  std::string key;
  Fingerprint request;  // of method, path and body
};

struct IdempotencyClaim {
  enum class State {
    kClaimed,  // new: do the work, then complete_key() or release_key()
    kRunning,  // the same request is being worked on
    kDone,     // the same request was answered: here is the answer
    kOther,    // the key was used for another request
  };
  State state = State::kClaimed;
  std::string response;  // kDone
};

class Ledger {
 public:
  // Makes or migrates it. kInvalidInput where a newer stet wrote it.
  static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& path);

  Status add_token(const TokenRow& token);  // kConflict where the id or the hash is taken
  Result<std::vector<TokenRow>> tokens();   // the oldest first
  Result<std::vector<TokenRow>> tokens_of(std::string_view user);  // likewise
  Result<TokenRow> find_token(const ContentHash& hash);            // kNotFound
  // kNotFound where there is none; a token that is revoked keeps its first moment.
  Status revoke_token(std::string_view id, Instant at);
  // The same of one's own: kNotFound too where it is another's.
  Status revoke_token_of(std::string_view user, std::string_view id, Instant at);
  Status touch_token(std::string_view id, Instant at);  // last used then, unless later already

  Result<IdempotencyClaim> claim_key(const IdempotencyKey& key, Instant at);
  Status complete_key(const IdempotencyKey& key, std::string_view response);
  Status release_key(const IdempotencyKey& key);  // the request may be tried again
  // For the server's start: what was being worked on when it stopped is worked on no more.
  Status release_unfinished_keys();
  Result<std::int64_t> forget_keys_before(Instant moment);
  // Of more than `keys_max` answered keys of one principal, the oldest.
  Result<std::int64_t> forget_surplus_keys(std::int64_t keys_max);

  // True the first time that this delivery of this source is seen.
  Result<bool> see_delivery(std::string_view source, std::string_view id, Instant at);
  // For a delivery that was seen but could not be dealt with: the sender may try again.
  Status unsee_delivery(std::string_view source, std::string_view id);
  Result<std::int64_t> forget_deliveries_before(Instant moment);

 private:
  explicit Ledger(Database database) : database_(std::move(database)) {}
  Result<std::int64_t> forget_before(std::string_view sql, Instant moment);

  std::mutex mutex_;
  Database database_;
};

}  // namespace stet::storage
