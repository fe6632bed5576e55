// What a server says in its repository of what it shows, for followers: which commit, at which
// instant, and what it renders pages by.
//
// refs/stet/live/INSTANT names the commit that is live, and INSTANT is its site.time: so a
// publication costs a reference and no object. refs/stet/site names a text of what seldom changes.
// Pages follow from the three. A follower has those of its leader below refs/stet/mirror/, and
// beside them marks of its own, which others may follow. Threads: pure functions of the repository.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/clock.h"
#include "storage/git/repository.h"

namespace stet::remote {

inline constexpr std::string_view kOwnMarks = "refs/stet/";
inline constexpr std::string_view kMirror = "refs/stet/mirror/";
inline constexpr char kMirroredEpoch[] = "refs/stet/mirror/epoch";

struct LiveMark {
  CommitId commit;
  Instant instant;
  friend bool operator==(const LiveMark&, const LiveMark&) = default;
};

struct SiteFacts {
  std::string url = {};    // site.url
  std::string admin = {};  // where writers go, without a slash at its end; "": not known
  // A fingerprint of all that pages depend on beside these, in hex.
  std::string settings = {};
  std::uint64_t term = 0;  // the epoch of whoever leads, as far as is known there; 0: it is not
  friend bool operator==(const SiteFacts&, const SiteFacts&) = default;
};

// None: what is there shows nothing, or is no stet. Where a server was killed between two, there
// are two marks: the later instant counts.
Result<std::optional<LiveMark>> read_live(const storage::Repository& repository,
                                          std::string_view where = kOwnMarks);
// In place of all that were there.
Status write_live(const storage::Repository& repository, const LiveMark& mark);

Result<std::optional<SiteFacts>> read_facts(const storage::Repository& repository,
                                            std::string_view where = kOwnMarks);
Status write_facts(const storage::Repository& repository, const SiteFacts& facts);

}  // namespace stet::remote
