// A site of files in memory, as writes and validation see it.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "cms/change/write.h"
#include "cms/site/builder.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::change {

using Files = std::map<std::string, std::string>;

inline constexpr Instant kNow{1717243200};  // 2024-06-01T12:00:00Z

class SmallSite {
 public:
  explicit SmallSite(Files files) : files_(std::move(files)) {
    site::Builder builder({}, names_);
    auto snapshot = storage::make_memory_snapshot(files_).value();
    site_ = builder.build({snapshot, kNow, {}}).value();
  }

  const site::Site& site() const { return *site_; }
  site::SitePtr shared() const { return site_; }
  Ground ground() const {
    auto read = [this](const BlobId& blob) -> Result<std::string> {
      auto it = older_.find(blob);
      if (it == older_.end()) return not_found("no such blob");
      return it->second;
    };
    return {*site_, read, kNow};
  }
  // The same, with the sites that edits make of this one; they live as long as it does.
  Ground ground_with_edits() {
    Ground ground = this->ground();
    ground.site_with = [this](const Edits& edits) -> Result<site::SitePtr> {
      Files changed = files_;
      for (const auto& [path, content] : edits) {
        changed.erase(path.string());
        if (content) changed[path.string()] = *content;
      }
      later_.push_back(std::make_unique<SmallSite>(std::move(changed)));
      return later_.back()->shared();
    };
    return ground;
  }
  // A content that some file once had.
  BlobId add_older(const std::string& bytes) {
    BlobId blob = storage::blob_id_of(bytes);
    older_[blob] = bytes;
    return blob;
  }
  BlobId blob_of(const std::string& path) const { return *site_->blob_of(path); }

 private:
  Files files_;
  reads::Names names_;
  site::SitePtr site_;
  std::map<BlobId, std::string> older_;
  std::vector<std::unique_ptr<SmallSite>> later_;
};

inline WriteRequest request(EntryKind kind, std::string name = "") {
  WriteRequest request;
  request.resource = &resource_of(kind);
  request.name = std::move(name);
  request.author_name = "Ada";
  request.author_email = "ada@example.org";
  return request;
}

}  // namespace stet::change
