#include "cms/document/structured.h"

#include <utility>

#include "cms/document/edit.h"
#include "cms/document/emit.h"
#include "cms/document/json_patch.h"
#include "cms/document/json_text.h"
#include "cms/document/table.h"
#include "cms/document/yaml.h"

namespace stet::document {
namespace {

bool is_json_name(std::string_view path) { return path.ends_with(".json"); }

const Manner kJson{.eol = "\n", .is_json = true};

// Indented by two, an item a line.
void append_json(std::string& out, const Data& data, int indent) {
  const Data::Map* map = data.map();
  const Data::List* list = data.list();
  bool is_short = (map && map->empty()) || (list && list->empty());
  if (is_short || data.is_scalar()) {
    out += flow_text(data, kJson, Style::kDouble);
    return;
  }
  std::string margin = "\n" + std::string(static_cast<std::size_t>(indent) + 2, ' ');
  bool is_first = true;
  auto begin_item = [&] { out += (std::exchange(is_first, false) ? "" : ",") + margin; };
  out += map ? '{' : '[';
  if (map) {
    for (const auto& [key, value] : *map) {
      begin_item();
      out += flow_text(Data(key), kJson, Style::kDouble) + ": ";
      append_json(out, value, indent + 2);
    }
  } else {
    for (const Data& item : *list) {
      begin_item();
      append_json(out, item, indent + 2);
    }
  }
  out += margin.substr(0, margin.size() - 2) + (map ? '}' : ']');
}

Result<std::string> write_json(const Data& data) {
  TRY(check_writable(data));
  std::string out;
  append_json(out, as_json(data), 0);
  out += '\n';
  if (!is_json(out)) return invalid_input("JSON has no number that is not finite; use a string");
  return out;
}

Result<std::string> edit_json(std::string_view bytes,
                              std::string_view path,
                              const Data& data,
                              bool is_whole) {
  bool is_blank = bytes.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (is_blank) return write_json(is_whole ? data : merge_patched(Data(), data));
  std::string out = TRY(edit_yaml(bytes, path, data, is_whole));
  if (is_json(out) || !is_json(bytes)) return out;
  Problems problems;
  Data intended = parse_yaml(out, path, problems);
  return write_json(intended);
}

}  // namespace

bool is_structured_name(std::string_view path) {
  for (std::string_view extension : {".yml", ".yaml", ".json"}) {
    if (path.ends_with(extension)) return true;
  }
  return separator_of(path) != '\0';
}

Data read_structured(std::string_view bytes, std::string_view path, Problems& problems) {
  if (char separator = separator_of(path)) {
    return rows_of(read_table(bytes, separator, path, problems));
  }
  return parse_yaml(bytes, path, problems);
}

Result<std::string> edit_structured(std::string_view bytes,
                                    std::string_view path,
                                    const Data& data,
                                    bool is_whole) {
  if (is_json_name(path)) return edit_json(bytes, path, data, is_whole);
  if (separator_of(path) == '\0') return edit_yaml(bytes, path, data, is_whole);
  if (is_whole) return edit_table(bytes, path, data);
  // Lists have no parts to a merge patch: it puts another in the place of this one.
  return edit_table(bytes, path, merge_patched(Data(), data));
}

Result<std::string> write_structured(const Data& data, std::string_view path) {
  if (is_json_name(path)) return write_json(data);
  if (separator_of(path) == '\0') return write_yaml(data);
  return edit_table("", path, data);
}

}  // namespace stet::document
