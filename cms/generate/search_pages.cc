#include "cms/generate/search_pages.h"

#include "cms/site/derive.h"
#include "cms/site/own_search.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Value;

constexpr std::string_view kMonths = "search.month.";  // lists of posts
constexpr std::string_view kIndexPath = "search.json";

// t: title, u: address, d: day, g: tags, x: what it begins with (as HTML has it, with entities).
constexpr const char* kPosts =
    R"([{% for post in page.posts %}{% unless post.search == false %}{% if has_one %},{% endif %})"
    R"({% assign has_one = true %})"
    R"({"t":{{ post.title | jsonify }},"u":{{ post.url | relative_url | jsonify }},)"
    R"("d":"{{ post.date | date: "%Y-%m-%d" }}","g":{{ post.tags | jsonify }},)"
    R"("x":{{ post.description | default: post.excerpt | strip_html | normalize_whitespace | )"
    R"(truncatewords: WORDS, "…" | jsonify }}}{% endunless %}
{% endfor %}]
)";

constexpr const char* kOthers =
    R"([{% for item in site.html_pages limit: PAGES %})"
    R"({% if item.title and item.search != false %})"
    R"({% if item.name != "404.html" and item.name != "404.md" %})"
    R"({% if has_one %},{% endif %}{% assign has_one = true %})"
    R"({"t":{{ item.title | jsonify }},"u":{{ item.url | relative_url | jsonify }},)"
    R"("x":{{ item.description | strip_html | normalize_whitespace | truncatewords: WORDS, "…" | )"
    R"(jsonify }}}
{% endif %}{% endif %}{% endfor %}{% for group in site.collections %})"
    R"({% if group.output and group.label != "posts" %}{% for item in group.docs limit: PAGES %})"
    R"({% unless item.search == false %}{% if has_one %},{% endif %}{% assign has_one = true %})"
    R"({"t":{{ item.title | jsonify }},"u":{{ item.url | relative_url | jsonify }},)"
    R"("g":{{ item.tags | jsonify }},"x":{{ item.description | strip_html | )"
    R"(normalize_whitespace | truncatewords: WORDS, "…" | jsonify }}}
{% endunless %}{% endfor %}{% endif %}{% endfor %}]
)";

constexpr const char* kIndex =
    R"({"pages":{{ "/search/pages.json" | relative_url | jsonify }},)"
    R"("months":[{% for month in page.months %}{% unless forloop.first %},{% endunless %})"
    R"({{ "/search/" | append: month | append: ".json" | relative_url | jsonify }}{% endfor %}]}
)";

// The server writes what it finds where the comment stands, and what was asked into the field.
constexpr const char* kPage =
    R"(<form class="search" role="search" action="{{ "/search/" | relative_url }}">
<input type="search" id="search-field" name="q" value="" aria-label="Search this site" )"
    R"(maxlength="200" dir="auto" autocomplete="off">
<button>Search</button>
</form>
<div id="search-found" data-index="{{ "/search.json" | relative_url }}">
<!--stet:search--></div>
)";

std::string filled(std::string text) {
  auto put = [&](std::string_view name, int number) {
    for (std::size_t at; (at = text.find(name)) != std::string::npos;) {
      text.replace(at, name.size(), std::to_string(number));
    }
  };
  put("WORDS", kWordsShown);
  put("PAGES", kOtherPagesMax);
  return text;
}

std::string month_of(const Time& time) {
  Date date = civil_of(time).date;
  std::string year = std::to_string(date.year);
  return std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year +
         (date.month < 10 ? "-0" : "-") + std::to_string(date.month);
}

class SearchPages final : public site::Generator {
 public:
  SearchPages(std::shared_ptr<const site::Config> config, reads::Names& names)
      : config_(std::move(config)), names_(names) {}

  std::vector<std::string> lists_of(const site::Document& document) const override {
    const site::DocumentFacts& facts = document.facts();
    if (facts.kind != site::DocumentKind::kPost || !facts.has_date) return {};
    return {std::string(kMonths) + month_of(facts.date)};
  }

  std::set<std::string> groups_of(const site::Touched& touched, bool is_first) const override {
    std::set<std::string> groups;
    auto it = touched.lists.lower_bound(std::string(kMonths));
    for (; it != touched.lists.end() && it->first.starts_with(kMonths); ++it) {
      groups.insert(it->first);
    }
    if (is_first || !groups.empty()) groups.emplace(kIndexPath);
    return groups;
  }

  site::Group make(const std::string& group,
                   const site::Site& site,
                   const site::Group& before) const override {
    if (group == kIndexPath) return make_index(site, before);
    if (site.list(group).empty()) return nullptr;
    if (before) return before;  // what it shows is looked at when it is rendered
    std::string path = "search/" + group.substr(kMonths.size()) + ".json";
    site::DocumentPtr made =
        site::generated_document({path, "/" + path, "", filled(kPosts), {}}, *config_, names_);
    site::DocumentFacts facts = made->facts();
    facts.posts_list = group;
    return group_of(site::DocumentPtr(new site::Document(std::move(facts), names_)));
  }

 private:
  static site::Group group_of(site::DocumentPtr document) {
    return std::make_shared<std::vector<site::DocumentPtr>>(1, std::move(document));
  }

  // The newest month first.
  site::Group make_index(const site::Site& site, const site::Group& before) const {
    std::vector<Value> months;
    std::string all;
    const auto& lists = site.lists();
    for (std::size_t i = lists.rank_of(std::string(kMonths)); i < lists.size(); ++i) {
      const auto& [name, items] = lists.at(i);
      if (!name.starts_with(kMonths)) break;
      if (items.empty()) continue;
      months.insert(months.begin(), Value(name.substr(kMonths.size())));
      all += name;
    }
    if (before && before->front()->field("all").is_string() &&
        before->front()->field("all").as_string() == all) {
      return before;
    }
    liquid::Ref<Hash> fields(
        new Hash({{"months", liquid::make_array(std::move(months))}, {"all", Value(all)}}));
    std::string path(kIndexPath);
    return group_of(
        site::generated_document({path, "/" + path, "", kIndex, fields}, *config_, names_));
  }

  const std::shared_ptr<const site::Config> config_;
  reads::Names& names_;
};

}  // namespace

site::GeneratorPtr make_search_pages(const std::shared_ptr<const site::Config>& config,
                                     reads::Names& names) {
  if (!site::has_own_search(*config)) return nullptr;
  return std::make_shared<SearchPages>(config, names);
}

void add_search_documents(const site::Config& config,
                          reads::Names& names,
                          std::vector<site::DocumentPtr>& documents) {
  if (!site::has_own_search(config)) return;
  documents.push_back(site::generated_document(
      {"search/pages.json", "/search/pages.json", "", filled(kOthers), {}}, config, names));
  liquid::Ref<Hash> fields(new Hash({{"title", Value(std::string("Search"))},
                                     {"sitemap", Value(false)},
                                     {"search", Value(false)}}));
  site::DocumentPtr page =
      site::generated_document({"search/index.html", "/search/", "", kPage, fields}, config, names);
  site::DocumentFacts facts = page->facts();
  facts.layout_choices = {"search", "page", "default"};
  documents.push_back(site::DocumentPtr(new site::Document(std::move(facts), names)));
}

}  // namespace stet::generate
