#include <set>

#include "cms/change/timetables.h"
#include "cms/change/validate.h"
#include "cms/document/yaml.h"
#include "cms/site/data_file.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using storage::SnapshotEntry;
using storage::SnapshotPtr;

Result<std::optional<std::string>> read_if_there(const storage::Snapshot& snapshot,
                                                 std::string_view path) {
  auto entry = TRY(snapshot.find(TRY(RepoPath::parse(path))));
  if (!entry || !storage::is_readable(entry->kind)) return std::optional<std::string>();
  return std::optional(TRY(snapshot.read(entry->blob)));
}

// "post" of "_layouts/post.html".
Status add_layouts(const storage::Snapshot& snapshot,
                   const std::string& folder,
                   std::set<std::string, std::less<>>& names) {
  return snapshot.walk(folder, [&](const SnapshotEntry& entry) -> Status {
    std::string name = entry.path.string().substr(folder.size() + 1);
    if (auto extension = entry.path.extension(); !extension.empty()) {
      name.resize(name.size() - extension.size());
      names.insert(std::move(name));
    }
    return {};
  });
}

}  // namespace

const TimetablePtr& Surroundings::timetable() const {
  if (!timetable_) timetable_ = make_timetable_();
  return timetable_;
}

TimetablePtr Surroundings::timetable_near(const schedule::Session& session) const {
  return timetable_ || !make_near_ ? timetable() : make_near_(session);
}

Surroundings Surroundings::of(const site::Site& site) {
  // The configuration is the site's own, which outlives this.
  std::shared_ptr<const site::Config> config(std::shared_ptr<void>(), &site.config());
  Surroundings surroundings(std::move(config));
  surroundings.has_file_ = [&site](std::string_view path) {
    return site.blob_of(path).has_value();
  };
  surroundings.has_layout_ = [&site](std::string_view name) {
    return site.find_layout(name).has_value();
  };
  const site::SourceFile* source = site.find_source(schedule::kEventPath);
  if (source && source->data) {
    Problems ignored;
    surroundings.event_ = schedule::read_event(*source->data, ignored);
  }
  surroundings.make_timetable_ = [&site, event = surroundings.event_] {
    return timetable_of(site, event.value_or(schedule::Event()));
  };
  surroundings.make_near_ = [&site, event = surroundings.event_](const auto& session) {
    return change::timetable_near(site, event.value_or(schedule::Event()), session);
  };
  return surroundings;
}

Result<Surroundings> Surroundings::of(const SnapshotPtr& snapshot, const SnapshotPtr& theme) {
  auto names = std::make_shared<reads::Names>();
  Problems ignored;
  liquid::Ref<liquid::Hash> hash;
  if (auto bytes = TRY(read_if_there(*snapshot, "_config.yml"))) {
    document::Data data = document::parse_yaml(*bytes, "_config.yml", ignored);
    if (data.map()) hash = site::hash_of(*data.map());
  }
  Surroundings surroundings(site::Config::make(hash.get(), "_config.yml", {}, *names));
  surroundings.names_ = std::move(names);
  if (auto bytes = TRY(read_if_there(*snapshot, schedule::kEventPath))) {
    liquid::Value data = site::parse_data_file(schedule::kEventPath, *bytes, ignored);
    surroundings.event_ = schedule::read_event(data, ignored);
  }
  surroundings.make_timetable_ = [snapshot, event = surroundings.event_] {
    return timetable_of(*snapshot, event.value_or(schedule::Event()));
  };
  std::set<std::string, std::less<>> layouts;
  const site::Config& config = surroundings.config();
  TRY(add_layouts(*snapshot, config.text("layouts_dir"), layouts));
  if (theme && config.has_default_theme()) TRY(add_layouts(*theme, "_layouts", layouts));
  surroundings.has_layout_ = [layouts = std::move(layouts)](std::string_view name) {
    return layouts.contains(name);
  };
  surroundings.has_file_ = [snapshot](std::string_view path) {
    auto parsed = RepoPath::parse(path);
    if (!parsed) return false;
    auto entry = snapshot->find(*parsed);
    return entry && entry->has_value();
  };
  return surroundings;
}

}  // namespace stet::change
