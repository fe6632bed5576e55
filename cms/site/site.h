// The site at one commit and instant: every document, list, data file and output, as one value.
//
// Immutable and shared between threads. The next one is made from this one and a diff, for the cost
// of what changed; all lists and maps are persistent. Whatever a template can see of it is in
// site_drop.h; how it came about is in builder.h.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/column.h"
#include "cms/site/config.h"
#include "cms/site/document.h"
#include "cms/site/generator.h"
#include "cms/site/mixed_order.h"
#include "cms/site/schedule_history.h"
#include "cms/site/static_file.h"
#include "cms/site/theme.h"
#include "storage/base/clock.h"
#include "storage/history/last_changed.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site {

// What one file of the repository gives to the site.
struct SourceFile {
  BlobId blob;
  std::vector<DocumentPtr> documents;
  StaticFilePtr static_file;
  bool is_unlisted = false;           // the static file is published, but in no list
  std::optional<liquid::Value> data;  // of a data file
  bool is_broken = false;             // no document could be made of it; the problems say why
  Problems problems;
};
using SourceFilePtr = std::shared_ptr<const SourceFile>;

// Who makes an output: of several sources of one output path the last in Jekyll's order of writing.
struct Output {
  ItemPtr item;
  bool is_static = false;
  bool is_source_map = false;  // of the document, which is a sheet
};

// A layout, an include: where it was found, and which version of it.
struct FoundFile {
  std::string path;
  BlobId blob;
  bool is_of_theme = false;
};

class Site {
 public:
  const Config& config() const { return *config_; }
  Instant instant() const { return instant_; }
  Time time() const;  // local, as Ruby's: it never calls itself UTC
  reads::Names& names() const { return *names_; }

  // "posts", "pages", "html_pages", "static_files", a collection's label, "tags.X", "categories.X".
  const Items& list(std::string_view name) const;
  // The names in `group` ("tags", "categories") in the order of Jekyll's hash: by the oldest post
  // that bears each, and its place there.
  std::vector<std::string> group_names(std::string_view group) const;
  // What says where the list "tags.X" or "categories.X" stands among those names: its oldest post,
  // and X's place there. None of a list without posts.
  std::optional<std::pair<ListKey, std::size_t>> place_in_group(std::string_view list) const;

  // Fields of whole lists, kept for the renders of this version of the site.
  Columns& columns() const { return *columns_; }

  // True of a collection whose documents are dated in part (mixed_order.h).
  bool has_mixed_order(std::string_view label) const { return mixed_.contains(label); }

  // The neighbour in the collection: the one after it (newer, for posts) or before. Null at an end.
  DocumentPtr neighbour_of(const Document& document, bool is_next) const;

  // By what reads call it: its path. Null where there is no visible document of that name.
  DocumentPtr find_document(std::string_view subject) const;
  // What a file gives to the site; null for files that are none of its business.
  const SourceFile* find_source(std::string_view path) const;

  // Of all files that the site has to do with, hidden documents among them, by path.
  const PersistentMap<std::string, SourceFilePtr>& sources() const { return sources_; }

  // Null where nothing is published under that path.
  const Output* find_output(std::string_view output_path) const;
  // True if another than that subject would make the output.
  bool has_other_output(std::string_view output_path, std::string_view subject) const;
  // The paths of all outputs, each once, in order.
  void for_each_output(const std::function<void(const std::string&, const Output&)>& visit) const;

  using Lists = PersistentMap<std::string, Items>;
  const Lists& lists() const { return lists_; }
  const PersistentMap<std::string, DocumentPtr>& documents() const { return documents_; }

  // In the repository, else in the theme: below its root (theme.h).
  std::optional<FoundFile> find_file(std::string_view path) const;
  // A layout by its name, whatever its extension.
  std::optional<FoundFile> find_layout(std::string_view name) const;
  // The bytes of any file of the repository. kNotFound: there is none.
  Result<std::string> read_path(std::string_view path) const;
  // Null where the site has none.
  const ThemePtr& theme() const { return theme_; }
  // What a read calls that folders with sheets come and go, and those folders that match a pattern.
  static constexpr std::string_view kSheetFolders = "folders of sheets";
  std::vector<std::string> sheet_folders(std::string_view pattern) const;
  std::optional<BlobId> blob_of(std::string_view path) const;
  // Of every file of the repository that can be read, by path.
  const PersistentMap<std::string, BlobId>& blobs() const { return blobs_; }
  Result<std::string> read(const FoundFile& file) const;
  Result<std::string> read(const StaticFile& file) const;
  // The body of a file that a document of the site is made of, and its excerpt. An error: the
  // repository cannot be read.
  Result<ReadText> text_of(const ParsedFile& file) const;
  Result<std::string> excerpt_of(const ExcerptSource& source) const;

  liquid::Ref<Tree> data() const { return data_; }
  // When a commit last changed the file; none where the site is no commit.
  std::optional<Instant> last_changed(std::string_view path) const;
  const storage::LastChanged& last_changes() const { return last_changed_; }
  const ScheduleHistory& schedule_history() const { return schedule_history_; }

  // The next instant at which the site changes by time alone; none: never.
  std::optional<Instant> next_moment() const;

  // Of all files, by path, and of outputs that several files make; not those of renders.
  Problems problems() const;

 private:
  friend class Builder;
  friend class Visibility;
  Site() = default;

  static std::string output_prefix(std::string_view path);
  void add_conflicts(Problems& problems) const;
  void add_ruby_plugins(Problems& problems) const;

  std::shared_ptr<const Config> config_;
  std::shared_ptr<Columns> columns_ = std::make_shared<Columns>();
  Instant instant_;
  reads::Names* names_ = nullptr;
  storage::SnapshotPtr snapshot_;
  std::shared_ptr<Texts> texts_;
  ThemePtr theme_;
  Problems theme_problems_;
  storage::LastChanged last_changed_;
  ScheduleHistory schedule_history_;

  PersistentMap<std::string, BlobId> blobs_;  // every readable file of the repository
  PersistentMap<std::string, SourceFilePtr> sources_;
  PersistentMap<std::string, SourceFilePtr> theme_sources_;  // assets that the repository lacks
  Lists lists_;
  PersistentMap<std::string, std::shared_ptr<const MixedOrder>> mixed_;  // by label
  PersistentMap<std::string, DocumentPtr> documents_;  // the visible ones, by subject
  PersistentMap<std::string, Output> outputs_;         // by output_prefix, rank, subject
  PersistentMap<ListKey, DocumentPtr> waiting_;        // by the second at which they become visible
  PersistentMap<ListKey, DocumentPtr> leaving_;        // and from which they are no more
  liquid::Ref<Tree> data_;
  PersistentMap<std::string, bool> replaced_;  // paths of files that pages of generators stand for
  Generators generators_;                      // of the configuration
  PersistentMap<std::string, Group> groups_;   // what they have made, by their number and group
};

using SitePtr = std::shared_ptr<const Site>;

}  // namespace stet::site
