#include "cms/site/data_file.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>
#include <unordered_map>

#include "cms/document/table.h"
#include "cms/document/yaml.h"
#include "cms/site/config.h"
#include "cms/site/value_of.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Value;

// A line without anything is a row of nils; values beyond the header share the name "".
Value value_of(const document::Table& table) {
  const std::vector<document::Cell>& header = table.header.cells;
  std::vector<Value> rows;
  for (const document::TableRow& row : table.rows) {
    std::vector<Hash::Entry> entries;
    std::set<std::string> seen;  // of two columns with one name the first counts
    for (std::size_t i = 0; i < std::max(header.size(), row.cells.size()); ++i) {
      std::string name = i < header.size() ? header[i].text : "";
      if (!seen.insert(name).second) continue;
      bool is_nil = i >= row.cells.size() || row.cells[i].is_nil();
      entries.emplace_back(std::move(name), is_nil ? Value() : Value(row.cells[i].text));
    }
    rows.push_back(liquid::make_hash(std::move(entries)));
  }
  return liquid::make_array(std::move(rows));
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)); }

std::string cleaned(std::string_view name) {
  std::size_t first = std::min(name.find_first_not_of(" \t\r\n\f\v"), name.size());
  if (first == name.size() || is_word(name[first])) name.remove_prefix(first);
  std::string out;
  bool is_gap = false;
  for (char c : name) {
    if (is_blank(c)) {
      is_gap = true;
    } else if (is_word(c) || c == '-') {
      if (is_gap) out += '_';
      is_gap = false;
      out += c;
    }
  }
  return is_gap ? out + "_" : out;
}

int rank_of(std::string_view path) {
  static constexpr std::string_view kOrder[] = {".yaml", ".yml", ".json", ".csv", ".tsv"};
  auto is_it = [&](std::string_view extension) { return path.ends_with(extension); };
  return static_cast<int>(std::find_if(std::begin(kOrder), std::end(kOrder), is_it) -
                          std::begin(kOrder));
}

// A folder while its files are put in: names in the order in which they came.
class Folder {
 public:
  void place(const std::vector<std::string>& keys, std::size_t depth, const Value& value) {
    Entry& entry = entry_of(keys[depth]);
    if (depth + 1 == keys.size()) {
      entry = {value, nullptr};
      return;
    }
    if (!entry.folder) entry.folder = std::make_unique<Folder>();
    entry.folder->place(keys, depth + 1, value);
  }

  Ref<Hash> hash() const {
    std::vector<Hash::Entry> entries;
    entries.reserve(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const Entry& entry = entries_[i];
      entries.emplace_back(names_[i], entry.folder ? Value(entry.folder->hash()) : entry.value);
    }
    return Ref<Hash>(new Hash(std::move(entries)));
  }

 private:
  struct Entry {
    Value value;
    std::unique_ptr<Folder> folder;  // instead of the value
  };

  Entry& entry_of(const std::string& name) {
    auto [at, is_new] = places_.try_emplace(name, names_.size());
    if (is_new) {
      names_.push_back(name);
      entries_.emplace_back();
    }
    return entries_[at->second];
  }

  std::vector<std::string> names_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

Value parse_data_file(std::string_view path, std::string_view bytes, Problems& problems) {
  if (char separator = document::separator_of(path)) {
    return value_of(document::read_table(bytes, separator, path, problems));
  }
  return value_of(document::parse_yaml(bytes, path, problems));
}

bool is_data_name(std::string_view path) {
  if (path.starts_with('.') || path.find("/.") != std::string_view::npos) return false;
  for (std::string_view extension : {".yml", ".yaml", ".json", ".csv", ".tsv"}) {
    if (path.ends_with(extension)) return true;
  }
  return false;
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

Ref<Hash> data_tree(std::vector<DataFile> files) {
  std::set<std::vector<std::string>> folders;
  for (const DataFile& file : files) {
    for (auto above = file.keys; above.size() > 1;) {
      above.pop_back();
      folders.insert(above);
    }
  }
  std::stable_sort(files.begin(), files.end(), [](const DataFile& a, const DataFile& b) {
    return rank_of(a.path) < rank_of(b.path);
  });
  Folder root;
  for (const DataFile& file : files) {
    if (file.keys.empty() || folders.contains(file.keys)) continue;
    root.place(file.keys, 0, file.value);
  }
  return root.hash();
}

}  // namespace stet::site
