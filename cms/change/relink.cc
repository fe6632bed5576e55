#include "cms/change/relink.h"

#include <algorithm>

#include "cms/change/entry.h"
#include "cms/change/field_links.h"
#include "cms/change/link_target.h"
#include "cms/change/schemas.h"
#include "cms/change/validate.h"
#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/structured.h"
#include "cms/site/permalink.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

using document::Data;

constexpr std::string_view kPlugin = "jekyll-redirect-from";

std::string url_of(const site::Site& site, std::string_view path) {
  const site::SourceFile* source = site.find_source(path);
  if (!source) return "";
  for (const site::DocumentPtr& document : source->documents) {
    if (auto url = public_url(site, *document)) return *url;
  }
  return "";
}

std::optional<std::string> found(std::string url) {
  return url.empty() ? std::nullopt : std::optional(std::move(url));
}

Problem warning(const RepoPath& path, std::string message) {
  return {Severity::kWarning, path.string(), 0, 0, std::move(message)};
}

// The addresses that lead to the page: those that did, but its own, and the old one.
Data redirects_with(const Data* there, const std::string& old_url, const std::string& new_url) {
  Data::List list;
  if (there && there->list()) {
    list = *there->list();
  } else if (there && there->is_string()) {
    list.push_back(*there);
  }
  std::erase_if(list, [&](const Data& one) {
    return one.string() && (*one.string() == new_url || *one.string() == old_url);
  });
  list.emplace_back(old_url);
  return list;
}

class Follower {
 public:
  Follower(Draft& draft, const site::Site& after, LinkTargets targets)
      : draft_(draft),
        before_(draft.ground().site),
        after_(after),
        targets_(std::move(targets)),
        fields_(targets_, before_, after),
        surroundings_(Surroundings::of(before_)) {}

