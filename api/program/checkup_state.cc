#include <sys/stat.h>

#include <string_view>

#include "api/program/checkup.h"
#include "storage/sqlite/ledger_file.h"
#include "storage/sqlite/ledger_schema.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

void look_at_mode(const fs::path& path, Checkup& checkup) {
  struct stat found;
  if (::lstat(path.c_str(), &found) != 0 || (found.st_mode & 077) == 0) return;
  checkup.add(Gravity::kError,
              "permissions",
              "others may read or write '" + path.string() + "', which holds secrets",
              S_ISDIR(found.st_mode) ? "chmod 700 it" : "chmod 600 it");
}

void tell_of_version(std::int64_t version, Checkup& checkup) {
  const std::int64_t newest = storage::newest_ledger_version();
  if (version > newest) {
    checkup.add(Gravity::kError,
                "ledger",
                "the ledger is of version " + std::to_string(version) +
                    ", written by a newer stet; this one knows " + std::to_string(newest),
                "run the newer stet");
  } else if (version < newest) {
    checkup.add(Gravity::kNote,
                "ledger",
                "the ledger is of version " + std::to_string(version) + ", and " +
                    std::to_string(newest) + " is the newest",
                "back it up before this stet is started, which brings it forward");
  }
}

}  // namespace

void look_at_ledger_file(Checkup& checkup) {
  const fs::path ledger = checkup.state / "ledger.sqlite";
  std::error_code failure;
  if (!fs::exists(ledger, failure)) {
    return checkup.add(Gravity::kWarning,
                       "ledger",
                       "there is no ledger '" + ledger.string() + "'",
                       "name --state as `stet serve` has it; or the site was never served");
  }
  look_at_mode(checkup.state, checkup);
  look_at_mode(ledger, checkup);
  auto look = storage::look_at_ledger(ledger);
  const std::string mend = storage::how_to_put_back(ledger);
  if (!look) {
    return checkup.add(Gravity::kError, "ledger", look.error().message, mend);
  }
  for (const std::string& fault : look->faults) {
    checkup.add(Gravity::kError, "ledger", "the ledger is damaged: " + fault, mend);
  }
  tell_of_version(look->version, checkup);
}

}  // namespace stet::program
