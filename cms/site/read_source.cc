#include "cms/site/read_source.h"

#include "cms/site/data_file.h"
#include "cms/site/derive.h"
#include "cms/site/file_name.h"
#include "cms/site/plain_pages.h"

namespace stet::site {
namespace {

class Reading {
 public:
  Reading(const SourceReader& reader,
          const std::string& path,
          const BlobId& blob,
          const storage::Snapshot& snapshot,
          bool is_of_theme)
      : reader_(reader),
        path_(path),
        snapshot_(snapshot),
        is_of_theme_(is_of_theme),
        source_(std::make_shared<SourceFile>()) {
    source_->blob = blob;
  }

  Status add(const RoleOf& role) {
    switch (role.role) {
      case Role::kConfig:
      case Role::kLayout:
      case Role::kInclude: return {};
      case Role::kData: {
        std::string bytes = TRY(snapshot_.read(source_->blob));
        source_->data = parse_data_file(path_, bytes, source_->problems);
        return {};
      }
      case Role::kCollection:
        TRY(add_content(role));
        return source_->static_file ? add_plain_page() : Status();
      case Role::kPost:
      case Role::kDraft:
      case Role::kSite: return add_content(role);
    }
    return {};
  }

  NewSource take() { return std::move(source_); }

 private:
  Result<ParsedFilePtr> parse(bool is_text_wanted) {
    return reader_.cache.parse({.path = path_,
                                .blob = source_->blob,
                                .snapshot = snapshot_,
                                .is_text_wanted = is_text_wanted,
                                .is_of_theme = is_of_theme_,
                                .is_one_of_all = reader_.is_of_all});
  }

  Status add_content(const RoleOf& role) {
    bool is_post = role.role == Role::kPost || role.role == Role::kDraft;
    bool is_plain = role.role == Role::kSite && is_plain_page(path_, reader_.config);
    ParsedFilePtr file;
    if (!is_binary_name(path_)) {
      bool is_below_posts =
          path_.find("_posts/") != std::string::npos || path_.find("_drafts/") != std::string::npos;
      file = TRY(parse(is_below_posts || is_plain));
    }
    bool is_document = file && (file->has_front_matter || is_post || is_plain);
    if (is_document) TRY(add_document(role, file));
    bool is_published_as_it_is =
        !is_post &&
        (!is_document || (!file->has_front_matter && !removes_originals(reader_.config)));
    if (is_published_as_it_is) {
      source_->static_file =
          static_file_of(path_, source_->blob, role.label, reader_.config, reader_.names);
    }
    return {};
  }

  // Markdown in a collection's folder that is no document, for want of front matter, may be a page
  // beside the file, which belongs to the collection and stays.
  Status add_plain_page() {
    if (!is_plain_page(path_, reader_.config)) return {};
    ParsedFilePtr file = TRY(parse(true));
    if (file) TRY(add_document({Role::kSite, ""}, file));
    source_->is_unlisted = file && removes_originals(reader_.config);
    return {};
  }

  std::optional<Instant> last_change() const {
    auto path = RepoPath::parse(path_);
    const storage::LastChange* change = path ? reader_.last_changed.find(*path) : nullptr;
    return change ? std::optional(Instant{change->when.seconds}) : std::nullopt;
  }

  Status add_document(RoleOf role, const ParsedFilePtr& file) {
    if (role.role == Role::kDraft) role.changed = last_change();
    DerivedFacts derived = derive_facts(path_, role, file, reader_.config);
    auto& problems = source_->problems;
    if (source_->documents.empty()) {
      problems.insert(problems.end(), file->problems.begin(), file->problems.end());
    }
    problems.insert(problems.end(), derived.problems.begin(), derived.problems.end());
    if (!derived.facts) {
      source_->is_broken = !derived.problems.empty();
      return {};
    }
    auto read_body = [&](const ParsedFile& of) {
      return reader_.cache.texts().read(of.body, of.blob, snapshot_);
    };
    for (const GeneratorPtr& generator : reader_.generators) {
      TRY(generator->adjust(*derived.facts, read_body));
    }
    source_->documents.emplace_back(new Document(std::move(*derived.facts), reader_.names));
    return {};
  }

  const SourceReader& reader_;
  const std::string& path_;
  const storage::Snapshot& snapshot_;
  const bool is_of_theme_;
  NewSource source_;
};

}  // namespace

Result<NewSource> read_source(const SourceReader& reader,
                              const std::string& path,
                              const BlobId& blob,
                              const storage::Snapshot& snapshot) {
  auto roles =
      roles_of(path, reader.config, reader.filter, reader.config_files, reader.has_schedule);
  if (roles.empty()) return NewSource();
  Reading reading(reader, path, blob, snapshot, false);
  for (const RoleOf& role : roles) TRY(reading.add(role));
  return reading.take();
}

Result<NewSource> read_asset(const SourceReader& reader,
                             const std::string& path,
                             const BlobId& blob,
                             const storage::Snapshot& snapshot) {
  Reading reading(reader, path, blob, snapshot, true);
  TRY(reading.add({Role::kSite, ""}));
  return reading.take();
}

}  // namespace stet::site
