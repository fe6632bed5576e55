// References of any kind, by their whole names: "refs/stet/live/1760000000".
//
// Threads: pure functions of the repository. Durability: a reference that was set survives a power
// cut. Errors: as the repository's; kInvalidInput for a name that git refuses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "storage/git/repository.h"

namespace stet::storage {

// What each names, by its name: of a tag with a text of its own, the tag and not its commit.
// Symbolic ones are left out.
using References = std::map<std::string, CommitId, std::less<>>;

// Those whose names begin so ("refs/heads/").
Result<References> references_below(const Repository& repository, std::string_view prefix);

// Whatever it was before, if it was at all. The object must be there.
Status set_reference(const Repository& repository, const std::string& name, const CommitId& object);

// From what it is known to be. kConflict: it is something else by now.
Status move_reference(const Repository& repository,
                      const std::string& name,
                      const CommitId& from,
                      const CommitId& to);

// One that is not there is no error.
Status remove_reference(const Repository& repository, const std::string& name);

// Takes away the locks that killed processes have left on references below a prefix
// ("refs/stet/"), where nobody else is at work. How many there were.
std::size_t remove_locks(const std::filesystem::path& repository, std::string_view prefix);

// A text of its own that a reference names: a blob. kNotFound: there is no such reference.
Result<std::string> read_note(const Repository& repository,
                              const std::string& reference,
                              std::uint64_t bytes_max);
Status write_note(const Repository& repository,
                  const std::string& reference,
                  std::string_view text);

}  // namespace stet::storage
