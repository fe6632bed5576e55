// A site out of its backups: whole, in a new place, or not at all.
//
// Archives are not trusted: first all hashes of the whole chain are compared, then all is unpacked
// into a stage beside the new place, by names of our own and never by theirs; git takes the
// objects, and looks whether each is there; SQLite looks through the ledger. Only finish() gives
// the place its name. Of the repository's configuration nothing is taken that names a program, a
// path or another repository. Whoever can write an archive can still write the site and its people:
// keep them as safe as the server. Threads: one. Failure, or no finish(): nothing is there but what
// was.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/backup/manifest.h"
#include "storage/backup/shelf.h"
#include "storage/backup/stage.h"
#include "storage/base/result.h"

namespace stet::storage {

struct FoundBackup {
  Chain chain;
  Shelf shelf = {};                      // of the folder; empty where an archive was named
  std::vector<std::string> faults = {};  // backups of the folder that cannot be used, and why
  std::vector<std::string> notes = {};   // likewise other files, which may be anybody's
  std::string newer = {};                // of the faults, one of what may be newer than the chain
};

// Of a folder the newest that is whole; an archive that goes on from others finds them beside it.
Result<FoundBackup> find_backup(const std::filesystem::path& archive_or_folder, Instant now);

// kConflict unless it is the newest: nobody shall go back further than they know. It says which
// archive to name for that.
Status check_is_newest(const FoundBackup& found);

// What is wrong with backups of the folder that are not in the chain: those that cannot be used,
// and those of which a part is not as it was written. Reads all of them.
std::vector<std::string> faults_of_all(const FoundBackup& found);

// Whether every part of each is as it was written. kInvalidInput names the file and the part.
Status verify_backup(const Chain& chain);

struct RestorePlaces {
  std::filesystem::path repository;
  std::filesystem::path state = {};  // "": the folder "stet" in the repository
};

class Restoration {
 public:
  // kConflict: something is at one of the places. kNotFound: the folder for it is not there.
  static Result<Restoration> prepare(const Chain& chain, const RestorePlaces& places);

  // Where the repository lies for now, to be made ready: hooks.
  const std::filesystem::path& repository() const { return staged_; }
  // Settings of the repository that were not taken.
  const std::vector<std::string>& settings_left() const { return settings_left_; }

  // Gives all of it its place, and the disk time to have it.
  Status finish();

 private:
  Restoration(RestorePlaces places, Stage stage);
  Status take_repository(const Chain& chain);
  Status take_settings(const std::string& config);
  Status take_ledger(const Chain& chain);

  RestorePlaces places_;
  Stage stage_;
  std::vector<Stage> state_stage_;  // where the state lies apart: one
  std::filesystem::path staged_, staged_state_;
  std::vector<std::string> settings_left_;
};

}  // namespace stet::storage