  Status run(std::vector<PlannedAction>& actions) {
    for (const MovedFile& file : targets_.moved()) TRY(add_redirect(file));
    std::vector<std::string> paths;
    before_.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
      if (may_have_links(path, *source)) paths.push_back(path);
    });
    // What the draft brings and the site has not.
    for (const auto& [path, file] : draft_.files()) {
      const site::SourceFile* source = after_.find_source(path.view());
      bool is_new = file.after && !before_.find_source(path.view());
      if (is_new && source && may_have_links(path.string(), *source))
        paths.push_back(path.string());
    }
    for (const std::string& path : paths) TRY(follow(TRY(RepoPath::parse(path)), actions));
    for (PlannedAction& action : actions) {
      const Draft::File* file = draft_.find(action.path);
      if (file && action.after) action.after = file->after;
    }
    return {};
  }

 private:
  bool may_have_links(const std::string& path, const site::SourceFile& source) const {
    const site::Config& config = before_.config();
    for (std::string_view folder : {"layouts_dir", "includes_dir"}) {
      if (path.starts_with(config.text(folder) + "/")) return true;
    }
    return source.data ||
           std::any_of(source.documents.begin(),
                       source.documents.end(),
                       [](const site::DocumentPtr& document) {
                         return !document->facts().is_sheet &&
                                document->facts().kind != site::DocumentKind::kGenerated;
                       });
  }

  Status add_redirect(const MovedFile& moved) {
    if (!moved.old_url || moved.old_url == moved.new_url) return {};
    std::string old_url = site::unescape_path(*moved.old_url);
    if (!moved.new_url) {
      draft_.warn(warning(moved.to,
                          "the page '" + old_url + "' goes, and nothing will lead from there: '" +
                              moved.to.string() + "' has no public page"));
      return {};
    }
    const Draft::File& file = *draft_.find(moved.to);
    document::Document document = document::parse_document(*file.after, moved.to.view());
    bool has_plugin = before_.config().has_plugin(kPlugin);
    if (!has_plugin || !document.has_front_matter) {
      draft_.warn(warning(
          moved.to,
          "links from elsewhere to '" + old_url + "' will lead nowhere: " +
              (has_plugin ? "the file has no front matter for redirect_from"
                          : "the site lacks jekyll-redirect-from; name it under plugins: in "
                            "_config.yml, and put the old path into redirect_from")));
      return {};
    }
    document::Edit edit;
    edit.front_matter_patch =
        Data(Data::Map{{"redirect_from",
                        redirects_with(document.front_matter.find("redirect_from"),
                                       old_url,
                                       site::unescape_path(*moved.new_url))}});
    auto edited = document::apply_edit(*file.after, moved.to.view(), edit);
    if (!edited) {
      draft_.warn(warning(moved.to, "redirect_from was not written: " + edited.error().message));
      return {};
    }
    draft_.add(moved.to, {file.before, std::move(*edited), file.action});
    return {};
  }

  // Where the file is after all: one of the moved ones, or where it was.
  const MovedFile* moved_from(const RepoPath& path) const {
    for (const MovedFile& file : targets_.moved()) {
      if (file.from == path) return &file;
    }
    return nullptr;
  }

  Status follow(const RepoPath& path, std::vector<PlannedAction>& actions) {
    const MovedFile* own = moved_from(path);
    const RepoPath& now = own ? own->to : path;
    const Draft::File* drafted = draft_.find(now);
    if (drafted && !drafted->after) return {};
    std::string bytes = drafted ? *drafted->after : TRY(before_.read_path(path.view()));
    if (!is_utf8(bytes) || (!own && !targets_.may_link(bytes))) return {};
    LinkHolder holder{
        path.string(), now.string(), url_of(before_, path.view()), url_of(after_, now.view())};
    std::size_t first = 0;
    std::string changed = bytes;
    if (!document::is_structured_name(now.view())) changed = relinked(bytes, holder, first);
    follow_fields(now, holder, changed);
    if (changed == bytes) return {};
    const auto& may_write = draft_.ground().may_write;
    if (!drafted && may_write && !may_write(path)) {
      Problem problem = warning(path, "a link here names the old place; the token may not mend it");
      if (first > 0) {
        problem.line = 1 + static_cast<int>(std::count(
                               bytes.begin(), bytes.begin() + static_cast<long>(first), '\n'));
      }
      draft_.warn(std::move(problem));
      return {};
    }
    note(now, own != nullptr, actions);
    std::optional<std::string> before = drafted ? drafted->before : std::optional(bytes);
    draft_.add(now, {std::move(before), std::move(changed), drafted ? drafted->action : 0});
    return {};
  }

  // What cannot be edited is told of and stays.
  void follow_fields(const RepoPath& path, const LinkHolder& holder, std::string& bytes) {
    bool is_data = document::is_structured_name(path.view());
    document::Document document;
    Problems problems;
    if (!is_data) document = document::parse_document(bytes, path.view());
    if (!is_data && (!document.has_front_matter || document.is_broken)) return;
    Data fields = is_data ? document::read_structured(bytes, path.view(), problems)
                          : std::move(document.front_matter);
    bool is_broken = std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
      return problem.severity == Severity::kError;
    });
    if (is_broken) return;
    auto moved = fields_.moved(fields, key_of(holder.path_before), holder);
    if (!moved) return;
    document::Edit edit;
    if (!is_data) edit.front_matter = *std::move(moved);
    auto edited = is_data ? document::edit_structured(bytes, path.view(), *moved, true)
                          : document::apply_edit(bytes, path.view(), edit);
    if (edited) {
      bytes = *std::move(edited);
    } else {
      draft_.warn(warning(path, "a field names the old place: " + edited.error().message));
    }
  }

  std::string key_of(const std::string& path) const {
    auto roles = site::roles_of(path,
                                before_.config(),
                                surroundings_.filter(),
                                {"_config.yml"},
                                surroundings_.event().has_value());
    return roles.empty() ? "" : schema_key_of(roles.front(), path, before_.config());
  }

  void note(const RepoPath& path, bool is_moved, std::vector<PlannedAction>& actions) const {
    if (is_moved) return;
    for (PlannedAction& action : actions) {
      if (action.moved_from) {
        action.relinked.push_back(path);
        return;
      }
    }
  }

  // `first`: where the first link is that changes.
  std::string relinked(std::string_view bytes, const LinkHolder& holder, std::size_t& first) const {
    document::Document document = document::parse_document(bytes, holder.path_after);
    std::size_t at = document.has_front_matter ? document.body_offset : 0;
    std::string_view body = bytes.substr(at);
    std::string out(bytes.substr(0, at));
    std::size_t done = 0;
    for (const LinkSpan& span : find_links(body)) {
      auto text =
          targets_.replacement(span.kind, body.substr(span.begin, span.end - span.begin), holder);
      if (!text) continue;
      if (first == 0) first = at + span.begin;
      out += body.substr(done, span.begin - done);
      out += *text;
      done = span.end;
    }
    out += body.substr(done);
    return out;
  }

  Draft& draft_;
  const site::Site& before_;
  const site::Site& after_;
  const LinkTargets targets_;
  const FieldLinks fields_;
  const Surroundings surroundings_;
};

}  // namespace

Status follow_moves(Draft& draft, std::vector<PlannedAction>& actions) {
  bool has_moves = std::any_of(actions.begin(), actions.end(), [](const PlannedAction& action) {
    return action.moved_from.has_value();
  });
  if (!has_moves) return {};
  site::SitePtr after = TRY(draft.site());
  const site::Site& before = draft.ground().site;
  std::vector<MovedFile> moved;
  for (const PlannedAction& action : actions) {
    if (!action.moved_from) continue;
    moved.push_back({*action.moved_from,
                     action.path,
                     found(url_of(before, action.moved_from->view())),
                     found(url_of(*after, action.path.view()))});
  }
  return Follower(draft, *after, LinkTargets(before, *after, std::move(moved))).run(actions);
}

}  // namespace stet::change
