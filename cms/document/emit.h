// Writes values as YAML text that reads back as the same values under yaml.h's rules.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cms/document/data.h"
#include "cms/document/syntax.h"
#include "storage/base/result.h"

namespace stet::document {

// How this file is written.
struct Manner {
  std::string eol = "\n";
  int map_step = 2;   // of a nested map, from its key
  int list_step = 2;  // of a list's dashes, from its key
  bool is_json = false;
};

// kInvalidInput for what YAML cannot hold: strings that are not UTF-8, the key "<<", years beyond
// four digits, nesting beyond the limit.
Status check_writable(const Data& data);

// A scalar, or an empty list or map, on one line. Strings are in quotes of `style` where that is a
// style of quotes and the text allows it, and else plain only where plain text reads back as the
// same string.
std::string scalar_text(const Data& data, Style style, bool is_in_flow);
std::string key_text(std::string_view key, bool is_in_flow);
// As JSON where the file is JSON, if JSON can hold it.
std::string flow_text(const Data& data, const Manner& manner, Style style = Style::kPlain);
std::string flow_key_text(std::string_view key, const Manner& manner);

// A date or time in the manner of the text that it replaces: blank or T, +0200 or +02:00, Z or
// nothing.
std::string time_text_like(const Time& time, std::string_view old);

// A string as a block scalar, from its `|` or `>` on: its lines stand `indent` deep. None where the
// text cannot be one; so too for text that ends in empty lines, unless `keeps_end`: with `|+`,
// empty lines that follow in the file would become a part of it.
std::optional<std::string> block_scalar_text(
    std::string_view text, Style style, int indent, const Manner& manner, bool keeps_end = false);

// What follows "key:" or "-", with the blank or line end that parts them, without a line end behind
// it. `indent` is the column of the key or dash.
enum class Parent { kKey, kDash };
std::string block_value(
    const Data& data, int indent, Parent parent, const Manner& manner, Style style = Style::kPlain);

// The lines of a map, each but the first indented; without a line end behind the last.
std::string block_map(const Data::Map& map, int indent, const Manner& manner);
std::string block_list(const Data::List& list, int indent, const Manner& manner);

}  // namespace stet::document
