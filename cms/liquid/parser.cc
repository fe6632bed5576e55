#include "cms/liquid/parser.h"

#include <algorithm>

#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr int kDepthMax = 100;
constexpr std::size_t kWarningsMax = 100;
constexpr std::size_t kQuotedBytesMax = 200;

std::string quoted(std::string_view text) { return "'" + printable(text, kQuotedBytesMax) + "'"; }

std::string unknown_tag(std::string_view name) {
  return "Unknown tag " + quoted(name) +
         "; mend its name, or put {% raw %} and {% endraw %} around what is not meant as Liquid";
}

}  // namespace

Parser::Parser(Syntax& syntax, Problems& problems)
    : syntax_(syntax), problems_(problems), tokens_(syntax.source) {}

void Parser::run() {
  Block root;
  const std::optional<TagMarkup> end = body(root);
  if (!end) return;
  if (end->name.empty()) {
    syntax_.root = root;
  } else if (end->name == "else" || end->name == "end") {
    fail(*end, "Unexpected outer " + quoted(end->name) + " tag");
  } else {
    fail(*end, unknown_tag(end->name));
  }
}

std::optional<TagMarkup> Parser::body(Block& block) {
  if (depth_ > kDepthMax) return fail(token_offset_, "Nesting too deep");
  ++depth_;
  Building building;
  std::optional<TagMarkup> end = nodes_until_unknown(building);
  --depth_;
  if (end) block = finish(std::move(building));
  return end;
}

std::optional<TagMarkup> Parser::nodes_until_unknown(Building& building) {
  while (!failed()) {
    const auto token = tokens_.next();
    if (!token) return TagMarkup{.offset = static_cast<std::uint32_t>(source().size())};
    token_offset_ = offset_of(*token);
    if (!tokens_.by_lines()) {
      if (token->starts_with("{{")) {
        trim_around(*token, building);
        add_output(*token, building);
        continue;
      }
      if (!token->starts_with("{%")) {
        add_text(*token, building);
        continue;
      }
      trim_around(*token, building);
    } else if (is_blank_text(*token)) {
      continue;
    }
    const auto tag = tag_markup(*token);
    if (!tag) return std::nullopt;
    if (!add_tag(*tag, building) && !failed()) return tag;
  }
  return std::nullopt;
}

void Parser::trim_around(std::string_view token, Building& building) {
  if (token.size() > 2 && token[2] == '-' && building.ends_with_text) {
    std::string_view& text = building.nodes.back().text;
    while (!text.empty() && (is_space(text.back()) || text.back() == '\0')) text.remove_suffix(1);
  }
  trims_next_text_ = token.size() > 2 && token[token.size() - 3] == '-';
}

void Parser::add_text(std::string_view token, Building& building) {
  const std::uint32_t offset = token_offset_;
  while (trims_next_text_ && !token.empty() && is_space(token.front())) token.remove_prefix(1);
  trims_next_text_ = false;
  building.is_blank = building.is_blank && is_blank_text(token);
  building.ends_with_text = true;
  building.nodes.push_back({.kind = Node::Kind::kText, .offset = offset, .text = token});
}

void Parser::add_output(std::string_view token, Building& building) {
  if (!token.ends_with("}}") || token.size() < 4) {
    fail(token_offset_,
         "Variable " + quoted(token) +
             " was not properly terminated with regexp: /\\}\\}/; end it with }}");
    return;
  }
  std::string_view markup = token.substr(2, token.size() - 4);
  if (markup.starts_with('-')) markup.remove_prefix(1);
  if (markup.ends_with('-')) markup.remove_suffix(1);
  building.is_blank = false;
  building.ends_with_text = false;
  building.nodes.push_back({.kind = Node::Kind::kOutput,
                            .offset = token_offset_,
                            .output = output(markup, token_offset_)});
}

std::optional<TagMarkup> Parser::tag_markup(std::string_view token) {
  std::string_view inside = token;
  bool is_terminated = true;
  if (!tokens_.by_lines()) {
    is_terminated = token.ends_with("%}") && token.size() >= 4;
    inside = is_terminated ? token.substr(2, token.size() - 4) : std::string_view();
    if (inside.starts_with('-')) inside.remove_prefix(1);
    if (inside.ends_with('-')) inside.remove_suffix(1);
  }
  const std::size_t begin = skip_spaces(inside, 0);
  std::size_t end = skip_word(inside, begin);
  if (end == begin && end < inside.size() && inside[end] == '#') ++end;
  if (!is_terminated || end == begin) {
    return fail(token_offset_,
                "Tag " + quoted(token) +
                    " was not properly terminated with regexp: /\\%\\}/; a tag is {% "
                    "name ... %}");
  }
  return TagMarkup{.name = inside.substr(begin, end - begin),
                   .markup = inside.substr(skip_spaces(inside, end)),
                   .offset = token_offset_};
}

