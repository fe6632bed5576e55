#include "cms/generate/generate.h"

#include "cms/generate/adjust.h"
#include "cms/generate/archives.h"
#include "cms/generate/feeds.h"
#include "cms/generate/paginator.h"
#include "cms/generate/readmes.h"
#include "cms/generate/redirects.h"
#include "cms/generate/schedule_exports.h"
#include "cms/generate/schedule_pages.h"
#include "cms/generate/search_pages.h"
#include "cms/generate/sitemap.h"
#include "cms/generate/standing.h"
#include "cms/site/derive.h"
#include "cms/site/site.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Value;

// Its contents are `page.schedule`, which cms/schedule gives to whoever asks; the layout shows
// them.
site::DocumentPtr schedule_page(const site::Config& config, reads::Names& names) {
  liquid::Ref<Hash> fields(new Hash(
      {{"layout", Value(std::string("schedule"))}, {"title", Value(std::string("Schedule"))}}));
  return site::generated_document(
      {"schedule/index.html", "/schedule/", "schedule", "", fields}, config, names);
}

// The places of what generators make among the pages: those that run early, then the late ones in
// the order of the plugins.
constexpr std::int64_t kArchives = 2, kRedirects = 3, kReadmes = 5, kLate = 10;

void add(site::Generators& generators, site::GeneratorPtr generator) {
  if (generator) generators.push_back(std::move(generator));
}

}  // namespace

site::Generated generated(const std::shared_ptr<const site::Config>& config,
                          bool has_schedule,
                          reads::Names& names) {
  site::Generated all;
  std::vector<site::DocumentPtr> standing;
  site::Generators& generators = all.generators;
  add(generators, make_adjuster(config));
  if (config->has_plugin("jekyll-archives")) {
    add(generators, make_archives(config, kArchives, names));
  }
  if (config->has_plugin("jekyll-redirect-from")) {
    add(generators, make_redirects(config, kRedirects, names));
    if (auto json = redirects_json(*config, kRedirects + 1, names)) standing.push_back(json);
  }
  if (config->has_plugin("jekyll-readme-index")) {
    add(generators, make_readmes(config, kReadmes, names));
  }
  std::int64_t place = kLate;
  for (const std::string& plugin : config->plugins()) {
    place += 10;
    if (plugin == "jekyll-paginate") add(generators, make_paginator(config, place, names));
    if (plugin == "jekyll-sitemap") add_sitemap(*config, has_schedule, place, names, standing);
    if (plugin != "jekyll-feed") continue;
    add_feeds(*config, place, names, standing);
    add(generators, make_tag_feeds(config, place, names));
  }
  if (!standing.empty()) add(generators, make_standing(standing));
  add(generators, make_search_pages(config, names));
  add_search_documents(*config, names, all.documents);
  if (has_schedule) {
    all.documents.push_back(schedule_page(*config, names));
    add_schedule_exports(*config, names, all.documents);
    add(generators, make_schedule_exports(config, names));
    add_schedule_pages(*config, names, all.documents);
    add(generators, make_schedule_pages(config, names));
  }
  return all;
}

Value derived_field(const site::Document& document, std::string_view key, site::View& view) {
  if (document.facts().kind != site::DocumentKind::kGenerated) return {};
  if (key == "redirects" && document.path() == "redirects.json") return redirects_value(view);
  if (key != "xsl" || !document.facts().fields->find("collection")) return {};
  constexpr std::string_view kStyle = "feed.xslt.xml";
  view.recorder().add(reads::Key(reads::Kind::kFile, view.names().id_of(kStyle)));
  return Value(view.site().blob_of(kStyle).has_value());
}

std::optional<std::string_view> layout_text(std::string_view name, const site::Config& config) {
  bool is_known = name == "redirect" && config.has_plugin("jekyll-redirect-from");
  return is_known ? std::optional<std::string_view>(kRedirectLayout) : std::nullopt;
}

}  // namespace stet::generate
