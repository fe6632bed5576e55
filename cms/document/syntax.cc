#include "cms/document/syntax.h"

#include <yaml.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "cms/document/yaml.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

struct Mend {
  std::string_view said;  // what libyaml says
  std::string_view sentence;
};

// Longest first where one holds another.
constexpr std::array kMends{
    Mend{"mapping values are not allowed",
         "there is a second \": \" here; put the value in quotes, or check the indentation"},
    Mend{"found character that cannot start any token",
         "nothing can start with this character; put the value in quotes, and indent with spaces, "
         "not tabs"},
    Mend{"could not find expected ':'", "this line has no \": \" behind its key; add it"},
    Mend{"found unexpected end of stream", "a quote or bracket is not closed; close it"},
    Mend{"found unexpected document indicator", "a quote is not closed before this line; close it"},
    Mend{"block sequence entries are not allowed",
         "a list cannot start here; put each \"- \" on a line of its own"},
    Mend{"did not find expected ',' or ']'",
         "a list in [ ] goes on wrongly here; add \",\" or \"]\""},
    Mend{"did not find expected ',' or '}'",
         "a map in { } goes on wrongly here; add \",\" or \"}\""},
    Mend{"did not find expected key",
         "no key starts here; check the indentation, and quotes inside of quotes"},
    Mend{"did not find expected '-' indicator",
         "the list ends here without a key; check the indentation"},
    Mend{"found unknown escape character",
         "\"\\\" starts no known escape here; write \\\\, or use single quotes"},
    Mend{"did not find expected <document start>",
         "text goes on where the YAML has ended; check the indentation"},
    Mend{"control characters are not allowed",
         "a control character is not allowed here; remove it"},
    Mend{"did not find expected node content",
         "a value is missing here; add it, or remove the mark"},
};

std::string sentence_for(const yaml_parser_t& parser) {
  std::string_view said = parser.problem ? parser.problem : "cannot be read";
  for (const auto& mend : kMends) {
    if (said.find(mend.said) != said.npos) return "YAML: " + std::string(mend.sentence);
  }
  std::string sentence = "YAML: ";
  if (parser.context) sentence += std::string(parser.context) + ", ";
  return sentence + std::string(said);
}

Style style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return Style::kSingle;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return Style::kDouble;
    case YAML_LITERAL_SCALAR_STYLE: return Style::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE: return Style::kFolded;
    default: return Style::kPlain;
  }
}

std::string text_of(const yaml_char_t* text) {
  return text ? reinterpret_cast<const char*>(text) : "";
}

// Turns libyaml's character counts into offsets in the file.
class Offsets {
 public:
  explicit Offsets(const Source& source) : source_(source) {
    std::string_view text = source.bytes.substr(source.begin, source.end - source.begin);
    bool is_ascii = std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
    if (is_ascii) return;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((text[i] & 0xc0) != 0x80) starts_.push_back(static_cast<std::uint32_t>(i));
    }
  }

  std::size_t of(const yaml_mark_t& mark) const {
    std::size_t size = source_.end - source_.begin;
    if (starts_.empty()) return source_.begin + std::min(mark.index, size);
    return source_.begin + (mark.index < starts_.size() ? starts_[mark.index] : size);
  }

 private:
  const Source& source_;
  std::vector<std::uint32_t> starts_;
};

