#include "cms/site/data_file.h"

#include <algorithm>
#include <cctype>

#include "cms/document/yaml.h"
#include "cms/site/config.h"
#include "cms/site/value_of.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Value;

// One record of RFC 4180 off the front of `text`: quoted fields may hold separators and line ends.
std::vector<std::string> take_record(std::string_view& text, char separator) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (is_quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        fields.back() += text[at++];
      } else {
        is_quoted = false;
      }
    } else if (c == '"' && fields.back().empty()) {
      is_quoted = true;
    } else if (c == separator) {
      fields.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  text.remove_prefix(at);
  return fields;
}

Value parse_table(std::string_view bytes, char separator) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  std::vector<std::string> header = take_record(bytes, separator);
  std::vector<Value> rows;
  while (!bytes.empty()) {
    std::vector<std::string> record = take_record(bytes, separator);
    if (record.size() == 1 && record[0].empty()) continue;
    std::vector<Hash::Entry> entries;
    for (std::size_t i = 0; i < header.size(); ++i) {
      bool is_missing = i >= record.size() || record[i].empty();
      entries.emplace_back(header[i], is_missing ? Value() : Value(record[i]));
    }
    rows.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(rows));
}

std::string cleaned(std::string_view name) {
  std::string out;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte)) {
      if (out.empty() || out.back() != '_' || !std::isspace(static_cast<unsigned char>(name[0]))) {
        out += '_';
      }
    } else if (byte >= 0x80 || std::isalnum(byte) || c == '_' || c == '-') {
      out += c;
    }
  }
  return out;
}

Ref<Hash> placed(const Ref<Hash>& tree,
                 const std::vector<std::string>& keys,
                 std::size_t depth,
                 const Value& value) {
  if (depth + 1 == keys.size()) return with(*tree, keys[depth], value);
  const Value* below = tree->find(keys[depth]);
  Ref<Hash> branch = below && below->type() == liquid::Type::kHash ? Ref<Hash>(&below->as_hash())
                                                                   : Ref<Hash>(new Hash({}));
  return with(*tree, keys[depth], Value(placed(branch, keys, depth + 1, value)));
}

}  // namespace

Value parse_data_file(std::string_view path, std::string_view bytes, Problems& problems) {
  if (path.ends_with(".csv")) return parse_table(bytes, ',');
  if (path.ends_with(".tsv")) return parse_table(bytes, '\t');
  return value_of(document::parse_yaml(bytes, path, problems));
}

std::vector<std::string> data_keys_of(std::string_view path, std::string_view data_folder) {
  path.remove_prefix(std::min(data_folder.size() + 1, path.size()));
  path = path.substr(0, path.rfind('.'));
  std::vector<std::string> keys;
  while (!path.empty()) {
    std::size_t slash = std::min(path.find('/'), path.size());
    keys.push_back(cleaned(path.substr(0, slash)));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return keys;
}

Ref<Hash> data_tree(const std::vector<std::pair<std::vector<std::string>, Value>>& files) {
  Ref<Hash> tree(new Hash({}));
  for (const auto& [keys, value] : files) {
    if (!keys.empty()) tree = placed(tree, keys, 0, value);
  }
  return tree;
}

}  // namespace stet::site