bool Parser::takes_end(std::string_view token, std::string_view name) {
  bool trims = false;
  if (!tokens_.by_lines()) {
    const std::size_t open = token.rfind("{%");
    if (open == kNone || !token.ends_with("%}")) return false;
    token = token.substr(open + 2, token.size() - open - 4);
    trims = token.ends_with('-');
    if (token.starts_with('-')) token.remove_prefix(1);
    if (token.ends_with('-')) token.remove_suffix(1);
  }
  if (trim(token) != name) return false;
  trims_next_text_ = trims;
  return true;
}

// False where the registry has no such tag, or the parse has failed.
bool Parser::add_tag(const TagMarkup& tag, Building& building) {
  const TagEntry* entry = find_tag(tag.name);
  if (!entry) return false;
  const std::optional<ParsedTag> parsed = entry->parse(*this, tag);
  if (!parsed) return false;
  building.is_blank = building.is_blank && parsed->is_blank;
  building.ends_with_text = false;
  if (!parsed->tag) return true;
  building.nodes.push_back({.kind = Node::Kind::kTag,
                            .is_blank_block = parsed->is_block && parsed->is_blank,
                            .offset = tag.offset,
                            .tag = parsed->tag});
  return true;
}

Block Parser::finish(Building&& building) {
  std::erase_if(building.nodes, [](const Node& node) {
    return node.kind == Node::Kind::kText && node.text.empty();
  });
  return {arena().keep(std::move(building.nodes)), building.is_blank};
}

std::optional<Block> Parser::body_of(const TagMarkup& opener) {
  Block block;
  const auto end = body(block);
  if (!end || !closes(*end, opener)) return std::nullopt;
  return block;
}

bool Parser::closes(const TagMarkup& end, const TagMarkup& opener) {
  if (end.name.empty()) {
    fail(opener,
         quoted(opener.name) + " tag was never closed; put {% end" + std::string(opener.name) +
             " %} where it ends");
  } else if (end.name.starts_with("end") && end.name.substr(3) == opener.name) {
    return true;
  } else if (end.name == "else") {
    fail(end, std::string(opener.name) + " tag does not expect 'else' tag");
  } else if (end.name.starts_with("end")) {
    fail(end,
         quoted(end.name) + " is not a valid delimiter for " + std::string(opener.name) +
             " tags. use end" + std::string(opener.name));
  } else {
    fail(end, unknown_tag(end.name));
  }
  return false;
}

std::optional<Block> Parser::lines(std::string_view markup, const TagMarkup& opener) {
  const Tokenizer outer = std::exchange(tokens_, Tokenizer(markup, true));
  Block block;
  const auto end = body(block);
  tokens_ = outer;
  token_offset_ = opener.offset;
  if (!end) return std::nullopt;
  if (!end->name.empty()) return fail(*end, unknown_tag(end->name));
  return block;
}

std::optional<Block> Parser::fragment(std::string_view part) {
  const Tokenizer outer = std::exchange(tokens_, Tokenizer(part));
  const bool trims = std::exchange(trims_next_text_, false);
  const std::uint32_t offset = token_offset_;
  Block block;
  const auto end = body(block);
  tokens_ = outer;
  trims_next_text_ = trims;
  token_offset_ = offset;
  if (!end) return std::nullopt;
  if (!end->name.empty()) return fail(*end, unknown_tag(end->name));
  return block;
}

const Output* Parser::output(std::string_view markup, std::uint32_t offset) {
  std::string warning;
  Output parsed = parse_output(markup, arena(), warning);
  parsed.offset = offset;
  if (!warning.empty())
    warn(offset, warning + " in \"{{" + printable(markup, kQuotedBytesMax) + "}}\"");
  return arena().make<Output>(std::move(parsed));
}

std::optional<Condition> Parser::condition(std::string_view markup, std::uint32_t offset) {
  std::string warning;
  Result<Condition> parsed = parse_condition(markup, arena(), warning);
  if (!warning.empty()) {
    warn(offset, warning + " in \"" + printable(trim(markup), kQuotedBytesMax) + "\"");
  }
  if (!parsed) return fail(offset, std::move(parsed).error().message);
  return *parsed;
}

std::uint32_t Parser::offset_of(std::string_view part) const {
  return static_cast<std::uint32_t>(part.data() - syntax_.source.data());
}

void Parser::warn(std::uint32_t offset, std::string message) {
  if (problems_.size() >= kWarningsMax) return;
  problems_.push_back(
      problem_at(syntax_, offset, Severity::kWarning, "Liquid Warning: " + std::move(message)));
}

std::nullopt_t Parser::fail(std::uint32_t offset, std::string message) {
  if (!syntax_.error) {
    syntax_.error =
        problem_at(syntax_, offset, Severity::kError, "Liquid syntax error: " + std::move(message));
  }
  return std::nullopt;
}

}  // namespace stet::liquid
