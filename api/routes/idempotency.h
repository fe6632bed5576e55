// Idempotency-Key: a request that is sent again is answered as it was the first time, and done once
// (draft-ietf-httpapi-idempotency-key-header).
//
// Any method but GET takes one: 1 to kKeyBytesMax printable characters, in quotes or without. A key
// is one token's own. With the same key and the same request (method, target, conditions, body) the
// first answer is sent again, with Idempotency-Replayed: true; with another request it is 422;
// while the first is still at work, 409. Dry runs have no need of keys, and ignore them. What could
// not be served for reasons of ours (5xx) may be tried again with its key.
//
// Kept in the ledger for kSeconds, kKeysMax a token. Should the process end between commit and
// record, the commit says it: its trailer Idempotency-Key has the key's hash and the request's
// fingerprint. So a key that the ledger does not know is looked for in the commits of the last
// kSeconds, which are read once, when the first key comes. The answer is then made of the commit.
// Large answers are not kept, but made so too. Threads: any.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/routes/problem.h"
#include "storage/base/clock.h"
#include "storage/git/repository.h"
#include "storage/sqlite/ledger.h"

namespace stet::api {

struct Call;

inline constexpr std::string_view kKeyTrailer = "Idempotency-Key";

class IdempotencyKeys {
 public:
  static constexpr std::size_t kKeyBytesMax = 255;
  static constexpr std::int64_t kSeconds = 24 * 3600;
  static constexpr std::int64_t kKeysMax = 10'000;
  static constexpr std::size_t kAnswerBytesMax = 256 << 10;
  static constexpr std::size_t kCommitsMax = 50'000;  // that are looked through

  // All must outlive it.
  IdempotencyKeys(storage::Ledger& ledger,
                  const storage::Repository& repository,
                  const Clock& clock)
      : ledger_(ledger), repository_(repository), clock_(clock) {}

  // The route's answer, or the one that its key has had.
  Answer run(Call call);

 private:
  struct Made {
    CommitId commit;
    std::string request;  // its fingerprint, in hex
  };

  Answer run_claimed(Call& call, const storage::IdempotencyKey& key);
  void record(const storage::IdempotencyKey& key, const Answer& answer, const std::string& hash);
  void forget_old();
  // What a commit says that has the key's hash; none where no commit does.
  Result<std::optional<Made>> find_commit(const Call& call, const std::string& hash);
  Status read_history(std::string_view branch);

  storage::Ledger& ledger_;
  const storage::Repository& repository_;
  const Clock& clock_;
  std::mutex mutex_;  // of what follows
  bool has_history_ = false;
  std::int64_t forgotten_at_ = 0;
  int since_forgotten_ = 0;
  std::unordered_map<std::string, Made> made_;  // by the key's hash
};

}  // namespace stet::api
