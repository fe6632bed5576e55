#include "cms/change/author.h"

#include <algorithm>

#include "cms/document/document.h"

namespace stet::change {
namespace {

using document::Data;

bool is_name(const Data* value, std::string_view name) {
  return value && value->string() && *value->string() == name;
}

bool names(const Data* value, std::string_view name) {
  if (!value) return false;
  const Data::List* list = value->list();
  if (!list) return is_name(value, name) || is_name(value->find("name"), name);
  return std::any_of(list->begin(), list->end(), [&](const Data& one) {
    return is_name(&one, name) || is_name(one.find("name"), name);
  });
}

}  // namespace

bool names_author(const Data& front_matter, std::string_view name) {
  return names(front_matter.find(kAuthorKey), name) || names(front_matter.find("authors"), name);
}

bool names_author(std::string_view file, std::string_view path, std::string_view name) {
  return names_author(document::parse_document(file, path).front_matter, name);
}

}  // namespace stet::change
