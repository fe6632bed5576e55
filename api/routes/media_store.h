// Uploads into the repository: what every door that takes files in calls.
//
// Each is examined (cms/media/examine.h), its bytes go into the repository piece by piece, and one
// commit, by the write path, gives all of them their places; a content that is there already gets
// none. All of them or none: the first that may not come in is the answer's problem. Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/routes/call.h"
#include "api/routes/write_path.h"
#include "cms/image/size.h"
#include "cms/media/place.h"
#include "storage/base/byte_source.h"

namespace stet::api {

inline constexpr std::size_t kUploadsMax = 20;  // in one commit

struct Upload {
  const ByteSource* content = nullptr;  // stays the caller's
  std::string name;                     // as the client has it: any text
};

struct StoreRequest {
  std::vector<Upload> uploads;
  std::string folder;  // "": where the site has its uploads
  std::string message;
  bool allows_duplicates = false;
  bool is_dry_run = false;
};

struct StoredMedia {
  RepoPath path;
  BlobId blob;
  std::uint64_t size = 0;
  const image::FileType* type = nullptr;
  std::optional<image::Size> picture = std::nullopt;
  std::vector<std::string> removed = {};  // what was taken out of it, in words
  bool is_duplicate = false;              // it was there already
};

struct StoreOutcome {
  // 201 {commit, items, ...}, 200 where all were there already; or the problem.
  Answer answer;
  std::vector<StoredMedia> stored;  // one for each upload, where the answer is a response
};

StoreOutcome store_media(const Call& call, const StoreRequest& request);
// What it answered, when all that is left is the commit.
Answer recovered_store(const Call& call, StoreRequest request, const CommitId& commit);

// One upload, examined and in the repository, but in no commit yet. `number`, from 0, is for the
// problem; a dry run writes nothing.
struct KeptUpload {
  BlobId blob;
  std::uint64_t size = 0;
  std::string name;  // clean
  const image::FileType* type = nullptr;
  std::optional<image::Size> picture;
  std::vector<std::string> removed;
  // Of a dry run: what the site would have to read to know what it is.
  std::optional<std::string> text = std::nullopt;
};
StoredMedia stored_at(const RepoPath& path, const KeptUpload& upload);
media::NewFile new_file(const KeptUpload& upload);
std::variant<KeptUpload, ProblemReport> keep_upload(const Call& call,
                                                    const Upload& upload,
                                                    bool is_dry_run,
                                                    std::size_t number = 0);

}  // namespace stet::api
