#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Raw final : public Tag {
 public:
  explicit Raw(std::string_view text) : text_(text) {}
  void render(Renderer& renderer) const override { renderer.write(text_); }

 private:
  std::string_view text_;
};

// \A(.*)\{%\s*(\w+)\s*(.*)?%\}\z: what stands before the last tag of a token, and that tag's name
struct LastTag {
  std::string_view before;
  std::string_view name;
};

std::optional<LastTag> last_tag(std::string_view token, bool allows_dash) {
  if (!token.ends_with("%}")) return std::nullopt;
  const std::size_t inside_end = token.size() - 2;
  for (std::size_t at = token.rfind("{%"); at != kNone;
       at = at == 0 ? kNone : token.rfind("{%", at - 1)) {
    std::size_t begin = at + 2;
    if (allows_dash && begin < inside_end && token[begin] == '-') ++begin;
    begin = skip_spaces(token, begin);
    const std::size_t end = skip_word(token, begin);
    if (end > begin && end <= inside_end) {
      return LastTag{token.substr(0, at), token.substr(begin, end - begin)};
    }
  }
  return std::nullopt;
}

// The text up to {% endraw %}; none where there is no such tag.
std::optional<std::string> text_until_end(Parser& parser, bool allows_dash) {
  std::string text;
  while (const auto token = parser.next_token()) {
    if (const auto tag = last_tag(*token, allows_dash)) {
      text += tag->before;
      if (tag->name == "endraw") return text;
    }
    text += *token;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ParsedTag> parse_raw(Parser& parser, const TagMarkup& tag) {
  if (!is_blank_text(tag.markup)) {
    return parser.fail(tag, "Syntax Error in 'raw' - Valid syntax: raw");
  }
  const Tokenizer start = parser.tokens();
  std::optional<std::string> text = text_until_end(parser, false);
  if (!text) {
    // Liquid 4 aborts here; Liquid 5 also takes {%- endraw -%}.
    parser.rewind(start);
    text = text_until_end(parser, true);
  }
  if (!text) {
    parser.closes({}, tag);
    return std::nullopt;
  }
  const std::string_view kept = parser.arena().keep(std::string_view(*text));
  return ParsedTag{
      .tag = parser.arena().make<Raw>(kept), .is_blank = kept.empty(), .is_block = true};
}

}  // namespace stet::liquid
