#include "cms/media/place.h"

#include <algorithm>
#include <map>
#include <set>

#include "cms/change/new_path.h"
#include "cms/change/write_parts.h"
#include "cms/media/name.h"
#include "cms/media/reference_scan.h"
#include "cms/media/rules.h"
#include "storage/base/utf8.h"

namespace stet::media {
namespace {

using change::Ground;
using change::Plan;
using change::PlanOutcome;
using change::Refusal;
using change::refused;
using change::refused_field;

constexpr int kNamesakesMax = 10'000;
constexpr std::size_t kRenamedMax = 100'000;

void sign(const Ground& ground, const Author& author, std::string message, Plan& plan) {
  plan.change_set.author = {
      author.name, author.email, ground.site.config().zone().at(ground.now.seconds)};
  plan.change_set.message = author.message.empty() ? std::move(message) : author.message;
  plan.change_set.trailers = author.trailers;
}

// Where nothing is yet.
class Places {
 public:
  explicit Places(const site::Site& site) : site_(site) {}

  std::optional<RepoPath> take(const std::string& folder, const std::string& name) {
    for (int number = 1; number <= kNamesakesMax; ++number) {
      std::string path = folder + "/" + (number == 1 ? name : numbered(name, number));
      auto parsed = RepoPath::parse(path);
      if (!parsed) return std::nullopt;
      if (site_.blob_of(path) || taken_.contains(path)) continue;
      taken_.insert(path);
      return *std::move(parsed);
    }
    return std::nullopt;
  }

 private:
  const site::Site& site_;
  std::set<std::string> taken_;
};

// Jekyll passes over what its filters leave out.
bool is_published(const site::Site& site, const RepoPath& path) {
  return is_media_path(path.view()) && site::EntryFilter(site.config()).takes(path.view());
}

std::optional<Refusal> fault_of_folder(const site::Site& site, const std::string& folder) {
  auto parsed = RepoPath::parse(folder + "/x.png");
  if (!parsed) return refused_field("/folder", parsed.error().message);
  if (is_published(site, *parsed)) return std::nullopt;
  return refused_field("/folder",
                       "'" + printable(folder, 200) +
                           "' is no folder that the site publishes; take one below " +
                           rules_of(site.config()).folder);
}

std::string names_of(const std::vector<Placed>& files) {
  std::string names;
  for (const Placed& file : files) {
    if (file.is_duplicate) continue;
    names += (names.empty() ? "" : ", ") + std::string(file.path.filename());
    if (names.size() > 200) return names + ", ...";
  }
  return names;
}

std::optional<Refusal> fault_of_expected(const site::Site& site,
                                         const RepoPath& path,
                                         const change::Expected& expected) {
  auto current = site.blob_of(path.view());
  const auto* wanted = std::get_if<BlobId>(&expected);
  if (!wanted || (current && *wanted == *current)) return std::nullopt;
  Refusal refusal = refused(Refusal::Kind::kStale,
                            "'" + path.string() +
                                "' is another file than the one that If-Match "
                                "names; look at it again");
  refusal.current = current;
  return refusal;
}

// `blob` none: the file goes.
void add_edit(const site::Site& site,
              const RepoPath& path,
              const std::optional<BlobId>& blob,
              Plan& plan) {
  plan.change_set.preconditions.push_back({path, site.blob_of(path.view())});
  plan.change_set.edits.push_back({.path = path, .content = std::nullopt, .stored = blob});
  if (!blob) plan.edits.emplace(path, std::nullopt);
}

void add_file(const site::Site& site, const RepoPath& path, const NewFile& file, Plan& plan) {
  if (!file.text) return add_edit(site, path, file.blob, plan);
  plan.change_set.preconditions.push_back({path, site.blob_of(path.view())});
  plan.change_set.edits.push_back({path, *file.text});
  plan.edits.emplace(path, *file.text);
}

// Every name of the file, changed where it stands.
class Renaming {
 public:
  Renaming(const Ground& ground, const RepoPath& from, const RepoPath& to)
      : ground_(ground), from_(from), to_(to) {}

