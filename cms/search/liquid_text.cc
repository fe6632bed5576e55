#include "cms/search/liquid_text.h"

namespace stet::search {
namespace {

constexpr auto kNone = std::string_view::npos;

// "comment" of "{%- comment -%}"; `inside` is what stands between the braces' marks.
std::string_view tag_name(std::string_view inside) {
  std::size_t begin = inside.find_first_not_of("- \t\r\n");
  if (begin == kNone) return "";
  std::size_t end = inside.find_first_of("- \t\r\n", begin);
  return inside.substr(begin, end == kNone ? kNone : end - begin);
}

// Finds what ends a block, from tag to tag. What was looked for once and is not there is not looked
// for again.
class Source {
 public:
  explicit Source(std::string_view text) : text_(text) {}

  // Behind "%}" or "}}"; npos where there is none.
  std::size_t close(std::size_t from, bool is_tag) {
    std::size_t& missing = is_tag ? no_tag_end_ : no_output_end_;
    if (from >= missing) return kNone;
    std::size_t found = text_.find(is_tag ? "%}" : "}}", from);
    if (found == kNone) missing = from;
    return found == kNone ? kNone : found + 2;
  }

  // The tag of that name from `from` on: where it begins and ends; npos where there is none.
  std::pair<std::size_t, std::size_t> find_tag(std::string_view name, std::size_t from) {
    std::size_t& missing = name == "endraw" ? no_endraw_ : no_endcomment_;
    for (std::size_t at = from; from < missing;) {
      std::size_t begin = text_.find("{%", at);
      at = begin == kNone ? kNone : close(begin + 2, true);
      if (at == kNone) break;
      if (tag_name(text_.substr(begin + 2, at - begin - 4)) == name) return {begin, at};
    }
    if (from < missing) missing = from;
    return {kNone, kNone};
  }

 private:
  std::string_view text_;
  std::size_t no_tag_end_ = kNone, no_output_end_ = kNone, no_endraw_ = kNone,
              no_endcomment_ = kNone;
};

}  // namespace

std::string without_liquid(std::string_view text) {
  std::string kept;
  Source source(text);
  std::size_t at = 0;
  for (;;) {
    std::size_t open = text.find('{', at);
    kept += text.substr(at, open == kNone ? kNone : open - at);
    if (open == kNone) return kept;
    char mark = open + 1 < text.size() ? text[open + 1] : '\0';
    bool is_tag = mark == '%';
    std::size_t end = is_tag || mark == '{' ? source.close(open + 2, is_tag) : kNone;
    if (end == kNone) {
      kept += '{';
      at = open + 1;
      continue;
    }
    kept += ' ';
    at = end;
    std::string_view name = is_tag ? tag_name(text.substr(open + 2, end - open - 4)) : "";
    if (name != "comment" && name != "raw") continue;
    auto [begin, behind] = source.find_tag(name == "raw" ? "endraw" : "endcomment", end);
    if (begin == kNone) continue;
    if (name == "raw") kept += text.substr(end, begin - end);
    at = behind;
  }
}

}  // namespace stet::search