class Reader {
 public:
  Reader(const Source& source, Problems& problems)
      : source_(source), problems_(problems), offsets_(source) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &parser_,
        reinterpret_cast<const unsigned char*>(source.bytes.data() + source.begin),
        source.end - source.begin);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { yaml_parser_delete(&parser_); }

  std::optional<Syntax> read() {
    bool goes_on = true;
    while (goes_on) {
      yaml_event_t event;
      if (!yaml_parser_parse(&parser_, &event)) {
        refuse(error_offset(), sentence_for(parser_));
        return std::nullopt;
      }
      goes_on = event.type != YAML_DOCUMENT_END_EVENT && event.type != YAML_STREAM_END_EVENT;
      bool is_taken = take(event);
      yaml_event_delete(&event);
      if (!is_taken) return std::nullopt;
    }
    return std::move(syntax_);
  }

 private:
  bool refuse(std::size_t offset, std::string message) {
    Position position = position_at(source_.bytes, offset);
    problems_.push_back({Severity::kError,
                         std::string(source_.path),
                         position.line,
                         position.column,
                         std::move(message)});
    return false;
  }

  std::size_t error_offset() const {
    if (parser_.error == YAML_READER_ERROR) {
      return std::min(source_.begin + parser_.problem_offset, source_.end);
    }
    return offsets_.of(parser_.problem_mark);
  }

  bool take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT: return take_scalar(event);
      case YAML_ALIAS_EVENT: return take_alias(event);
      case YAML_SEQUENCE_START_EVENT: {
        const auto& start = event.data.sequence_start;
        Style style = start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::kFlow : Style::kBlock;
        return open(event, Node::Kind::kList, style, text_of(start.anchor), text_of(start.tag));
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& start = event.data.mapping_start;
        Style style = start.style == YAML_FLOW_MAPPING_STYLE ? Style::kFlow : Style::kBlock;
        return open(event, Node::Kind::kMap, style, text_of(start.anchor), text_of(start.tag));
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(event); return true;
      default: return true;
    }
  }

  // The node's place in the tree; false beyond a limit.
  bool add(Node node) {
    if (syntax_.nodes.size() >= kYamlNodesMax) {
      return refuse(node.begin,
                    "YAML: more than " + std::to_string(kYamlNodesMax) + " values; split the file");
    }
    int id = static_cast<int>(syntax_.nodes.size());
    if (!node.anchor.empty()) anchors_[node.anchor] = id;
    if (open_.empty()) {
      syntax_.root = id;
    } else {
      syntax_.nodes[static_cast<std::size_t>(open_.back())].children.push_back(id);
    }
    syntax_.nodes.push_back(std::move(node));
    return true;
  }

  // Sets where anchor and tag end and where the node proper begins.
  void place(Node& node, const yaml_event_t& event) {
    node.begin = offsets_.of(event.start_mark);
    node.end = std::max(node.begin, offsets_.of(event.end_mark));
    node.properties_end = node.bare_begin = node.begin;
    if (node.anchor.empty() && node.tag.empty()) return;
    std::size_t at = node.begin;
    for (int i = 0; i < 2; ++i) {
      if (at >= source_.end || (source_.bytes[at] != '&' && source_.bytes[at] != '!')) break;
      while (at < source_.end && !is_blank(source_.bytes[at]) &&
             !(source_.bytes[at] == ',' && !node.anchor.empty() && node.tag.empty())) {
        ++at;
      }
      node.properties_end = at;
      at = skip_blanks(source_.bytes, at, source_.end);
    }
    bool is_empty =
        node.kind == Node::Kind::kScalar && node.text.empty() && node.style == Style::kPlain;
    node.bare_begin = is_empty ? node.properties_end : at;
    node.end = std::max(node.end, node.bare_begin);
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  bool take_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    Node node;
    node.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
    node.style = style_of(scalar.style);
    node.is_quoted = scalar.quoted_implicit != 0;
    node.anchor = text_of(scalar.anchor);
    node.tag = text_of(scalar.tag);
    place(node, event);
    if (node.style == Style::kLiteral || node.style == Style::kFolded) trim_block_scalar(node);
    return add(std::move(node));
  }

  // libyaml ends a block scalar where the next thing begins. Empty lines at its end belong to it
  // only where it keeps them (`|+`).
  void trim_block_scalar(Node& node) const {
    std::string_view bytes = source_.bytes;
    std::string_view header = bytes.substr(node.bare_begin, 3);
    bool keeps = header.substr(0, header.find_first_of("\r\n #")).find('+') != header.npos;
    std::size_t end = node.end;
    auto cut = [&] {
      if (end <= node.bare_begin || bytes[end - 1] != '\n') return false;
      end -= end - 1 > node.bare_begin && bytes[end - 2] == '\r' ? 2 : 1;
      return true;
    };
    while (cut() && !keeps) {
    }
    node.end = end;
  }

  bool take_alias(const yaml_event_t& event) {
    Node node;
    node.kind = Node::Kind::kAlias;
    node.text = text_of(event.data.alias.anchor);
    place(node, event);
    auto found = anchors_.find(node.text);
    if (found != anchors_.end()) node.target = found->second;
    return add(std::move(node));
  }

  bool open(const yaml_event_t& event,
            Node::Kind kind,
            Style style,
            std::string anchor,
            std::string tag) {
    Node node;
    node.kind = kind;
    node.style = style;
    node.anchor = std::move(anchor);
    node.tag = std::move(tag);
    place(node, event);
    if (open_.size() >= kYamlDepthMax) {
      return refuse(
          node.begin,
          "YAML: nested more than " + std::to_string(kYamlDepthMax) + " deep; flatten it");
    }
    if (!add(std::move(node))) return false;
    open_.push_back(static_cast<int>(syntax_.nodes.size()) - 1);
    return true;
  }

  void close(const yaml_event_t& event) {
    Node& node = syntax_.nodes[static_cast<std::size_t>(open_.back())];
    open_.pop_back();
    if (node.style == Style::kFlow) {
      node.end = offsets_.of(event.end_mark);
    } else if (!node.children.empty()) {
      const Node& last = syntax_.at(node.children.back());
      node.end = std::max(node.end, last.end);
    }
  }

  const Source& source_;
  Problems& problems_;
  Offsets offsets_;
  yaml_parser_t parser_;
  Syntax syntax_;
  std::vector<int> open_;
  std::unordered_map<std::string, int> anchors_;
};

}  // namespace

