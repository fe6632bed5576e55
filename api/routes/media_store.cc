#include "api/routes/media_store.h"

#include <algorithm>

#include "api/http/worker_pool.h"
#include "api/routes/media_json.h"
#include "api/routes/recovered.h"
#include "api/routes/route.h"
#include "cms/media/examine.h"
#include "cms/media/name.h"
#include "cms/media/variants.h"
#include "cms/site/file_name.h"
#include "storage/base/utf8.h"
#include "storage/commit/blob_writer.h"
#include "storage/diff/diff.h"

namespace stet::api {
namespace {

// Of the request, or of a file in its form.
std::string taken_types(const Call& call) {
  std::string types(call.route.request_type);
  for (const image::FileType& type : image::file_types()) {
    if (call.backend.media.allows(type)) types += ", " + std::string(type.media_type);
  }
  return types;
}

ProblemReport refusal_of(const Call& call,
                         const media::Unwanted& unwanted,
                         const Upload& upload,
                         std::size_t number) {
  using Why = media::Unwanted::Why;
  int status = unwanted.why == Why::kTooLarge ? 413 : unwanted.why == Why::kType ? 415 : 422;
  ProblemReport report{.status = status,
                       .detail = "'" + printable(upload.name, 200) + "': " + unwanted.message};
  report.extensions["file"] = number;
  if (status == 415 && call.route.takes_bytes) {
    report.headers.add(accepting_field(call.route.method), taken_types(call));
  }
  return report;
}

std::vector<media::NewFile> new_files(const StoreRequest& request,
                                      const std::vector<KeptUpload>& kept) {
  std::vector<media::NewFile> files;
  for (const KeptUpload& one : kept) {
    files.push_back(new_file(one));
    files.back().folder = request.folder;
    files.back().allows_duplicate = request.allows_duplicates;
  }
  return files;
}

std::vector<StoredMedia> stored_of(const std::vector<KeptUpload>& kept,
                                   const std::vector<media::Placed>& placed) {
  std::vector<StoredMedia> stored;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    stored.push_back(stored_at(placed[i].path, kept[i]));
    stored.back().is_duplicate = placed[i].is_duplicate;
  }
  return stored;
}

void set_items(const site::Site& site, const std::vector<StoredMedia>& stored, Json& json) {
  json.erase("actions");
  json.erase("diff");
  json["items"] = Json::array();
  for (const StoredMedia& one : stored) json["items"].push_back(stored_media_json(site, one));
}

std::optional<ProblemReport> fault_of_count(const StoreRequest& request) {
  if (request.uploads.empty()) {
    return ProblemReport{.status = 400, .detail = "there is no file in the request"};
  }
  if (request.uploads.size() <= kUploadsMax) return std::nullopt;
  return ProblemReport{
      .status = 400,
      .detail = "there are more than " + std::to_string(kUploadsMax) + " files in the request"};
}

std::variant<std::vector<KeptUpload>, ProblemReport> keep_all(const Call& call,
                                                              const StoreRequest& request) {
  if (auto fault = fault_of_count(request)) return std::move(*fault);
  std::vector<KeptUpload> kept;
  for (std::size_t i = 0; i < request.uploads.size(); ++i) {
    auto one = keep_upload(call, request.uploads[i], request.is_dry_run, i);
    if (auto* report = std::get_if<ProblemReport>(&one)) return std::move(*report);
    kept.push_back(std::get<KeptUpload>(std::move(one)));
  }
  return kept;
}

// Where the commit has put each of them; what it has not was there before.
Result<std::vector<StoredMedia>> stored_by(const Call& call,
                                           const CommitId& commit,
                                           const std::vector<KeptUpload>& kept) {
  const storage::Repository& repository = call.backend.repository;
  const storage::CommitRecord record = TRY(repository.read_commit(commit));
  std::optional<CommitId> parent;
  if (!record.parents.empty()) parent = record.parents.front();
  storage::Diff diff = TRY(storage::compare(repository, parent, commit));
  const auto before =
      parent ? TRY(call.backend.remembered->sites.find_or_make(call.backend.pipeline, *parent))
             : nullptr;
  std::vector<StoredMedia> stored;
  for (const KeptUpload& one : kept) {
    auto there = before ? media::holder_of(*before, one.blob) : std::nullopt;
    auto made = std::find_if(diff.begin(), diff.end(), [&](const storage::FileChange& file) {
      return file.after && file.after->blob == one.blob;
    });
    const bool is_duplicate = made == diff.end();
    if (is_duplicate && !there) {
      auto first = std::find_if(stored.begin(), stored.end(), [&](const StoredMedia& other) {
        return other.blob == one.blob;
      });
      if (first == stored.end()) return internal("the commit has not what was uploaded");
      there = first->path;
    }
    stored.push_back(stored_at(is_duplicate ? *there : made->path, one));
    stored.back().is_duplicate = is_duplicate;
    // The same content a second time is another file of the commit, or none.
    if (!is_duplicate) diff.erase(made);
  }
  return stored;
}

// 201 where something is new, with its address where it is one file.
void finish(const std::vector<StoredMedia>& stored, http::Response& response) {
  bool is_new = false;
  for (const StoredMedia& one : stored) is_new = is_new || !one.is_duplicate;
  if (is_new && response.status == 200) response.status = 201;
  if (stored.size() != 1) return;
  const StoredMedia& only = stored.front();
  response.headers.set("Location", media_url(only.path.view()));
  response.headers.set("ETag", "\"" + only.blob.hex() + "\"");
}

}  // namespace

