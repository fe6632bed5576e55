// Parses a template's source into its tree; tags get it to read their bodies and markup.
//
// Errors: the first syntax error ends the parse, as it does Jekyll's build; fail() tells it, and
// every function afterwards gives up. Lax readings are warnings. Limits: blocks nest at most 100
// deep. Threads: one a parse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/markup.h"
#include "cms/liquid/syntax.h"
#include "cms/liquid/tokenizer.h"

namespace stet::liquid {

struct TagMarkup {
  std::string_view name = {};    // "" where the source ends
  std::string_view markup = {};  // what stands after the name
  std::uint32_t offset = 0;
};

struct ParsedTag {
  const Tag* tag = nullptr;  // null: there is nothing to render
  bool is_blank = false;     // does not keep a block around it from being blank
  bool is_block = false;     // has a body: where that is blank, nothing is printed
};

class Parser {
 public:
  Parser(Syntax& syntax, Problems& problems);

  void run();

  // Reads nodes up to a tag that is not in the registry (`else`, `endif`), and returns that tag;
  // none where the parse has failed.
  std::optional<TagMarkup> body(Block& block);
  // The whole body of `opener`, up to its end tag.
  std::optional<Block> body_of(const TagMarkup& opener);
  // True if `end` is the end tag of `opener`; else fails with what is wrong with it there.
  bool closes(const TagMarkup& end, const TagMarkup& opener);
  // The nodes of lines that each are a tag's markup.
  std::optional<Block> lines(std::string_view markup, const TagMarkup& opener);
  // A template inside a tag's markup.
  std::optional<Block> fragment(std::string_view source);
  std::optional<std::string_view> next_token() { return tokens_.next(); }
  // True if `token` is the tag of that name; then the text after it is trimmed as the tag says.
  bool takes_end(std::string_view token, std::string_view name);
  const Tokenizer& tokens() const { return tokens_; }
  void rewind(const Tokenizer& tokens) { tokens_ = tokens; }

  Expression expression(std::string_view markup) { return parse_expression(markup, arena()); }
  const Output* output(std::string_view markup, std::uint32_t offset);
  std::optional<Condition> condition(std::string_view markup, std::uint32_t offset);

  Arena& arena() { return syntax_.arena; }
  std::string_view source() const { return syntax_.source; }
  const std::string& path() const { return syntax_.path; }
  std::uint32_t offset_of(std::string_view part) const;
  void warn(std::uint32_t offset, std::string message);
  std::nullopt_t fail(std::uint32_t offset, std::string message);
  std::nullopt_t fail(const TagMarkup& tag, std::string message) {
    return fail(tag.offset, std::move(message));
  }
  bool failed() const { return syntax_.error.has_value(); }

 private:
  struct Building {
    std::vector<Node> nodes;
    bool is_blank = true;
    bool ends_with_text = false;
  };

  std::optional<TagMarkup> nodes_until_unknown(Building& building);
  void trim_around(std::string_view token, Building& building);
  void add_text(std::string_view token, Building& building);
  void add_output(std::string_view token, Building& building);
  std::optional<TagMarkup> tag_markup(std::string_view token);
  bool add_tag(const TagMarkup& tag, Building& building);
  Block finish(Building&& building);

  Syntax& syntax_;
  Problems& problems_;
  Tokenizer tokens_;
  std::uint32_t token_offset_ = 0;
  int depth_ = 0;
  bool trims_next_text_ = false;
};

}  // namespace stet::liquid
