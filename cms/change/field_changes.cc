#include "cms/change/field_changes.h"

#include "cms/change/report.h"
#include "cms/document/document.h"
#include "cms/document/yaml.h"

namespace stet::change {
namespace {

using document::Data;

std::optional<Data> copy_of(const Data* value) {
  return value ? std::optional(*value) : std::nullopt;
}

void add_changes(const Data* before,
                 const Data* after,
                 const std::string& pointer,
                 std::vector<FieldChange>& changes) {
  if (before && after && *before == *after) return;
  const Data::Map* old_map = before ? before->map() : nullptr;
  const Data::Map* new_map = after ? after->map() : nullptr;
  if (!old_map || !new_map) {
    changes.push_back({pointer, copy_of(before), copy_of(after)});
    return;
  }
  for (const auto& [key, value] : *old_map) {
    add_changes(&value, new_map->find(key), pointer + "/" + pointer_token(key), changes);
  }
  for (const auto& [key, value] : *new_map) {
    if (!old_map->contains(key)) {
      add_changes(nullptr, &value, pointer + "/" + pointer_token(key), changes);
    }
  }
}

bool is_data(const RepoPath& path) {
  return path.extension() == ".yml" || path.extension() == ".yaml" || path.extension() == ".json";
}

}  // namespace

std::vector<FieldChange> field_changes(const RepoPath& path,
                                       std::string_view before,
                                       std::string_view after) {
  std::vector<FieldChange> changes;
  if (is_data(path)) {
    Problems ignored;
    Data old_data = document::parse_yaml(before, path.view(), ignored);
    Data new_data = document::parse_yaml(after, path.view(), ignored);
    add_changes(&old_data, &new_data, "", changes);
    return changes;
  }
  document::Document old_document = document::parse_document(before, path.view());
  document::Document new_document = document::parse_document(after, path.view());
  add_changes(&old_document.front_matter, &new_document.front_matter, "/front_matter", changes);
  if (old_document.body(before) != new_document.body(after)) {
    changes.push_back({"/body", std::nullopt, std::nullopt});
  }
  return changes;
}

}  // namespace stet::change
