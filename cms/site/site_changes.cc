#include "cms/site/site_changes.h"

#include <algorithm>

#include "cms/site/config_reads.h"
#include "cms/site/file_name.h"
#include "cms/site/list_changes.h"
#include "cms/site/schedule_releases.h"
#include "cms/site/tree.h"

namespace stet::site {
namespace {

using reads::Key;
using reads::Kind;
using reads::NameId;

// A list of documents whose neighbours templates see: a collection, never a group or the pages.
bool has_neighbours(const std::string& list) {
  return list.find('.') == std::string::npos && list != "pages" && list != "html_pages" &&
         list != "static_files";
}

class Comparison {
 public:
  Comparison(const Site& before, const Site& after, const Touched& touched)
      : before_(before), after_(after), touched_(touched), names_(after.names()) {}

  Changes run() {
    for (const std::string& path : touched_.files) compare_file(path);
    compare_dates();
    for (const auto& [subject, pair] : touched_.documents) compare_documents(subject, pair);
    for (const auto& [list, keys] : touched_.lists) compare_list(list, keys);
    for (const char* group : {"tags", "categories"}) compare_group(group);
    if (touched_.has_data) compare_trees(Kind::kData, before_.data().get(), after_.data().get());
    if (&before_.config() != &after_.config()) {
      compare_trees(Kind::kConfig, &before_.config().tree(), &after_.config().tree());
      std::vector<Key> keys;
      differing_facts(before_.config(), after_.config(), names_, keys);
      for (Key key : keys) add(key, "the configuration");
    }
    compare_schedules();
    for (const std::string& path : touched_.outputs) compare_output(path);
    return std::move(changes_);
  }

 private:
  void add(Key key, const std::string& cause) { changes_.keys.push_back({key, cause}); }
  void add_field(NameId subject, std::string_view field, const std::string& cause) {
    add(Key(Kind::kField, subject, names_.id_of(field)), cause);
  }

  void compare_file(const std::string& path) {
    NameId subject = names_.id_of(path);
    add(Key(Kind::kFile, subject), path);
    std::string stem = path.substr(0, path.rfind('.'));
    add_field(names_.id_of(stem), "layout", path);
    bool is_moved = before_.blob_of(path).has_value() != after_.blob_of(path).has_value();
    if (is_moved && is_sheet_name(path)) {
      add(Key(Kind::kFile, names_.id_of(Site::kSheetFolders)), path);
    }
  }

  // Of two commits a file may have the same content, and another date.
  void compare_dates() {
    using storage::LastChange;
    before_.last_changes().all().compare(
        after_.last_changes().all(),
        [](const LastChange& was, const LastChange& is) {
          return was.when.seconds == is.when.seconds;
        },
        [&](const RepoPath& path, const LastChange*, const LastChange*) {
          NameId subject = names_.id_of(path.string());
          add_field(subject, "modified_time", path.string());
          add_field(subject, "#changed", path.string());
        });
  }

  // What calendars are told beside what the sessions' files say.
  void compare_schedules() {
    const ScheduleHistory& was = before_.schedule_history();
    const ScheduleHistory& is = after_.schedule_history();
    was.sessions.compare(
        is.sessions,
        [](const SessionRecordPtr& a, const SessionRecordPtr& b) {
          return a->origin == b->origin && a->slots == b->slots;
        },
        [&](const std::string& path, const SessionRecordPtr* a, const SessionRecordPtr* b) {
          add_field(names_.id_of(path), "#slots", path);
          if (!a || !b || (*a)->origin != (*b)->origin) {
            add_field(names_.id_of(path), "#origin", path);
          }
        });
    auto add_lists = [&](const LapsedSlotPtr* lapsed) {
      if (!lapsed) return;
      for (const std::string& list : lists_of_lapsed(**lapsed)) {
        add_field(names_.id_of("site." + list), "#withdrawn", (*lapsed)->path);
      }
    };
    was.withdrawn.compare(
        is.withdrawn,
        [](const LapsedSlotPtr& a, const LapsedSlotPtr& b) {
          return a == b || (a->slot == b->slot && a->path == b->path && a->title == b->title &&
                            a->track == b->track && a->speakers == b->speakers);
        },
        [&](const auto&, const LapsedSlotPtr* a, const LapsedSlotPtr* b) {
          add_lists(a);
          add_lists(b);
        });
    bool is_same = std::equal(
        was.releases.begin(), was.releases.end(), is.releases.begin(), is.releases.end(), are_same);
    if (!is_same) add_field(names_.id_of("site.schedule"), "#releases", "a release");
  }

