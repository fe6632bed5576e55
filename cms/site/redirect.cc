#include "cms/site/redirect.h"

#include "cms/liquid/filters/site_url.h"
#include "cms/site/field_text.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Type;
using liquid::Value;

std::vector<std::string> texts_of(const DocumentFacts& facts, std::string_view key) {
  std::vector<std::string> texts;
  const Value* value = facts.fields->find(key);
  if (!value || value->is_nil()) return texts;
  if (value->type() != Type::kArray) {
    texts.push_back(field_text(*value));
    return texts;
  }
  for (const Value& item : value->as_array().items) {
    if (!item.is_nil()) texts.push_back(field_text(item));
  }
  return texts;
}

std::string with_slash(std::string path) {
  if (!path.starts_with('/')) path.insert(0, "/");
  return path;
}

}  // namespace

std::vector<std::string> redirects_from(const DocumentFacts& facts) {
  std::vector<std::string> paths = texts_of(facts, "redirect_from");
  for (std::string& path : paths) path = with_slash(std::move(path));
  return paths;
}

std::optional<std::string> redirect_to(const DocumentFacts& facts) {
  std::vector<std::string> targets = texts_of(facts, "redirect_to");
  return targets.empty() ? std::nullopt : std::optional(targets.front());
}

std::string redirect_url(const std::string& to, const Config& config) {
  if (to.starts_with("http://") || to.starts_with("https://")) return to;
  auto url = liquid::absolute_url(to, config.text("url"), config.text("baseurl"));
  return url ? *url : to;
}

Ref<Hash> redirect_fields(const std::string& from, const std::string& to, const Config& config) {
  std::string path = with_slash(from);
  Value redirect =
      liquid::make_hash({{"from", Value(path)}, {"to", Value(redirect_url(to, config))}});
  return Ref<Hash>(new Hash({{"sitemap", Value(false)},
                             {"layout", Value(std::string("redirect"))},
                             {"permalink", Value(path)},
                             {"redirect", redirect}}));
}

void apply_redirect(DocumentFacts& facts, const Config& config) {
  auto target = redirect_to(facts);
  if (!target) return;
  facts.fields = deep_merged(*facts.fields, *redirect_fields(facts.url, *target, config));
  facts.layout = "redirect";
  auto file = std::make_shared<ParsedFile>(*facts.file);
  file->body = Text();
  facts.file = std::move(file);
}

}  // namespace stet::site