std::optional<Syntax> read_syntax(const Source& source, Problems& problems) {
  std::string_view text = source.bytes.substr(source.begin, source.end - source.begin);
  auto refuse = [&](std::size_t offset, std::string message) {
    Position position = position_at(source.bytes, offset);
    problems.push_back({Severity::kError,
                        std::string(source.path),
                        position.line,
                        position.column,
                        std::move(message)});
  };
  if (text.size() > kYamlBytesMax) {
    refuse(source.begin,
           "YAML: longer than " + std::to_string(kYamlBytesMax) + " bytes; split the file");
    return std::nullopt;
  }
  if (std::size_t bad = utf8_prefix(text); bad < text.size()) {
    refuse(source.begin + bad, "a byte here is not UTF-8; save the file as UTF-8");
    return std::nullopt;
  }
  return Reader(source, problems).read();
}

Position position_at(std::string_view bytes, std::size_t offset) {
  offset = std::min(offset, bytes.size());
  std::string_view before = bytes.substr(0, offset);
  auto newline = before.rfind('\n');
  Position position;
  position.line = 1 + static_cast<int>(std::ranges::count(before, '\n'));
  position.column = static_cast<int>(newline == before.npos ? offset + 1 : offset - newline);
  position.offset = offset;
  return position;
}

std::size_t line_begin(std::string_view bytes, std::size_t offset) {
  auto newline = offset == 0 ? bytes.npos : bytes.rfind('\n', offset - 1);
  return newline == bytes.npos ? 0 : newline + 1;
}

std::size_t line_end(std::string_view bytes, std::size_t offset) {
  auto newline = bytes.find('\n', offset);
  if (newline == bytes.npos) return bytes.size();
  return newline > offset && bytes[newline - 1] == '\r' ? newline - 1 : newline;
}

int column_in(const Source& source, std::size_t offset) {
  return static_cast<int>(offset - std::max(line_begin(source.bytes, offset), source.begin));
}

std::size_t skip_blanks(std::string_view bytes, std::size_t offset, std::size_t end) {
  while (offset < end) {
    char c = bytes[offset];
    if (c == '#') {
      offset = std::min(bytes.find('\n', offset), end);
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++offset;
    } else {
      break;
    }
  }
  return offset;
}

}  // namespace stet::document