  static bool are_same(const ReleasePtr& a, const ReleasePtr& b) {
    return a == b || (a->version == b->version && a->notes == b->notes && a->commit == b->commit);
  }

  void compare_static_files(const Items& before, const Items& after, const ListKey& key) {
    const ItemPtr* was = before.find(key);
    const ItemPtr* is = after.find(key);
    if (!was && !is) return;
    const Item& any = was ? **was : **is;
    if (!was != !is) add_field(any.subject(), "exists", any.path());
    if (!was || !is) return;
    for (const std::string& field : differing_fields(static_cast<const StaticFile&>(**was),
                                                     static_cast<const StaticFile&>(**is))) {
      add_field(any.subject(), field, any.path());
    }
  }

  void compare_documents(const std::string& subject, const Touched::Pair& pair) {
    NameId id = names_.id_of(subject);
    const std::string& path = (pair.after ? pair.after : pair.before)->path();
    if (pair.before && pair.after) {
      for (const std::string& field :
           differing_fields({*pair.before, before_}, {*pair.after, after_})) {
        add_field(id, field, path);
      }
    } else if (pair.before || pair.after) {
      changes_.subjects.push_back(subject);
      add_field(id, "exists", path);
      add_field(id, "next", path);
      add_field(id, "previous", path);
    }
  }

  void compare_list(const std::string& list, const std::vector<ListKey>& keys) {
    if (before_.has_mixed_order(list) || after_.has_mixed_order(list)) return compare_mixed(list);
    const Items& was = before_.list(list);
    const Items& is = after_.list(list);
    NameId name = names_.id_of("site." + list);
    std::string cause = cause_of(was, is, keys);
    auto ranges = moved_positions(was, is, keys);
    for (auto [begin, end] : ranges) changes_.spans.push_back({{name, begin, end}, cause});
    if (was.size() != is.size()) add(Key(Kind::kLength, name), cause);
    if (list == "static_files") {
      for (const ListKey& key : keys) compare_static_files(was, is, key);
    }
    if (!ranges.empty() && has_neighbours(list)) {
      for (const ListKey& key : keys) compare_neighbours(was, is, key, cause);
    }
    if (was.empty() != is.empty()) {
      for (const char* group : {"tags", "categories"}) {
        if (list.starts_with(std::string(group) + ".")) {
          add_field(
              names_.id_of(std::string("site.") + group), list.substr(list.find('.') + 1), cause);
        }
      }
    }
  }

  // Of documents whose keys do not tell where they stand.
  void compare_mixed(const std::string& list) {
    const Items& was = before_.list(list);
    const Items& is = after_.list(list);
    NameId name = names_.id_of("site." + list);
    const std::string cause = "its members";
    if (was.size() != is.size()) add(Key(Kind::kLength, name), cause);
    for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
      bool is_there = i < was.size() && i < is.size();
      if (is_there && was.at(i).second->is_same(*is.at(i).second)) continue;
      auto place = static_cast<std::uint32_t>(i);
      changes_.spans.push_back({{name, place, place + 1}, cause});
    }
    is.for_each([&](const ListKey&, const ItemPtr& item) {
      compare_neighbours_of(static_cast<const Document&>(*item), cause);
    });
  }

