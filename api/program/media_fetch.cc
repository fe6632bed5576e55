#include "api/program/media_fetch.h"

#include <memory>
#include <optional>

#include "api/program/progress_line.h"
#include "cms/media/examine.h"
#include "cms/media/name.h"
#include "cms/site_import/site_name.h"
#include "storage/base/utf8.h"
#include "storage/commit/blob_writer.h"
#include "storage/outbound/http_caller.h"
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
    caller_ = TRY(storage::HttpCaller::open(filter_, limits_, std::string("stet/") + STET_VERSION));
    const ProgressLine line;
    line.progress()->begin("fetching media", uploads.size());
    for (const Upload& upload : uploads) {
      TRY(add(upload));
      line.progress()->add();
    }
    tell_given_up();
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

  // A whole answer of the server; kUnavailable: there was none.
  Result<storage::HttpAnswer> answer_of(const std::string& address) {
    has_answered_ = false;
    TRY(caller_->start(
        1, storage::HttpCall{.url = address, .headers = {}, .body = "", .method = "GET"}));
    while (caller_->under_way() > 0) {
      for (auto& [name, answer] : caller_->wait(limits_.total_ms_max)) {
        has_answered_ = answer.has_begun || answer.is_refused;  // what we refuse costs no time
        if (!answer.failure.empty()) return unavailable(answer.failure);
        return std::move(answer);
      }
    }
    return unavailable("there was no answer");
  }

  Result<std::string> call(const std::string& address) {
    auto answer = TRY(answer_of(address));
    if (is_redirect(answer.status) && address.starts_with("http://")) {
      return this->call("https://" + address.substr(7));
    }
    if (answer.status != 200) {
      return unavailable("the server answered " + std::to_string(answer.status));
    }
    return std::move(answer.beginning);
  }

  // Of a server that does not answer, what is left is not asked for.
  bool is_given_up(const Upload& upload) {
    Host& host = hosts_[site_import::host_name(upload.address)];
    if (host.failures < kMediaFailuresMax) return false;
    if (host.left++ == 0) host.first_left = upload.place;
    return true;
  }

  void tell_given_up() {
    for (const auto& [name, host] : hosts_) {
      if (host.left == 0) continue;
      fetched_.findings.push_back({Finding::Kind::kLeftOut,
                                   host.first_left,
                                   printable(name, 300) + " did not answer " +
                                       std::to_string(host.failures) + " times in a row; " +
                                       std::to_string(host.left) +
                                       " further files of it stay where they are",
                                   ""});
    }
  }

  Status add(const Upload& upload) {
    if (is_given_up(upload)) return {};
    auto bytes = call(upload.address);
    int& failures = hosts_[site_import::host_name(upload.address)].failures;
    failures = has_answered_ ? 0 : failures + 1;
    if (!bytes) return leave(upload, bytes.error().message), Status();
    MemorySource source(*bytes);
    auto examined = media::examine(source, {});
    if (!examined) return leave(upload, examined.error().message), Status();
    auto judged = std::move(*examined);
    if (const auto* unwanted = std::get_if<media::Unwanted>(&judged)) {
      return leave(upload, unwanted->message), Status();
    }
    auto& good = std::get<media::Examined>(judged);
    SplicedSource content(source, std::move(good.changes));
    std::string name = media::clean_name(upload.file_name, *good.type);
    std::string below = upload.folder.empty() ? folder_ : folder_ + "/" + upload.folder;
    return keep(upload, content, below + "/" + name);
  }

  // A path, and none of its folders is a file.
  Result<bool> is_path_free(const std::string& wanted) const {
    auto path = RepoPath::parse(wanted);
    while (path && !path->folder().empty()) {
      path = RepoPath::parse(path->folder());
      if (path && TRY(place_.snapshot->find(*path))) return false;
    }
    return path.has_value();
  }

  // Under that name, or numbered where another file has it; where the same file has it, as it is.
  Status keep(const Upload& upload, const ByteSource& content, const std::string& wanted) {
    if (!TRY(is_path_free(wanted))) {
      return leave(upload, "'" + printable(wanted, 300) + "' is no path in the site"), Status();
    }
    BlobId blob = TRY(storage::blob_id_of(content));
    std::string free = wanted;
    for (int number = 2;; ++number) {
      auto path = RepoPath::parse(free);
      if (!path) return leave(upload, path.error().message), Status();
      auto there = TRY(place_.snapshot->find(*path));
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

  struct Host {
    int failures = 0;      // in a row
    std::size_t left = 0;  // files that were not asked for
    schedule_import::Place first_left = {};
  };

  const ImportPlace& place_;
  const std::string folder_;
  const storage::AddressFilter& filter_;
  storage::CallLimits limits_;
  std::unique_ptr<storage::HttpCaller> caller_;
  bool has_answered_ = false;  // the server that was called last
  std::map<std::string, Host> hosts_;
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
