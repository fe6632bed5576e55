// Whether a file can be what its place in the repository says it is: one answer for the API, for
// pushes and for `stet check`.
//
// Errors are what would break the entry (a date that is none); warnings are what Jekyll lets pass
// (a layout that does not exist). Every finding has the JSON pointer of its field and the place in
// the file. Threads: pure functions. All input is hostile.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/document.h"
#include "cms/schedule/event.h"
#include "cms/schema/check.h"
#include "cms/site/config.h"
#include "cms/site/entry_filter.h"
#include "cms/site/site.h"
#include "storage/base/problem.h"
#include "storage/base/repo_path.h"

namespace stet::schedule {
struct Session;
class Timetable;
}  // namespace stet::schedule

namespace stet::change {

inline constexpr std::size_t kTextBytesMax = 5 << 20;
inline constexpr std::size_t kFindingsMax = 50;  // of one file; further ones are not looked for

struct FieldProblem {
  std::string
      pointer;  // "/front_matter/date", "/body"; "/start" in a structured file; "": the file
  std::string message;  // one plain sentence
  Severity severity = Severity::kError;
  int line = 0, column = 0;   // in the file, from 1; 0 where no line is to blame
  bool is_of_schema = false;  // what the site says of its fields (cms/schema) is not so
  bool is_clash = false;      // of a session with the rest of the schedule
};
using Findings = std::vector<FieldProblem>;

bool has_error(const Findings& findings);
// Whether a file's first bytes make it a document.
bool begins_front_matter(std::string_view bytes);
Problems to_problems(const RepoPath& path, const Findings& findings);

// What a file's validity depends on beside the file itself. Threads: one at a time.
class Surroundings {
 public:
  // `site` must outlive it.
  static Surroundings of(const site::Site& site);
  // Of the files of a commit without making its site: the configuration, the event and the names of
  // layouts are read. `theme` may be null.
  static Result<Surroundings> of(const storage::SnapshotPtr& snapshot,
                                 const storage::SnapshotPtr& theme);

  const site::Config& config() const { return *config_; }
  const site::EntryFilter& filter() const { return filter_; }
  const std::optional<schedule::Event>& event() const { return event_; }
  // Of all sessions as they are without a write; made when it is first asked for.
  const std::shared_ptr<const schedule::Timetable>& timetable() const;
  // As far as it says what clashes with that session: of a site, of its rooms and speakers alone.
  std::shared_ptr<const schedule::Timetable> timetable_near(const schedule::Session& session) const;
  bool has_file(std::string_view path) const { return has_file_(path); }
  bool has_layout(std::string_view name) const { return has_layout_(name); }
  // Read out of the configuration when they are first asked for; its faults are told of it alone.
  const schema::Schemas& schemas() const;
  // Of posts, drafts, pages, and what has a label: "2020/10/2020-10-11-x".
  bool has_entry(std::string_view collection, std::string_view name) const;

 private:
  explicit Surroundings(std::shared_ptr<const site::Config> config)
      : config_(std::move(config)), filter_(*config_) {}

  std::shared_ptr<reads::Names> names_;  // of a configuration of its own
  std::shared_ptr<const site::Config> config_;
  site::EntryFilter filter_;
  std::optional<schedule::Event> event_;
  std::function<bool(std::string_view)> has_file_, has_layout_;
  std::function<std::shared_ptr<const schedule::Timetable>()> make_timetable_;
  std::function<std::shared_ptr<const schedule::Timetable>(const schedule::Session&)> make_near_;
  mutable std::shared_ptr<const schedule::Timetable> timetable_;
  mutable std::shared_ptr<const schema::Schemas> schemas_;
};

// `parsed`: the bytes as they were parsed under this path; null: they were not.
Findings validate(const Surroundings& surroundings,
                  const RepoPath& path,
                  std::string_view bytes,
                  const document::Document* parsed = nullptr);
Findings validate(const site::Site& site, const RepoPath& path, std::string_view bytes);

}  // namespace stet::change
