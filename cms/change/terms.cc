#include "cms/change/terms.h"

#include <algorithm>

#include "cms/change/draft.h"
#include "cms/change/field_value.h"
#include "cms/change/new_path.h"
#include "cms/change/write_parts.h"
#include "cms/document/document.h"
#include "cms/document/edit.h"

namespace stet::change {
namespace {

using document::Data;
using Kind = Refusal::Kind;

std::string_view plural_of(TermKind kind) { return kind == TermKind::kTag ? "tags" : "categories"; }
std::string_view singular_of(TermKind kind) { return kind == TermKind::kTag ? "tag" : "category"; }

const std::vector<std::string>& terms_in(const site::Document& document, TermKind kind) {
  const site::DocumentFacts& facts = document.facts();
  return kind == TermKind::kTag ? facts.tags : facts.categories;
}

template <typename Visit>
void for_each_post(const site::Site& site, Visit&& visit) {
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    for (const site::DocumentPtr& document : source->documents) {
      if (document->facts().kind == site::DocumentKind::kPost) visit(path, *document);
    }
  });
}

bool has_blank(std::string_view text) { return text.find_first_of(" \t\r\n") != text.npos; }

// What a list of words, or words in one text, becomes; nil where nothing of it is renamed.
class Renaming {
 public:
  explicit Renaming(const RenameRequest& request) : request_(request) {}

  bool is_renamed(std::string_view term) const {
    return std::find(request_.from.begin(), request_.from.end(), term) != request_.from.end();
  }

  Data renamed(const Data& value) const {
    if (const auto* list = value.list()) return renamed_list(*list);
    const std::string* text = value.string();
    return text ? renamed_words(*text) : Data();
  }

  // The front matter after it; none where it stays as it is.
  std::optional<Data> patch_of(const Data& front_matter) const {
    Data::Map patch;
    std::string plural(plural_of(request_.kind)), singular(singular_of(request_.kind));
    if (const Data* value = front_matter.find(plural)) {
      if (Data after = renamed(*value); !after.is_nil()) patch.set(plural, std::move(after));
    }
    const Data* one = front_matter.find(singular);
    if (one && is_text_like(*one) && is_renamed(text_of(*one))) {
      patch.set(singular, request_.to);
    } else if (one && one->list()) {
      if (Data after = renamed_list(*one->list()); !after.is_nil()) {
        patch.set(singular, std::move(after));
      }
    }
    return patch.empty() ? std::nullopt : std::optional(Data(std::move(patch)));
  }

 private:
  Data renamed_list(const Data::List& list) const {
    Data::List after;
    bool is_changed = false, has_new = false;
    for (const Data& item : list) {
      std::string name = text_of(item);
      bool is_one = is_renamed(name);
      bool is_new = is_one || name == request_.to;
      is_changed |= is_one;
      if (is_new && std::exchange(has_new, true)) continue;
      after.push_back(is_one ? Data(request_.to) : item);
    }
    return is_changed ? Data(std::move(after)) : Data();
  }

  Data renamed_words(std::string_view text) const {
    Data::List words;
    for (std::size_t begin = 0; (begin = text.find_first_not_of(" \t\r\n", begin)) != text.npos;) {
      std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
      words.emplace_back(text.substr(begin, end - begin));
      begin = end;
    }
    Data after = renamed_list(words);
    if (after.is_nil() || has_blank(request_.to)) return after;
    std::string joined;
    for (const Data& word : *after.list()) joined += (joined.empty() ? "" : " ") + *word.string();
    return joined;
  }

  const RenameRequest& request_;
};

constexpr std::size_t kTermBytesMax = 500;  // of a new name

std::optional<Refusal> fault_of(const RenameRequest& request) {
  if (request.from.empty() || request.from.size() > kTermsRenamedMax) {
    return refused_field("/from",
                         "name 1 to " + std::to_string(kTermsRenamedMax) + " that are renamed");
  }
  bool is_blank = request.to.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_blank) return refused_field("/to", "the new name is text, and not blank");
  bool has_control = std::any_of(request.to.begin(), request.to.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (has_control)
    return refused_field("/to",
                         "the new name has a line end or another control "
                         "character in it; leave it out");
  if (request.to.size() > kTermBytesMax) {
    return refused_field("/to",
                         "the new name has " + std::to_string(request.to.size()) +
                             " bytes, and may have " + std::to_string(kTermBytesMax));
  }
  if (request.from.size() == 1 && request.from.front() == request.to) {
    return refused_field("/to", "this is the name that it has");
  }
  return fault_of_message(request.message);
}

