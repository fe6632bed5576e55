#include "cms/generate/paginator.h"

#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/site/document_url.h"
#include "cms/site/file_name.h"
#include "cms/site/permalink.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"
#include "storage/base/path_text.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Host;
using liquid::Value;
using reads::Key;
using reads::Kind;
using site::View;

// Posts that are not `hidden: true`.
constexpr const char* kPosts = "posts.paginated";
// A document in no list and without output, whose fields are what all pages agree on.
constexpr const char* kState = "paginator#generated";
constexpr const char* kGroup = "pages";

// `paginate:`; none: no pages are asked for.
std::optional<std::size_t> per_page(const site::Config& config) {
  if (!config.has_plugin("jekyll-paginate")) return std::nullopt;
  std::int64_t number = liquid::to_i(config.get("paginate"));
  if (number <= 0) return std::nullopt;
  return static_cast<std::size_t>(number);
}

std::string subject_of(std::string_view template_subject, std::size_t page) {
  return std::string(template_subject) + "#page:" + std::to_string(page);
}

// "blog/page2/" of "/blog/page:num/", without slashes around it.
std::string path_of_page(const site::Config& config, std::size_t page) {
  std::string path = config.text("paginate_path");
  std::size_t at = path.find(":num");
  if (at != std::string::npos) path.replace(at, 4, std::to_string(page));
  if (!path.starts_with('/')) path.insert(0, "/");
  return path;
}

// True if `folder` holds the pages, or holds a folder that does.
bool leads_to(std::string_view folder, std::string_view pages) {
  if (folder.empty() || folder == pages) return true;
  return pages.starts_with(folder) && pages[folder.size()] == '/';
}

site::DocumentPtr find_template(const site::Site& site) {
  std::string path = path_of_page(site.config(), 2);
  std::string_view pages = std::string_view(path).substr(1);
  while (pages.ends_with('/')) pages.remove_suffix(1);
  pages = parent_folder(pages);
  const site::Items& items = site.list("pages");
  const site::Document* found = nullptr;
  for (std::size_t i = items.rank_of(site::ListKey{0, "index.html\n", false}); i < items.size();
       ++i) {
    const auto& page = static_cast<const site::Document&>(*items.at(i).second);
    if (page.key().primary != 0 || page.file_name() != "index.html") break;
    bool is_longer = !found || page.path().size() > found->path().size();
    if (is_longer && leads_to(parent_folder(page.facts().shown_path), pages)) found = &page;
  }
  return site::DocumentPtr(found);
}

class Paginator final : public site::Generator {
 public:
  Paginator(std::shared_ptr<const site::Config> config,
            std::size_t per_page,
            std::int64_t place,
            reads::Names& names)
      : config_(std::move(config)), per_page_(per_page), place_(place), names_(names) {}

  std::vector<std::string> lists_of(const site::Document& document) const override {
    if (document.facts().kind != site::DocumentKind::kPost) return {};
    if (document.field("hidden").is_truthy()) return {};
    return {kPosts};
  }

  std::set<std::string> groups_of(const site::Touched& touched, bool is_first) const override {
    bool is_touched = is_first || touched.lists.contains(kPosts) || touched.lists.contains("pages");
    return is_touched ? std::set<std::string>{kGroup} : std::set<std::string>{};
  }

  // The state first, then pages 2, 3 ...
  site::Group make(const std::string&,
                   const site::Site& site,
                   const site::Group& before) const override {
    site::DocumentPtr original = find_template(site);
    std::size_t pages = (site.list(kPosts).size() + per_page_ - 1) / per_page_;
    site::DocumentPtr state = state_of(original ? original->facts().subject : "", pages);
    bool is_same_state =
        before && site::differing_fields({*before->front(), site}, {*state, site}).empty();
    bool is_same_template =
        before && (before->size() == 1 || (original && is_copy(*before->back(), *original)));
    if (is_same_state && is_same_template) return before;
    auto group = std::make_shared<std::vector<site::DocumentPtr>>();
    group->push_back(is_same_state ? before->front() : state);
    for (std::size_t page = 2; original && page <= pages; ++page) {
      bool is_known = is_same_template && page <= before->size();
      group->push_back(is_known ? (*before)[page - 1] : copy_of(*original, page));
    }
    return group;
  }

 private:
  static bool is_copy(const site::Document& copy, const site::Document& original) {
    return copy.facts().file == original.facts().file &&
           copy.facts().fields.get() == original.facts().fields.get() &&
           copy.path() == original.path();
  }

  site::DocumentPtr state_of(const std::string& original, std::size_t pages) const {
    site::DocumentFacts facts;
    facts.kind = site::DocumentKind::kGenerated;
    facts.path = facts.shown_path = "paginator";
    facts.subject = kState;
    facts.is_written = false;
    facts.fields =
        liquid::Ref<Hash>(new Hash({{"template", Value(original)},
                                    {"total_pages", Value(static_cast<std::int64_t>(pages))},
                                    {"is_empty", Value(pages == 0)}}));
    auto file = std::make_shared<site::ParsedFile>();
    file->front_matter = facts.fields;
    facts.file = std::move(file);
    return site::DocumentPtr(new site::Document(std::move(facts), names_));
  }

  site::DocumentPtr copy_of(const site::Document& original, std::size_t page) const {
    site::DocumentFacts facts = original.facts();
    std::string path = path_of_page(*config_, page);
    facts.path = path.substr(1) + (path.ends_with('/') ? "" : "/") + "index.html";
    (void)site::set_url(facts, *config_);  // of pages it does not fail
    facts.path = original.path();
    facts.subject = subject_of(original.facts().subject, page);
    facts.paginator_page = page;
    std::string number = std::to_string(page);
    facts.key = site::generated_key(
        place_, std::string(8 - std::min<std::size_t>(8, number.size()), '0') + number);
    return site::DocumentPtr(new site::Document(std::move(facts), names_));
  }