  Status follow(const std::vector<Use>& uses, Plan& plan) const {
    const std::string* last = nullptr;
    for (const Use& use : uses) {
      if (last && *last == use.path) continue;
      last = &use.path;
      TRY(follow_in(TRY(RepoPath::parse(use.path)), plan));
    }
    return {};
  }

 private:
  // The text is looked through again: it may be of a later version than the index.
  Status follow_in(const RepoPath& holder, Plan& plan) const {
    const site::Site& site = ground_.site;
    auto blob = site.blob_of(holder.view());
    if (!blob) return {};
    const bool may_write = !ground_.may_write || ground_.may_write(holder);
    const std::string before = TRY(site.read_path(holder.view()));
    const site::SourceFile* source = site.find_source(from_.view());
    const std::string output =
        source && source->static_file ? source->static_file->output_path() : from_.string();
    const std::string page = page_of(site, holder.view()), url = site.config().text("url"),
                      base = site.config().text("baseurl");
    const NameHolder names{holder.view(), page, url, base};
    std::string after;
    std::size_t done = 0;
    for (const NameSpan& span : find_names(before)) {
      std::string_view name = std::string_view(before).substr(span.begin, span.end - span.begin);
      Naming naming = naming_of(name, names, from_.view(), output);
      if (naming == Naming::kOther) continue;
      if (naming == Naming::kByName || !may_write) {
        warn(holder, before, span, naming == Naming::kByPath, plan);
        continue;
      }
      after += before.substr(done, span.begin - done);
      after += renamed(name, names, from_.view(), output, to_.view());
      done = span.end;
    }
    if (done == 0) return {};
    after += before.substr(done);
    plan.change_set.preconditions.push_back({holder, blob});
    plan.change_set.edits.push_back({holder, after});
    plan.edits.emplace(holder, std::move(after));
    return {};
  }

  static void warn(const RepoPath& holder,
                   const std::string& text,
                   const NameSpan& span,
                   bool is_sure,
                   Plan& plan) {
    auto begin = text.begin() + static_cast<std::ptrdiff_t>(span.begin);
    std::string name = text.substr(span.begin, span.end - span.begin);
    plan.warnings.push_back(
        {Severity::kWarning,
         holder.string(),
         static_cast<int>(std::count(text.begin(), begin, '\n')) + 1,
         static_cast<int>(span.begin - (span.begin ? text.rfind('\n', span.begin - 1) + 1 : 0)) + 1,
         "'" + printable(name, 200) + "' " +
             (is_sure ? "names the old place; you may not mend it"
                      : "may be a name of the old place; look at it yourself")});
  }

  const Ground& ground_;
  const RepoPath &from_, &to_;
};

std::variant<RepoPath, Refusal> new_place(const site::Site& site,
                                          const RepoPath& from,
                                          const std::string& to) {
  auto path = RepoPath::parse(to);
  if (!path) return refused_field("/path", path.error().message);
  const image::FileType* type = image::type_of_extension(from.extension());
  if (!type || !type->has_extension(path->extension())) {
    return refused_field("/path",
                         "the name must keep an extension of its kind, such as " +
                             std::string(type ? type->own_extension() : from.extension()));
  }
  if (!is_published(site, *path)) {
    return refused_field("/path", "'" + path->string() + "' is nothing that the site publishes");
  }
  if (*path == from) return refused_field("/path", "that is where it is");
  if (site.blob_of(path->view())) {
    return refused(Refusal::Kind::kConflict, "'" + path->string() + "' is there already");
  }
  return *std::move(path);
}

}  // namespace

std::optional<RepoPath> holder_of(const site::Site& site, const BlobId& blob) {
  std::optional<RepoPath> found;
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    if (source->blob != blob || !source->static_file || !is_media_path(path)) return true;
    if (auto parsed = RepoPath::parse(path)) found = *std::move(parsed);
    return !found;
  });
  return found;
}

