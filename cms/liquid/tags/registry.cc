#include "cms/liquid/tags/registry.h"

#include <algorithm>
#include <array>

#include "cms/liquid/parser.h"

namespace stet::liquid {
namespace {

constexpr std::array<TagEntry, 31> kTags = {{
    {"#", parse_inline_comment},
    {"assign", parse_assign},
    {"break", parse_break},
    {"capture", parse_capture},
    {"case", parse_case},
    {"comment", parse_comment},
    {"continue", parse_continue},
    {"cycle", parse_cycle},
    {"decrement", parse_decrement},
    {"doc", parse_doc},
    {"echo", parse_echo},
    {"feed_meta", parse_plugin_tag},
    {"for", parse_for},
    {"gist", parse_gist},
    {"highlight", parse_highlight},
    {"if", parse_if},
    {"ifchanged", parse_ifchanged},
    {"include", parse_include},
    {"include_cached", parse_include},  // its cache would change no byte
    {"include_relative", parse_include_relative},
    {"increment", parse_increment},
    {"last_modified_at", parse_plugin_tag},
    {"link", parse_link},
    {"liquid", parse_liquid},
    {"post_url", parse_post_url},
    {"raw", parse_raw},
    {"render", parse_render},
    {"responsive_image", parse_responsive_image},
    {"seo", parse_plugin_tag},
    {"tablerow", parse_tablerow},
    {"unless", parse_unless},
}};

}  // namespace

const TagEntry* find_tag(std::string_view name) {
  const auto found = std::find_if(
      kTags.begin(), kTags.end(), [&](const TagEntry& entry) { return entry.name == name; });
  return found == kTags.end() ? nullptr : &*found;
}

}  // namespace stet::liquid
