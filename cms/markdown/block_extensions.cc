// `{: ...}` and its kin, on lines of their own.
#include <array>

#include "cms/markdown/block_reader.h"
#include "cms/markdown/kramdown_options.h"

namespace stet::markdown {
namespace {

struct Extension {
  std::string_view name;
  BlockSource::Slot stop;
};

constexpr std::array<Extension, 3> kExtensions = {{
    {"comment", BlockSource::kCommentStop},
    {"nomarkdown", BlockSource::kNoMarkdownStop},
    {"options", BlockSource::kOptionsStop},
}};

const Extension* find_extension(std::string_view name) {
  for (const Extension& extension : kExtensions) {
    if (extension.name == name) return &extension;
  }
  return nullptr;
}

// The line that ends an extension: `{:/}` or `{:/name}` alone.
struct Stop {
  std::size_t begin = kNowhere;
  std::size_t end = 0;
};

Stop find_stop(BlockSource& source, const Extension& extension, std::size_t from) {
  const std::string_view text = source.text();
  if (source.is_missing(extension.stop, from)) return {};
  for (std::size_t at = text.find("{:/", from); at != kNowhere; at = text.find("{:/", at + 3)) {
    std::size_t line = at;
    while (line > from && text[line - 1] == ' ') --line;
    if (at - line > kMarkerSpacesMax || (line > from && text[line - 1] != '\n')) continue;
    std::size_t close = at + 3;
    if (text.substr(close).starts_with(extension.name)) close += extension.name.size();
    if (close >= text.size() || text[close] != '}') continue;
    const std::size_t end = rest_of_line(text, close + 1);
    if (end != kNowhere) return {line, end};
  }
  source.note_missing(extension.stop, from);
  return {};
}

bool is_for_html(const AttributeList& options) {
  const std::string* types = options.attributes.find("type");
  return types == nullptr || trimmed(*types).empty() ||
         (" " + *types + " ").find(" html ") != kNowhere;
}

}  // namespace

bool BlockReader::extensions(std::size_t first_at) {
  if (!source_->text().substr(first_at).starts_with("{:")) return false;
  if (attribute_definition(first_at) || extension(first_at)) return true;
  const BracedLine found = source_->attribute_line(first_at, 0);
  if (!found) return false;
  attributes(found);
  return true;
}

// `{:name: ...}`
bool BlockReader::attribute_definition(std::size_t first_at) {
  const std::string_view text = source_->text();
  const std::size_t name_end = first_at + 2 + name_length(text.substr(first_at + 2));
  if (name_end == first_at + 2 || name_end >= text.size() || text[name_end] != ':') return false;
  const std::size_t close = source_->closing_brace(name_end + 1);
  const std::size_t end = close == kNowhere ? close : rest_of_line(text, close + 1);
  if (end == kNowhere || close == name_end + 1) return false;
  const std::string name(text.substr(first_at + 2, name_end - first_at - 2));
  reading_.attribute_lists[name].add_all(
      parse_attribute_list(text.substr(name_end + 1, close - name_end - 1)));
  add(BlockKind::kMark, source_->line())->mark = Mark::kExtension;
  source_->go_to(end);
  return true;
}

// `{:: ...}`
bool BlockReader::extension(std::size_t first_at) {
  const std::string_view text = source_->text();
  const int line = source_->line();
  if (!text.substr(first_at).starts_with("{::")) return false;
  const std::size_t name_begin = first_at + 3;
  std::size_t name_end = name_begin;
  while (name_end < text.size() && is_word(text[name_end])) ++name_end;
  const Extension* known = find_extension(text.substr(name_begin, name_end - name_begin));
  const std::size_t close = source_->closing_brace(name_end);
  const std::size_t begin = close == kNowhere ? close : rest_of_line(text, close + 1);
  if (known == nullptr || begin == kNowhere) return false;
  std::string_view inner = text.substr(name_end, close - name_end);
  const bool is_closed = inner.ends_with('/');
  if (is_closed) inner.remove_suffix(1);
  if (!inner.empty() && !is_space(inner[0])) return false;
  const Stop stop = is_closed ? Stop{begin, begin} : find_stop(*source_, *known, begin);
  if (stop.begin == kNowhere) {
    const std::string name(known->name);
    warn(line, "{::" + name + "} is never closed; add a line {:/" + name + "}");
    return false;
  }
  std::string_view body = text.substr(begin, stop.begin - begin);
  if (body.ends_with('\n')) body.remove_suffix(1);
  const AttributeList given = parse_attribute_list(inner);
  if (known->name == "options") {
    set_options(given, line);
    add(BlockKind::kMark, line)->mark = Mark::kExtension;
  } else if (!is_closed) {
    add_extension(known->name, given, body, line);
  }
  source_->go_to(stop.end);
  return true;
}

// Attribute lists ahead of it are for the block behind.
void BlockReader::add_extension(std::string_view name,
                                const AttributeList& options,
                                std::string_view body,
                                int line) {
  const bool is_comment = name == "comment";
  Block* block = blocks_.make(is_comment ? BlockKind::kComment : BlockKind::kVerbatim, line);
  if (is_comment) {
    block->text = "<!-- " + std::string(body) + " -->";
  } else if (is_for_html(options)) {
    block->text = std::string(body) + "\n";
  }
  tree_->children.push_back(block);
}

void BlockReader::set_options(const AttributeList& options, int line) {
  for (const auto& [name, value] : options.attributes) {
    if (set_option(reading_.options, name, value) == OptionFate::kUnknown) {
      warn(line, "{::options} sets " + name + ", which is no setting of kramdown's");
    }
  }
}

// An attribute list on its own: of the block above, or, where none is right above, of the next.
void BlockReader::attributes(const BracedLine& found) {
  const AttributeList list =
      parse_attribute_list(source_->text().substr(found.begin, found.end - found.begin));
  const int line = source_->line();
  source_->go_to(found.line_end);
  Block* above = tree_->children.empty() ? nullptr : tree_->children.back();
  const bool is_for_above = above != nullptr && above->kind != BlockKind::kBlank &&
                            (above->kind != BlockKind::kMark || above->mark == Mark::kDefinition);
  if (is_for_above) {
    above->given_attributes().add_all(list);
    if (!source_->attribute_line(source_->at(), kMarkerSpacesMax)) {
      add(BlockKind::kMark, line)->mark = Mark::kAttributes;
    }
  } else {
    if (!ahead_) ahead_ = std::make_unique<AttributeList>();
    ahead_->add_all(list);
  }
}

}  // namespace stet::markdown