PlaceOutcome place(const Ground& ground, const std::vector<NewFile>& files, const Author& author) {
  PlacedPlan placed;
  const site::Site& site = ground.site;
  if (auto fault = change::fault_of_message(author.message)) return std::move(*fault);
  const std::string usual = folder_for(site.config(), ground.now);
  Places places(site);
  std::map<BlobId, RepoPath> own;
  for (const NewFile& file : files) {
    if (!file.folder.empty()) {
      if (auto fault = fault_of_folder(site, file.folder)) return std::move(*fault);
    }
    if (!file.allows_duplicate) {
      auto earlier = own.find(file.blob);
      auto there = earlier == own.end() ? holder_of(site, file.blob) : earlier->second;
      if (there) {
        placed.files.push_back({*there, file.blob, true});
        continue;
      }
    }
    auto path = places.take(file.folder.empty() ? usual : file.folder, file.name);
    if (!path) return refused_field("/name", "there are too many files of this name");
    add_file(site, *path, file, placed.plan);
    own.emplace(file.blob, *path);
    placed.files.push_back({*path, file.blob, false});
  }
  placed.plan.is_unchanged = placed.plan.change_set.edits.empty();
  sign(ground, author, "Add " + names_of(placed.files), placed.plan);
  return placed;
}

PlanOutcome replace(const Ground& ground,
                    const RepoPath& path,
                    const change::Expected& expected,
                    const NewFile& file,
                    const Author& author) {
  if (auto fault = change::fault_of_message(author.message)) return std::move(*fault);
  if (auto fault = fault_of_expected(ground.site, path, expected)) return std::move(*fault);
  Plan plan;
  if (ground.site.blob_of(path.view()) == file.blob) {
    plan.is_unchanged = true;
  } else {
    add_file(ground.site, path, file, plan);
  }
  sign(ground, author, "Replace " + path.string(), plan);
  return plan;
}

PlanOutcome remove(const Ground& ground,
                   const RepoPath& path,
                   const change::Expected& expected,
                   const Author& author,
                   const std::vector<Use>& uses) {
  if (auto fault = change::fault_of_message(author.message)) return std::move(*fault);
  if (auto fault = fault_of_expected(ground.site, path, expected)) return std::move(*fault);
  Plan plan;
  add_edit(ground.site, path, std::nullopt, plan);
  sign(ground, author, "Delete " + path.string(), plan);
  for (const Use& use : uses) {
    std::string why = use.is_sure ? "' names what is deleted" : "' may name what is deleted";
    plan.warnings.push_back(
        {Severity::kWarning, use.path, use.line, use.column, "'" + printable(use.text, 200) + why});
    if (plan.warnings.size() > kUsesNoted) continue;
    plan.change_set.trailers.emplace_back(
        "Stet-Breaks", printable(use.path, 400) + ":" + std::to_string(use.line));
  }
  return plan;
}

Result<PlanOutcome> move(const Ground& ground,
                         const References& references,
                         const RepoPath& path,
                         const std::string& to,
                         const change::Expected& expected,
                         const Author& author) {
  if (auto fault = change::fault_of_message(author.message)) return PlanOutcome(std::move(*fault));
  if (auto fault = fault_of_expected(ground.site, path, expected)) {
    return PlanOutcome(std::move(*fault));
  }
  auto place = new_place(ground.site, path, to);
  if (auto* refusal = std::get_if<Refusal>(&place)) return PlanOutcome(std::move(*refusal));
  const RepoPath& target = std::get<RepoPath>(place);
  Plan plan;
  add_edit(ground.site, path, std::nullopt, plan);
  add_edit(ground.site, target, ground.site.blob_of(path.view()), plan);
  auto uses = TRY(references.uses_of(path.view(), kRenamedMax));
  TRY(Renaming(ground, path, target).follow(uses, plan));
  sign(ground, author, "Move " + path.string() + " to " + target.string(), plan);
  return PlanOutcome(std::move(plan));
}

Result<RepoPath> find_media(const site::Site& site, std::string_view name) {
  auto path = RepoPath::parse(name);
  const site::SourceFile* source = path ? site.find_source(name) : nullptr;
  bool is_media = source && source->static_file && is_media_path(name);
  if (is_media) return path;
  return not_found("there is no file of media '" + printable(name, 200) + "'");
}

}  // namespace stet::media
