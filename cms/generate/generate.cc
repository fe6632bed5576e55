#include "cms/generate/generate.h"

#include "cms/generate/feeds.h"
#include "cms/generate/sitemap.h"
#include "cms/site/derive.h"

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

}  // namespace

std::vector<site::DocumentPtr> generated(const site::Config& config,
                                         bool has_schedule,
                                         reads::Names& names) {
  std::vector<site::DocumentPtr> documents;
  if (config.has_plugin("jekyll-feed")) add_feeds(config, names, documents);
  if (config.has_plugin("jekyll-sitemap")) add_sitemap(config, has_schedule, names, documents);
  if (has_schedule) documents.push_back(schedule_page(config, names));
  return documents;
}

}  // namespace stet::generate
