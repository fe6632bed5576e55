#include "cms/render/markdown_options.h"

#include <algorithm>

#include "cms/site/site.h"

namespace stet::render {
namespace {

using liquid::Type;
using liquid::Value;

void read_flag(const liquid::Hash& hash, std::string_view key, bool& flag) {
  const Value* value = hash.find(key);
  if (value && !value->is_nil()) flag = value->is_truthy();
}

// "1..3", or a list of levels.
void read_levels(const Value& value, markdown::Options& options) {
  if (value.is_string()) {
    std::string_view text = value.as_string();
    if (text.size() == 4 && text.substr(1, 2) == "..") {
      options.toc_levels_min = text[0] - '0';
      options.toc_levels_max = text[3] - '0';
    }
    return;
  }
  if (value.type() != Type::kArray || value.as_array().items.empty()) return;
  int least = 6, most = 1;
  for (const Value& item : value.as_array().items) {
    if (item.type() != Type::kInteger) continue;
    least = std::min(least, static_cast<int>(item.as_integer()));
    most = std::max(most, static_cast<int>(item.as_integer()));
  }
  options.toc_levels_min = least;
  options.toc_levels_max = most;
}

}  // namespace

markdown::Options read_markdown_options(site::View& view) {
  markdown::Options options;
  const site::Tree& config = view.site().config().tree();
  Value engine = config.get("markdown", view);
  options.is_kramdown = !engine.is_string() || !engine.as_string().starts_with("CommonMark");
  Value kramdown = config.get("kramdown", view);
  Value highlighter = config.get("highlighter", view);
  options.has_highlighter = highlighter.is_string() && highlighter.as_string() != "none";
  if (kramdown.type() != Type::kDrop) return options;
  const auto& tree = static_cast<const site::Tree&>(kramdown.as_drop());
  view.recorder().add(tree.key_of_all());
  const liquid::Hash& settings = tree.hash();
  const Value* input = settings.find("input");
  if (input && input->is_string()) options.is_gfm_input = input->as_string() == "GFM";
  read_flag(settings, "auto_ids", options.auto_ids);
  read_flag(settings, "hard_wrap", options.hard_wrap);
  const Value* prefix = settings.find("auto_id_prefix");
  if (prefix && prefix->is_string()) options.auto_id_prefix = prefix->as_string();
  if (const Value* levels = settings.find("toc_levels")) read_levels(*levels, options);
  return options;
}

}  // namespace stet::render
