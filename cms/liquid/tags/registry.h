// The tags there are: Liquid 4's, Jekyll's, and those of Liquid 5 that Liquid 4 knows not.
//
// One tag a file; each file defines one function of this list. Threads: constant tables.
#pragma once

#include <optional>
#include <string_view>

namespace stet::liquid {

class Parser;
struct ParsedTag;
struct TagMarkup;

// Reads the markup and, where the tag has one, the body; none where that failed.
using TagParser = std::optional<ParsedTag> (*)(Parser& parser, const TagMarkup& tag);

struct TagEntry {
  std::string_view name;
  TagParser parse = nullptr;
};

const TagEntry* find_tag(std::string_view name);  // null where there is none

std::optional<ParsedTag> parse_assign(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_break(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_capture(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_case(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_comment(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_continue(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_cycle(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_decrement(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_doc(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_echo(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_for(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_gist(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_highlight(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_if(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_ifchanged(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_include(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_include_relative(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_increment(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_inline_comment(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_link(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_liquid(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_responsive_image(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_plugin_tag(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_post_url(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_raw(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_render(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_tablerow(Parser& parser, const TagMarkup& tag);
std::optional<ParsedTag> parse_unless(Parser& parser, const TagMarkup& tag);

}  // namespace stet::liquid