std::string quoted_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

std::string message_of(const RenameRequest& request, std::size_t posts) {
  return "Rename " + std::string(singular_of(request.kind)) + " " + quoted_names(request.from) +
         " to '" + request.to + "' in " + std::to_string(posts) + (posts == 1 ? " post" : " posts");
}

std::vector<std::string> paths_with(const site::Site& site, const RenameRequest& request) {
  Renaming renaming(request);
  std::vector<std::string> paths;
  for_each_post(site, [&](const std::string& path, const site::Document& document) {
    const auto& terms = terms_in(document, request.kind);
    bool has_one = std::any_of(terms.begin(), terms.end(), [&](const std::string& term) {
      return term != request.to && renaming.is_renamed(term);
    });
    if (has_one && (paths.empty() || paths.back() != path)) paths.push_back(path);
  });
  return paths;
}

// Adds the post's file to the draft, or says why it cannot be.
Result<std::optional<Refusal>> rename_in(Draft& draft,
                                         const Renaming& renaming,
                                         const RepoPath& path,
                                         std::vector<PlannedAction>& actions) {
  const site::Site& site = draft.ground().site;
  std::string before = TRY(site.read_path(path.view()));
  document::Document there = document::parse_document(before, path.view());
  auto patch = renaming.patch_of(there.front_matter);
  if (!patch) {
    draft.warn({Severity::kWarning,
                path.string(),
                1,
                1,
                "it has this name by its folder or by the configuration, not by its front matter, "
                "and keeps it"});
    return std::optional<Refusal>();
  }
  document::Edit edit;
  edit.front_matter_patch = std::move(patch);
  auto after = document::apply_edit(before, path.view(), edit);
  if (!after && after.error().code != ErrorCode::kInvalidInput) return std::move(after).error();
  if (!after) {
    return std::optional(refused(Kind::kConflict, path.string() + ": " + after.error().message));
  }
  Findings findings = findings_of(draft.ground(), path, before, *after);
  if (has_error(findings)) return std::optional(refused_findings(std::move(findings)));
  const Resource* resource = resource_of(site, path);
  actions.push_back({.resource = resource ? resource : &resource_of(EntryKind::kPost),
                     .label = "",
                     .path = path,
                     .before = before,
                     .after = *after});
  draft.add(path, {std::move(before), std::move(*after), actions.size() - 1});
  return std::optional<Refusal>();
}

}  // namespace

std::vector<Term> shown_terms_of(const site::Site& site, TermKind kind) {
  std::vector<Term> terms;
  for (const std::string& name : site.group_names(plural_of(kind))) {
    std::size_t count = site.list(std::string(plural_of(kind)) + "." + name).size();
    terms.push_back({.name = name, .posts = count, .shown = count});
  }
  std::sort(
      terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.name < b.name; });
  return terms;
}

Result<PlanOutcome> prepare_rename(const Ground& ground, const RenameRequest& request) {
  if (auto fault = fault_of(request)) return PlanOutcome(std::move(*fault));
  std::vector<std::string> paths = paths_with(ground.site, request);
  if (paths.size() > kPostsRenamedMax) {
    return PlanOutcome(
        refused_field("/from",
                      std::to_string(paths.size()) + " posts have it, and one commit takes " +
                          std::to_string(kPostsRenamedMax) + " files; do it with git"));
  }
  Draft draft(ground);
  Renaming renaming(request);
  std::vector<PlannedAction> actions;
  for (const std::string& path : paths) {
    auto refusal = TRY(rename_in(draft, renaming, TRY(RepoPath::parse(path)), actions));
    if (refusal) return PlanOutcome(std::move(*refusal));
  }
  if (actions.empty()) {
    return PlanOutcome(refused(
        paths.empty() ? Kind::kNotFound : Kind::kConflict,
        paths.empty()
            ? "no post has the " + std::string(singular_of(request.kind)) + " " +
                  quoted_names(request.from)
            : "posts have it by their folders or by the configuration alone; move them instead"));
  }
  Plan plan = draft.finish({});
  plan.actions = std::move(actions);
  Time when = ground.site.config().zone().at(ground.now.seconds);
  plan.change_set.author = {request.author_name, request.author_email, when};
  plan.change_set.message =
      request.message.empty() ? message_of(request, plan.actions.size()) : request.message;
  plan.change_set.trailers = request.trailers;
  return PlanOutcome(std::move(plan));
}

}  // namespace stet::change
