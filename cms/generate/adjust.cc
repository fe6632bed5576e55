#include "cms/generate/adjust.h"

#include "cms/generate/inferred_title.h"
#include "cms/site/generator.h"
#include "cms/site/redirect.h"
#include "cms/site/site_changes.h"

namespace stet::generate {
namespace {

// The first of these that the site has.
void offer_layouts(site::DocumentFacts& facts) {
  bool is_page = facts.kind == site::DocumentKind::kPage;
  if (!is_page && facts.kind != site::DocumentKind::kPost) return;
  if (!facts.is_markdown || facts.fields->find("layout")) return;
  if (facts.url == "/") facts.layout_choices.emplace_back("home");
  facts.layout_choices.emplace_back(is_page ? "page" : "post");
  facts.layout_choices.emplace_back("default");
}

// Pages without front matter come after those with it.
constexpr std::int64_t kPlaceOfPlainPages = 1;

class Adjuster final : public site::Generator {
 public:
  explicit Adjuster(std::shared_ptr<const site::Config> config) : config_(std::move(config)) {}

  Status adjust(site::DocumentFacts& facts, const ReadBody& read_body) const override {
    return generate::adjust(facts, *config_, read_body);
  }
  std::set<std::string> groups_of(const site::Touched&, bool) const override { return {}; }
  site::Group make(const std::string&, const site::Site&, const site::Group&) const override {
    return nullptr;
  }

 private:
  const std::shared_ptr<const site::Config> config_;
};

}  // namespace

site::GeneratorPtr make_adjuster(const std::shared_ptr<const site::Config>& config) {
  for (const char* plugin : {"jekyll-default-layout",
                             "jekyll-optional-front-matter",
                             "jekyll-redirect-from",
                             "jekyll-titles-from-headings"}) {
    if (config->has_plugin(plugin)) return std::make_shared<Adjuster>(config);
  }
  return nullptr;
}

Status adjust(site::DocumentFacts& facts,
              const site::Config& config,
              const site::Generator::ReadBody& read_body) {
  if (facts.kind == site::DocumentKind::kPage && !facts.file->has_front_matter) {
    facts.key = site::generated_key(kPlaceOfPlainPages, facts.key.text);
  }
  if (config.has_plugin("jekyll-redirect-from")) site::apply_redirect(facts, config);
  TRY(infer_title(facts, config, read_body));
  if (config.has_plugin("jekyll-default-layout")) offer_layouts(facts);
  return {};
}

}  // namespace stet::generate
