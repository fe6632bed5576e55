#include "cms/site/memberships.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "cms/site/document_url.h"
#include "cms/site/post_name.h"
#include "cms/site/schedule_lists.h"

namespace stet::site {
namespace {

using liquid::Value;

void add_post_lists(const DocumentFacts& facts, std::vector<std::string>& names) {
  std::set<std::string> own;
  if (auto name = parse_post_name(facts.path.substr(facts.path.rfind('/') + 1))) {
    own.insert(list_of_post_name(*name));
  }
  const Value* slug = facts.fields->find("slug");
  if (slug && slug->is_string() && facts.has_date) {
    own.insert(list_of_post_name({civil_of(facts.date).date, std::string(slug->as_string()), ""}));
  }
  names.insert(names.end(), own.begin(), own.end());
  for (const std::string& tag : facts.tags) names.push_back("tags." + tag);
  for (const std::string& category : facts.categories) names.push_back("categories." + category);
}

}  // namespace

std::vector<std::string> lists_of(const DocumentFacts& facts) {
  std::vector<std::string> names;
  bool is_listed_page = facts.kind == DocumentKind::kGenerated && facts.key.primary > 0;
  if (facts.kind == DocumentKind::kPage || is_listed_page) {
    names.emplace_back("pages");
    if (is_html_extension(facts.output_extension) || facts.url.ends_with('/')) {
      names.emplace_back("html_pages");
    }
  }
  bool is_archive = !facts.posts_list.empty() && facts.key.primary > 0;
  if (is_archive) names.emplace_back("archives");
  if (!facts.collection.empty()) names.push_back(list_of_collection(facts.collection));
  if (facts.collection == "schedule") {
    for (std::string& list : lists_of_session(*facts.fields)) names.push_back(std::move(list));
  }
  if (facts.kind == DocumentKind::kPost) add_post_lists(facts, names);
  return names;
}

std::string list_of_collection(std::string_view label) {
  constexpr std::string_view kOtherLists[] = {"archives", "html_pages", "pages", "static_files"};
  const bool is_taken =
      label.starts_with("schedule.") ||
      std::find(std::begin(kOtherLists), std::end(kOtherLists), label) != std::end(kOtherLists);
  return (is_taken ? "collection " : "") + std::string(label);
}

std::string_view rank_of(const DocumentFacts& facts) {
  switch (facts.kind) {
    case DocumentKind::kGenerated: return facts.key.primary > 0 ? "1" : "0";
    case DocumentKind::kPage: return "1";
    case DocumentKind::kCollection: return "3";
    case DocumentKind::kPost: return "4";
  }
  return "0";
}

}  // namespace stet::site
