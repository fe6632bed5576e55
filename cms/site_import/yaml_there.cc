#include "cms/site_import/yaml_there.h"

#include "cms/document/edit.h"
#include "cms/document/yaml.h"

namespace stet::site_import {

using document::Data;

Result<YamlThere> read_yaml_there(const storage::Snapshot& snapshot, const std::string& path) {
  YamlThere there;
  there.path = path;
  auto entry = TRY(snapshot.find(TRY(RepoPath::parse(path))));
  if (!entry) return there;
  if (!is_readable(entry->kind)) {
    return invalid_input(path + " is a link; make a file of it first");
  }
  there.bytes = TRY(snapshot.read(entry->blob));
  Problems problems;
  Data data = document::parse_yaml(*there.bytes, path, problems);
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) {
      return invalid_input("mend this first: " + to_string(problem));
    }
  }
  bool is_empty = data.is_nil() || (data.boolean() && !*data.boolean());
  if (data.is_map()) {
    there.data = std::move(data);
  } else if (!is_empty) {
    return invalid_input(path + ":1: this is not keys with values; mend that first");
  }
  return there;
}

std::string text_in(const Data& data, std::string_view key) {
  const Data* value = data.find(key);
  return value && value->string() ? *value->string() : "";
}

Status plan_patch(const YamlThere& there, const Data::Map& patch, std::vector<PlannedFile>& files) {
  if (patch.empty()) return {};
  bool has_text = there.bytes && !there.data.map()->empty();
  std::string after = has_text ? TRY(document::edit_yaml(*there.bytes, there.path, patch, false))
                               : there.bytes.value_or("") + TRY(document::write_yaml(patch));
  if (there.bytes && *there.bytes == after) return {};
  files.push_back({TRY(RepoPath::parse(there.path)), there.bytes, std::move(after)});
  return {};
}

}  // namespace stet::site_import
