// A folder, for nginx or whatever serves files.
//
// Each file comes by a rename, so that nobody ever meets half of one. Beside what compresses well
// lie "x.gz" and "x.br" (nginx's gzip_static and brotli_static), of the same time as "x"; they come
// before it and go with it. What somebody else has put into the folder stays, and what stands in
// the site's way is an error that names it: links are not followed. Durability: what is confirmed
// is on the disk (syncfs).
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/targets/target.h"
#include "cms/publish/folder_target.h"
#include "cms/publish/variants.h"

namespace stet::targets {

struct DirectorySettings {
  std::filesystem::path folder;
  bool is_compressing = true;
  std::size_t batch = 500;  // changes between two syncs
};

class Directory final : public Target {
 public:
  // `store` and `variants` must outlive it. kInvalidInput: there can be no such folder.
  static Result<std::unique_ptr<Directory>> open(DirectorySettings settings,
                                                 publish::Store& store,
                                                 publish::Variants& variants);

  std::string place() const override { return settings_.folder.string(); }
  std::string manner() const override { return settings_.is_compressing ? "gz br" : ""; }
  Status apply(Work& work) override;

  // Its steps, for who has more to do after each: begin(), and then one phase after the other.
  Status begin(const Work& work) const;
  Status run(Work& work, const std::vector<Change>& changes);

 private:
  Directory(DirectorySettings settings, publish::FolderTarget files, publish::Variants& variants)
      : settings_(std::move(settings)), files_(std::move(files)), variants_(variants) {}
  Status put(Work& work, const Change& change);
  Status put_variants(const Work& work, const Change& change);
  Status remove(const Work& work, const Change& change);
  Status check_way(const Work& work, const OutputPath& path) const;
  bool is_inside(const OutputPath& path) const;
  Status sweep() const;
  Status sync() const;

  const DirectorySettings settings_;
  publish::FolderTarget files_;
  publish::Variants& variants_;
};

}  // namespace stet::targets