  void compare_neighbours_of(const Document& document, const std::string& cause) {
    // Under the key that it had; one that is new has its neighbours as new as itself.
    DocumentPtr earlier = before_.find_document(document.facts().subject);
    for (bool is_next : {true, false}) {
      DocumentPtr before = earlier ? before_.neighbour_of(*earlier, is_next) : DocumentPtr();
      DocumentPtr after = after_.neighbour_of(document, is_next);
      bool is_same = before && after ? before->is_same(*after) : !before == !after;
      if (!is_same) add_field(document.subject(), is_next ? "next" : "previous", cause);
    }
  }

  static std::string cause_of(const Items& was, const Items& is, const std::vector<ListKey>& keys) {
    for (const ListKey& key : keys) {
      const ItemPtr* before = was.find(key);
      const ItemPtr* after = is.find(key);
      if (!before != !after) return (before ? *before : *after)->path();
    }
    return "its members";
  }

  // Those beside a place where one came or went may have another neighbour.
  void compare_neighbours(const Items& was,
                          const Items& is,
                          const ListKey& key,
                          const std::string& cause) {
    if (was.contains(key) == is.contains(key)) return;
    std::size_t rank = is.rank_of(key);
    for (std::size_t place : {rank - 1, rank, rank + 1}) {  // wraps below 0 to beyond the end
      if (place >= is.size()) continue;
      compare_neighbours_of(static_cast<const Document&>(*is.at(place).second), cause);
    }
  }

  void compare_group(const std::string& group) {
    std::string prefix = group + ".";
    bool is_moved = false;
    auto it = touched_.lists.lower_bound(prefix);
    for (; it != touched_.lists.end() && it->first.starts_with(prefix); ++it) {
      is_moved = is_moved || before_.place_in_group(it->first) != after_.place_in_group(it->first);
    }
    if (!is_moved || before_.group_names(group) == after_.group_names(group)) return;
    add(Key(Kind::kLength, names_.id_of("site." + group)), "the " + group + " in use");
  }

  void compare_trees(Kind kind, const Tree* was, const Tree* is) {
    std::vector<Key> keys;
    differing_keys(
        was ? &was->hash() : nullptr, is ? &is->hash() : nullptr, kind, names_, "", keys);
    const char* cause = kind == Kind::kConfig ? "the configuration" : "a data file";
    for (Key key : keys) add(key, cause);
  }

  static bool has_same_bytes(const Item& was, const Item& is) {
    return static_cast<const StaticFile&>(was).blob() == static_cast<const StaticFile&>(is).blob();
  }

  void compare_output(const std::string& path) {
    const Output* was = before_.find_output(path);
    const Output* is = after_.find_output(path);
    bool is_same = was && is && was->is_static == is->is_static &&
                   was->is_source_map == is->is_source_map &&
                   was->item->subject() == is->item->subject() &&
                   (!is->is_static || has_same_bytes(*was->item, *is->item));
    if (!is_same && (was || is)) changes_.outputs.push_back(path);
  }

  const Site& before_;
  const Site& after_;
  const Touched& touched_;
  reads::Names& names_;
  Changes changes_;
};

}  // namespace

Touched Touched::all(const Site& before, const Site& after, const storage::Diff& diff) {
  Touched touched;
  touched.files = differing_paths(before.theme(), after.theme(), after.config());
  for (const storage::FileChange& change : diff) touched.files.push_back(change.path.string());
  touched.has_data = true;
  before.documents().for_each([&](const std::string& subject, const DocumentPtr& document) {
    touched.documents[subject].before = document;
  });
  after.documents().for_each([&](const std::string& subject, const DocumentPtr& document) {
    touched.documents[subject].after = document;
  });
  for (const Site* site : {&before, &after}) {
    site->lists().for_each([&](const std::string& name, const Items& items) {
      auto& keys = touched.lists[name];
      items.for_each([&](const ListKey& key, const ItemPtr&) { keys.push_back(key); });
    });
    site->for_each_output(
        [&](const std::string& path, const Output&) { touched.outputs.insert(path); });
  }
  return touched;
}

Changes changes_of(const Site& before, const Site& after, const Touched& touched) {
  return Comparison(before, after, touched).run();
}

}  // namespace stet::site
