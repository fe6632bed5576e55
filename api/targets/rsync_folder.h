// Another machine's folder, by rsync(1) over ssh or to its daemon.
//
// A Directory of our own is kept beside the state, and rsync brings what differs: first all but
// what shows other files, then the rest, and last it deletes what the site had there and has no
// more, with the folders that this leaves empty. Files that are not the site's stay: rsync is told
// which files there are to be looked at, and never to delete others. Threads: apply() from one;
// stop() from any. Limits: a child's wall time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/targets/directory.h"
#include "storage/base/descriptor.h"

namespace stet::targets {

struct RsyncSettings {
  std::filesystem::path folder;  // our own
  std::string to;                // "user@host:/srv/www", "rsync://host/module", or a path
  std::string ssh_key = {}, known_hosts = {};
  bool is_compressing = true;
  std::int64_t seconds_max = 3600;  // of one run
  std::filesystem::path program = "rsync";
};

class RsyncFolder final : public Target {
 public:
  // kInvalidInput names the setting; kNotFound: there is no rsync.
  static Result<std::unique_ptr<RsyncFolder>> open(RsyncSettings settings,
                                                   publish::Store& store,
                                                   publish::Variants& variants);

  std::string place() const override { return settings_.to; }
  std::string manner() const override { return files_->manner(); }
  Status apply(Work& work) override;
  void stop() override;

 private:
  RsyncFolder(RsyncSettings settings, std::unique_ptr<Directory> files);
  Status bring(Work& work, const std::vector<Change>& changes);
  Status clear_folders(const Work& work, const std::vector<Change>& changes);
  Status run(std::string files) const;

  const RsyncSettings settings_;
  const std::unique_ptr<Directory> files_;
  Descriptor stop_;  // an eventfd
};

}  // namespace stet::targets
