#include "cms/generate/redirects.h"

#include <algorithm>
#include <cstdio>

#include "cms/liquid/convert.h"
#include "cms/liquid/member.h"
#include "cms/site/config_reads.h"
#include "cms/site/derive.h"
#include "cms/site/memberships.h"
#include "cms/site/redirect.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"
#include "cms/site/site_drop.h"

namespace stet::generate {

// Title and text are the plugin's, in its markup.
const char* const kRedirectLayout =
    R"({% assign target = page.redirect.to %}<!DOCTYPE html>)"
    "\n<html lang=\"en-US\">\n"
    R"(  <meta charset="utf-8">)"
    "\n  <title>Redirecting&hellip;</title>\n"
    R"(  <link rel="canonical" href="{{ target }}">)"
    "\n"
    R"(  <script>location="{{ target }}"</script>)"
    "\n"
    R"(  <meta http-equiv="refresh" content="0; url={{ target }}">)"
    "\n"
    R"(  <meta name="robots" content="noindex">)"
    "\n  <h1>Redirecting&hellip;</h1>\n"
    R"(  <a href="{{ target }}">Click here if you are not redirected.</a>)"
    "\n</html>\n";

namespace {

using liquid::Hash;
using liquid::Value;

bool has_redirects(const site::Document& document) {
  const site::DocumentFacts& facts = document.facts();
  if (facts.kind == site::DocumentKind::kGenerated || facts.paginator_page > 0) return false;
  return facts.is_written &&
         (facts.fields->find("redirect_from") || facts.fields->find("redirect_to"));
}

std::string list_of(std::string_view collection) {
  return "redirects." + (collection.empty() ? "pages" : site::list_of_collection(collection));
}

class Redirects final : public site::Generator {
 public:
  Redirects(std::shared_ptr<const site::Config> config, std::int64_t place, reads::Names& names)
      : config_(std::move(config)), place_(place), names_(names) {}

  std::vector<std::string> lists_of(const site::Document& document) const override {
    if (!has_redirects(document)) return {};
    return {list_of(document.facts().collection)};
  }

  std::set<std::string> groups_of(const site::Touched& touched, bool) const override {
    std::set<std::string> groups;
    for (const auto& [subject, pair] : touched.documents) {
      bool is_one = (pair.before && has_redirects(*pair.before)) ||
                    (pair.after && has_redirects(*pair.after));
      if (is_one) groups.insert(subject);
    }
    return groups;
  }

  site::Group make(const std::string& subject,
                   const site::Site& site,
                   const site::Group&) const override {
    site::DocumentPtr target = site.find_document(subject);
    if (!target || !has_redirects(*target)) return nullptr;
    auto pages = std::make_shared<std::vector<site::DocumentPtr>>();
    for (const std::string& from : site::redirects_from(target->facts())) {
      if (auto page = page_of(*target, from, pages->size())) pages->push_back(page);
    }
    return pages->empty() ? nullptr : pages;
  }

 private:
  site::DocumentPtr page_of(const site::Document& target,
                            const std::string& from,
                            std::size_t number) const {
    auto file = std::make_shared<site::ParsedFile>();
    file->has_front_matter = true;
    file->front_matter = site::redirect_fields(from, target.facts().url, *config_);
    site::Derived derived = site::derive_document(
        "redirect.html", {site::Role::kSite, ""}, std::move(file), *config_, names_);
    if (!derived.document) return {};
    site::DocumentFacts facts = derived.document->facts();
    facts.kind = site::DocumentKind::kGenerated;
    facts.path = target.path();
    facts.subject = target.facts().subject + "#redirect:" + from;
    facts.key = site::generated_key(place_, order_of(target, number));
    return site::DocumentPtr(new site::Document(std::move(facts), names_));
  }

  // Those of collections in their order, then those of pages.
  std::string order_of(const site::Document& target, std::size_t number) const {
    const auto& collections = config_->collections();
    std::size_t place = 0;
    while (place < collections.size() && collections[place].label != target.facts().collection) {
      ++place;
    }
    auto ascending = static_cast<std::uint64_t>(target.key().primary) ^ (std::uint64_t{1} << 63);
    char text[64];
    std::snprintf(
        text, sizeof text, "%04zu %016llx ", place, static_cast<unsigned long long>(ascending));
    std::string order = text + target.key().text;
    std::snprintf(text, sizeof text, "\n%06zu", number);
    return order + text;
  }

  const std::shared_ptr<const site::Config> config_;
  const std::int64_t place_;
  reads::Names& names_;
};

void add_redirects(const site::Document& document,
                   site::View& view,
                   std::vector<Hash::Entry>& all) {
  const site::Config& config = view.site().config();
  for (std::string_view field : {"redirect_from", "redirect_to", "url"}) document.get(field, view);
  for (const std::string& from : site::redirects_from(document.facts())) {
    all.emplace_back(from, Value(site::redirect_url(document.facts().url, config)));
  }
  if (auto target = site::redirect_to(document.facts())) {
    all.emplace_back(document.facts().url, Value(site::redirect_url(*target, config)));
  }
}

}  // namespace

site::GeneratorPtr make_redirects(const std::shared_ptr<const site::Config>& config,
                                  std::int64_t place,
                                  reads::Names& names) {
  return std::make_shared<Redirects>(config, place, names);
}

Value redirects_value(site::View& view) {
  std::vector<Hash::Entry> all;
  for (std::string_view key : {"url", "baseurl"}) view.config(key);
  std::vector<std::string> labels;
  for (const auto& collection : site::collections_of(view)) {
    labels.push_back(collection.label);
  }
  labels.emplace_back();  // pages
  for (const std::string& label : labels) {
    std::vector<Value> items = liquid::items_of(site::list_value(list_of(label), view), view);
    if (label == "posts") std::reverse(items.begin(), items.end());
    for (const Value& item : items) {
      add_redirects(static_cast<const site::Document&>(item.as_drop()), view, all);
    }
  }
  return liquid::make_hash(std::move(all));
}

site::DocumentPtr redirects_json(const site::Config& config,
                                 std::int64_t place,
                                 reads::Names& names) {
  Value settings = config.get("redirect_from");
  const Value* json = liquid::find_member(settings, "json");
  if (json && json->type() == liquid::Type::kBool && !json->as_bool()) return {};
  liquid::Ref<Hash> fields(new Hash({{"layout", Value()}}));
  return site::generated_document({"redirects.json",
                                   "/redirects.json",
                                   "",
                                   "{{ page.redirects | jsonify }}",
                                   std::move(fields),
                                   place},
                                  config,
                                  names);
}

}  // namespace stet::generate
