#include "api/program/media_fetch.h"

#include <optional>

#include "api/program/progress_line.h"
#include "cms/media/examine.h"
#include "cms/media/name.h"
#include "storage/base/utf8.h"
#include "storage/commit/blob_writer.h"
#include "storage/outbound/fetch.h"
#include "storage/snapshot/blob_id.h"

namespace stet::program {
namespace {

using schedule_import::Finding;
using site_import::Upload;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 307 || status == 308;
}

class MediaFetch {
 public:
  MediaFetch(const ImportPlace& place, std::string folder, const storage::AddressFilter& filter)
      : place_(place), folder_(std::move(folder)), filter_(filter) {
    limits_.total_ms_max = kMediaMs;
    limits_.answer_bytes_max = media::Limits().file_bytes_max + 1;
    limits_.answer_bytes_kept = limits_.answer_bytes_max;
  }

  Result<FetchedMedia> run(const std::vector<Upload>& uploads) {
    const ProgressLine line;
    line.progress()->begin("fetching media", uploads.size());
    for (const Upload& upload : uploads) {
      TRY(add(upload));
      line.progress()->add();
    }
    return std::move(fetched_);
  }

 private:
  void leave(const Upload& upload, const std::string& why) {
    fetched_.findings.push_back(
        {Finding::Kind::kLeftOut,
         upload.place,
         printable(upload.address, 300) + ": " + why + "; it stays where it is",
         ""});
  }

  Result<std::string> call(const std::string& address) {
    storage::HttpCall call{.url = address, .headers = {}, .body = "", .method = "GET"};
    auto answer =
        TRY(storage::fetch(filter_, limits_, std::string("stet/") + STET_VERSION, std::move(call)));
    if (is_redirect(answer.status) && address.starts_with("http://")) {
      return this->call("https://" + address.substr(7));
    }
    if (answer.status != 200) {
      return unavailable("the server answered " + std::to_string(answer.status));
    }
    return std::move(answer.beginning);
  }

  Status add(const Upload& upload) {
    auto bytes = call(upload.address);
    if (!bytes) return leave(upload, bytes.error().message), Status();
    MemorySource source(*bytes);
    auto judged = TRY(media::examine(source, {}));
    if (const auto* unwanted = std::get_if<media::Unwanted>(&judged)) {
      return leave(upload, unwanted->message), Status();
    }
    auto& good = std::get<media::Examined>(judged);
    SplicedSource content(source, std::move(good.changes));
    std::string name = media::clean_name(upload.file_name, *good.type);
    std::string below = upload.folder.empty() ? folder_ : folder_ + "/" + upload.folder;
    return keep(upload, content, below + "/" + name);
  }

  // Under that name, or numbered where another file has it; where the same file has it, as it is.
  Status keep(const Upload& upload, const ByteSource& content, const std::string& wanted) {
    BlobId blob = TRY(storage::blob_id_of(content));
    std::string free = wanted;
    for (int number = 2;; ++number) {
      RepoPath path = TRY(RepoPath::parse(free));
      auto there = TRY(place_.snapshot->find(path));
      auto own = given_.find(free);
      if ((there && there->blob == blob) || (own != given_.end() && own->second == blob)) {
        fetched_.paths[upload.address] = free;
        return {};
      }
      if (!there && own == given_.end()) break;
      free = media::numbered(wanted, number);
    }
    storage::FileEdit edit{TRY(RepoPath::parse(free)), std::nullopt};
    if (place_.repository) {
      edit.stored = TRY(storage::write_blob(*place_.repository, content));
    } else {
      bytes_ += content.size();
      if (bytes_ > kMediaBytesMax) {
        return invalid_input(
            "media of more than 1 GiB are fetched into a repository (--repo) only");
      }
      edit.content = TRY(read_all(content, kMediaBytesMax));
    }
    given_.emplace(free, blob);
    fetched_.paths[upload.address] = free;
    fetched_.edits.push_back(std::move(edit));
    return {};
  }

  const ImportPlace& place_;
  const std::string folder_;
  const storage::AddressFilter& filter_;
  storage::CallLimits limits_;
  std::map<std::string, BlobId> given_;
  std::uint64_t bytes_ = 0;  // in memory
  FetchedMedia fetched_;
};

}  // namespace

Result<FetchedMedia> fetch_media(const std::vector<Upload>& uploads,
                                 const ImportPlace& place,
                                 const std::string& folder,
                                 const storage::AddressFilter& filter) {
  return MediaFetch(place, folder, filter).run(uploads);
}

}  // namespace stet::program