  const std::shared_ptr<const site::Config> config_;
  const std::size_t per_page_;
  const std::int64_t place_;
  reads::Names& names_;
};

// The posts of one page: positions of the whole list.
class Window final : public liquid::List {
 public:
  Window(site::Items items, reads::NameId name, std::size_t begin, std::size_t count)
      : items_(std::move(items)), name_(name), begin_(begin), count_(count) {}

  // Were there one more or fewer, another would stand at one of these positions.
  std::size_t size(Host& host) const override {
    auto begin = static_cast<std::uint32_t>(begin_);
    site::view_of(host).recorder().add_span(
        {name_, begin, begin + static_cast<std::uint32_t>(count_)});
    return begin_ >= items_.size() ? 0 : std::min(count_, items_.size() - begin_);
  }
  Value at(std::size_t position, Host& host) const override {
    site::view_of(host).recorder().add_position(name_, begin_ + position);
    return Value(liquid::Ref<liquid::Drop>(items_.at(begin_ + position).second.get()));
  }
  bool has(std::size_t position, Host& host) const override {
    if (position >= count_) return false;
    site::view_of(host).recorder().add_position(name_, begin_ + position);
    return begin_ + position < items_.size();
  }

 private:
  const site::Items items_;
  const reads::NameId name_;
  const std::size_t begin_, count_;
};

constexpr std::string_view kKeys[] = {"page",
                                      "per_page",
                                      "posts",
                                      "total_posts",
                                      "total_pages",
                                      "previous_page",
                                      "previous_page_path",
                                      "next_page",
                                      "next_page_path"};

class PaginatorDrop final : public liquid::Drop {
 public:
  PaginatorDrop(std::string template_subject, std::size_t page, std::size_t per_page)
      : template_(std::move(template_subject)), page_(page), per_page_(per_page) {}

  Value get(std::string_view key, Host& host) const override {
    View& view = site::view_of(host);
    if (key == "page") return number(page_);
    if (key == "per_page") return number(per_page_);
    if (key == "posts") return posts(view);
    if (key == "total_posts") {
      view.recorder().add(Key(Kind::kLength, list_name(view)));
      return number(view.site().list(kPosts).size());
    }
    if (key == "total_pages") return total_pages(view);
    if (key == "previous_page") return page_ > 1 ? number(page_ - 1) : Value();
    if (key == "previous_page_path") return page_ > 1 ? path(page_ - 1, view) : Value();
    if (key == "next_page") return has_next(view) ? number(page_ + 1) : Value();
    if (key == "next_page_path") return has_next(view) ? path(page_ + 1, view) : Value();
    return {};
  }
  std::vector<std::string> keys(Host&) const override {
    return {std::begin(kKeys), std::end(kKeys)};
  }
  bool has_key(std::string_view key, Host&) const override {
    return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
  }
  bool is_hash() const override { return true; }

 private:
  static Value number(std::size_t n) { return Value(static_cast<std::int64_t>(n)); }
  static reads::NameId list_name(View& view) {
    return view.names().id_of(std::string("site.") + kPosts);
  }
  Value posts(View& view) const {
    return Value(liquid::Ref<liquid::List>(
        new Window(view.site().list(kPosts), list_name(view), (page_ - 1) * per_page_, per_page_)));
  }
  static Value total_pages(View& view) {
    view.recorder().add(
        Key(Kind::kField, view.names().id_of(kState), view.names().id_of("total_pages")));
    site::DocumentPtr state = view.site().find_document(kState);
    return state ? state->field("total_pages") : Value();
  }
  bool has_next(View& view) const {
    std::string next = subject_of(template_, page_ + 1);
    view.recorder().add(Key(Kind::kField, view.names().id_of(next), view.names().id_of("exists")));
    return static_cast<bool>(view.site().find_document(next));
  }
  Value path(std::size_t page, View& view) const {
    if (page > 1) {
      view.config("paginate_path");
      return Value(path_of_page(view.site().config(), page));
    }
    view.recorder().add(
        Key(Kind::kField, view.names().id_of(template_), view.names().id_of("url")));
    site::DocumentPtr original = view.site().find_document(template_);
    return original ? Value(original->facts().url) : Value();
  }

  const std::string template_;
  const std::size_t page_, per_page_;
};

}  // namespace

site::GeneratorPtr make_paginator(const std::shared_ptr<const site::Config>& config,
                                  std::int64_t place,
                                  reads::Names& names) {
  auto count = per_page(*config);
  return count ? std::make_shared<Paginator>(config, *count, place, names) : nullptr;
}

Value paginator_of(const site::Document& current, View& view) {
  if (current.facts().kind != site::DocumentKind::kPage || current.file_name() != "index.html") {
    return {};
  }
  reads::NameId state_name = view.names().id_of(kState);
  auto read = [&](std::string_view field) {
    view.recorder().add(Key(Kind::kField, state_name, view.names().id_of(field)));
  };
  read("exists");
  site::DocumentPtr state = view.site().find_document(kState);
  if (!state) return {};
  read("template");
  read("is_empty");
  view.config("paginate");
  std::string original(state->field("template").as_string());
  std::size_t page = std::max<std::size_t>(1, current.facts().paginator_page);
  bool is_own = page > 1 || current.facts().subject == original;
  if (!is_own || state->field("is_empty").is_truthy()) return {};
  auto count = per_page(view.site().config());
  return Value(liquid::Ref<liquid::Drop>(new PaginatorDrop(original, page, count.value_or(1))));
}

}  // namespace stet::generate
