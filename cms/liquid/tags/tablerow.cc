#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class TableRow final : public Tag {
 public:
  struct Parts {
    Name variable;
    Expression collection;
    Expression columns;
    Expression offset;
    std::optional<Expression> limit;
    Block body;
  };

  explicit TableRow(Parts parts) : parts_(std::move(parts)) {}

  void render(Renderer& renderer) const override {
    Host& host = renderer.host();
    const Value collection = renderer.evaluate(parts_.collection);
    if (!collection.is_truthy()) return;
    const std::int64_t offset = renderer.to_count(renderer.evaluate(parts_.offset));
    std::optional<std::int64_t> limit;
    if (parts_.limit) limit = renderer.to_count(renderer.evaluate(*parts_.limit));
    const std::int64_t columns = renderer.to_count(renderer.evaluate(parts_.columns));
    if (renderer.failed()) return;
    const Segment segment(collection, offset, limit, host);
    const std::size_t length = segment.size(host);
    auto* loop = new TableRowLoop(length, columns);
    const Value shared{Ref<Drop>(loop)};
    const std::size_t mark = renderer.enter();
    static constexpr Name kTableRowLoop("tablerowloop");
    renderer.push(kTableRowLoop, shared);
    const std::size_t variable = renderer.push(parts_.variable, Value());
    renderer.write("<tr class=\"row1\">\n");
    for (std::size_t i = 0; i < length && renderer.step(); ++i) {
      renderer.rebind(variable, segment.at(i, host));
      render_cell(renderer, *loop);
      if (renderer.failed()) break;
      loop->advance();
    }
    renderer.write("</tr>\n");
    renderer.leave(mark);
  }

 private:
  void render_cell(Renderer& renderer, const TableRowLoop& loop) const {
    renderer.write("<td class=\"col" + std::to_string(loop.column()) + "\">");
    renderer.render(parts_.body);
    renderer.write("</td>");
    if (loop.is_last_column() && !loop.is_last()) {
      renderer.write("</tr>\n<tr class=\"row" + std::to_string(loop.row() + 1) + "\">");
    }
  }

  Parts parts_;
};

// (\w+)\s+in\s+(QuotedFragment+), wherever it first stands
bool parse_markup(Parser& parser, std::string_view text, TableRow::Parts& parts) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t variable_end = skip_word(text, at);
    if (variable_end == at) continue;
    const std::size_t in = skip_spaces(text, variable_end);
    const std::size_t begin = skip_spaces(text, in + 2);
    const bool is_in = in > variable_end && text.substr(in, 2) == "in" && begin > in + 2;
    std::size_t end = begin;
    for (std::size_t next = begin; is_in && next != kNone; next = quoted_fragment(text, next)) {
      end = next;
    }
    if (!is_in || end == begin) {
      at = variable_end - 1;
      continue;
    }
    parts.variable = Name(text.substr(at, variable_end - at));
    parts.collection = parser.expression(text.substr(begin, end - begin));
    return true;
  }
  return false;
}

}  // namespace

std::optional<ParsedTag> parse_tablerow(Parser& parser, const TagMarkup& tag) {
  TableRow::Parts parts;
  if (!parse_markup(parser, tag.markup, parts)) {
    return parser.fail(
        tag,
        "Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] "
        "cols=3");
  }
  for (const Attribute& attribute : attributes_in(tag.markup)) {
    Expression value = parser.expression(attribute.value);
    if (attribute.key == "cols")
      parts.columns = std::move(value);
    else if (attribute.key == "offset")
      parts.offset = std::move(value);
    else if (attribute.key == "limit")
      parts.limit = std::move(value);
  }
  const std::optional<Block> body = parser.body_of(tag);
  if (!body) return std::nullopt;
  parts.body = *body;
  return ParsedTag{.tag = parser.arena().make<TableRow>(std::move(parts)),
                   .is_blank = body->is_blank,
                   .is_block = true};
}

}  // namespace stet::liquid