StoredMedia stored_at(const RepoPath& path, const KeptUpload& upload) {
  return {.path = path,
          .blob = upload.blob,
          .size = upload.size,
          .type = upload.type,
          .picture = upload.picture,
          .removed = upload.removed};
}

media::NewFile new_file(const KeptUpload& upload) {
  return {.name = upload.name, .folder = "", .blob = upload.blob, .text = upload.text};
}

std::variant<KeptUpload, ProblemReport> keep_upload(const Call& call,
                                                    const Upload& upload,
                                                    bool is_dry_run,
                                                    std::size_t number) {
  http::WorkerPool::Waiting waiting;
  auto examined = media::examine(*upload.content, call.backend.media);
  if (!examined) return report_of(examined.error());
  if (auto* unwanted = std::get_if<media::Unwanted>(&*examined)) {
    return refusal_of(call, *unwanted, upload, number);
  }
  media::Examined& good = std::get<media::Examined>(*examined);
  SplicedSource content(*upload.content, std::move(good.changes));
  auto blob = is_dry_run ? storage::blob_id_of(content)
                         : storage::write_blob(call.backend.repository, content);
  if (!blob) return report_of(blob.error());
  if (call.backend.variants && good.type->is_image()) {
    call.backend.variants->pictures().note(*blob, content);
  }
  std::optional<std::string> text;
  std::string name = media::clean_name(upload.name, *good.type);
  if (is_dry_run && !site::is_binary_name(name)) {
    auto whole = read_all(content, call.backend.media.file_bytes_max);
    if (!whole) return report_of(whole.error());
    text = *std::move(whole);
  }
  return KeptUpload{.blob = *blob,
                    .size = content.size(),
                    .name = std::move(name),
                    .type = good.type,
                    .picture = good.size,
                    .removed = std::move(good.removed),
                    .text = std::move(text)};
}

StoreOutcome store_media(const Call& call, const StoreRequest& request) {
  auto all = keep_all(call, request);
  if (auto* report = std::get_if<ProblemReport>(&all)) return {std::move(*report), {}};
  const auto& kept = std::get<std::vector<KeptUpload>>(all);
  const std::vector<media::NewFile> files = new_files(request, kept);
  const media::Author author{
      call.principal.commit_name, call.principal.commit_email, request.message, call.trailers()};
  StoreOutcome outcome;
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = request.is_dry_run;
  write.prepare = [&](const change::Ground& ground) -> Result<change::PlanOutcome> {
    auto placed = media::place(ground, files, author);
    if (auto* refusal = std::get_if<change::Refusal>(&placed)) return change::PlanOutcome(*refusal);
    media::PlacedPlan& plan = std::get<media::PlacedPlan>(placed);
    outcome.stored = stored_of(kept, plan.files);
    return change::PlanOutcome(std::move(plan.plan));
  };
  write.refuse = [](const site::Site& on, const change::Refusal& refusal) {
    return report_of(on, {}, refusal);
  };
  write.complete = [&](const site::Site& site, Json& json) {
    set_items(site, outcome.stored, json);
  };
  std::vector<BlobId> blobs;
  for (const KeptUpload& one : kept) blobs.push_back(one.blob);
  const UploadTurns::Turn turn(call.backend.remembered->uploads, blobs);
  outcome.answer = run_write(call, write);
  auto* response = std::get_if<http::Response>(&outcome.answer);
  if (!response) {
    outcome.stored.clear();
  } else if (!request.is_dry_run) {
    finish(outcome.stored, *response);
  }
  return outcome;
}

Answer recovered_store(const Call& call, StoreRequest request, const CommitId& commit) {
  request.is_dry_run = true;  // their bytes are in the commit: they are only looked at
  auto all = keep_all(call, request);
  if (auto* report = std::get_if<ProblemReport>(&all)) return std::move(*report);
  auto stored = stored_by(call, commit, std::get<std::vector<KeptUpload>>(all));
  if (!stored) return report_of(stored.error());
  Answer answer = recovered_with(
      call, commit, [&](const site::Site& site, Json& json) { set_items(site, *stored, json); });
  if (auto* response = std::get_if<http::Response>(&answer)) finish(*stored, *response);
  return answer;
}

}  // namespace stet::api
