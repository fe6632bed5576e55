// What `stet doctor` looks at: a repository, its state folder and the machine, beside a running
// server or without one.
//
// Nothing is changed, but that a moment's lock keeps repacks away while objects are read. Each
// function adds what it finds to the checkup; what is as it should be adds nothing. Threads: one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "api/program/settings.h"
#include "api/program/site_options.h"
#include "storage/base/clock.h"
#include "storage/git/repository.h"

namespace stet::program {

enum class Gravity : std::uint8_t {
  kNote,     // worth knowing; nothing need be done
  kWarning,  // will go wrong, or already does for somebody
  kError,    // is broken
};

struct Symptom {
  Gravity gravity = Gravity::kError;
  std::string check;  // "ledger", "hooks" ...
  std::string what;   // one plain sentence
  std::string mend;   // what to do
};

struct Checkup {
  std::filesystem::path folder, state;  // as they were named
  Settings settings;
  SiteFlags site;         // as the server's, for pages
  bool is_quick = false;  // without reading every object and every page
  const Clock& clock;
  std::optional<storage::Repository> repository = std::nullopt;  // where it can be opened
  std::vector<Symptom> symptoms = {};

  void add(Gravity gravity, std::string check, std::string what, std::string mend);
};

void look_at_repository(Checkup& checkup);  // opens it
void look_at_objects(Checkup& checkup);
void look_at_hooks(Checkup& checkup);
void look_at_owners(Checkup& checkup);
void look_at_locks(Checkup& checkup);
void look_at_ledger_file(Checkup& checkup);
void look_at_kept_pages(Checkup& checkup);      // bytes on disk against their names
void look_at_rendered_pages(Checkup& checkup);  // every page rendered again, and compared
void look_at_disk(Checkup& checkup);
void look_at_clock(Checkup& checkup);
void look_at_programs(Checkup& checkup);

}  // namespace stet::program
