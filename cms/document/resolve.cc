#include "cms/document/resolve.h"

#include <algorithm>
#include <vector>

#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/merge_parts.h"
#include "cms/document/yaml.h"

namespace stet::document {
namespace {

constexpr std::string_view kFrontMatter = "/front_matter";
constexpr std::string_view kBody = "/body";

std::string unescaped(std::string_view token) {
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    bool is_escape = token[i] == '~' && i + 1 < token.size();
    if (is_escape) ++i;
    key += is_escape ? (token[i] == '1' ? '/' : '~') : token[i];
  }
  return key;
}

// Sets or erases what the pointer names below a map; the maps on its way are there or are made.
void set_at(Data& map, std::string_view pointer, const std::optional<Data>& value) {
  pointer.remove_prefix(1);
  std::size_t slash = std::min(pointer.find('/'), pointer.size());
  std::string key = unescaped(pointer.substr(0, slash));
  if (!map.is_map()) map = Data::Map();
  if (slash == pointer.size()) {
    value ? map.map()->set(key, *value) : void(map.map()->erase(key));
    return;
  }
  if (!map.map()->find(key)) map.map()->set(key, Data::Map());
  set_at(*map.map()->find(key), pointer.substr(slash), value);
}

struct Texts {
  std::string_view base, ours, theirs, path;
};

bool is_data(const Texts& texts) {
  return merges_as_data(texts.base, texts.ours, texts.theirs, texts.path);
}

// None: the field goes.
std::optional<Data> chosen_value(const Choice& choice, const Conflict& conflict) {
  if (choice.take == Choice::Take::kOurs) return conflict.ours;
  if (choice.take == Choice::Take::kTheirs) return conflict.theirs;
  if (choice.value.is_nil()) return std::nullopt;
  return choice.value;
}

Result<std::string> with_field(const Texts& texts,
                               const std::string& bytes,
                               const Conflict& conflict,
                               const std::optional<Data>& value) {
  if (is_data(texts)) {
    Problems ignored;
    Data data = parse_yaml(bytes, texts.path, ignored);
    set_at(data, conflict.pointer, value);
    return edit_yaml(bytes, texts.path, data, true);
  }
  Data fields = parse_document(bytes, texts.path).front_matter;
  std::string_view pointer = conflict.pointer;
  set_at(fields, pointer.substr(kFrontMatter.size()), value);
  Edit edit;
  edit.front_matter = std::move(fields);
  return apply_edit(bytes, texts.path, edit);
}

Result<std::string> with_body(const Texts& texts, const std::string& bytes, const Choice& choice) {
  if (choice.take == Choice::Take::kOurs) return bytes;
  Edit edit;
  if (choice.take == Choice::Take::kValue) {
    if (!choice.value.is_string()) return invalid_input("a body is a string");
    edit.body = *choice.value.string();
  } else {
    auto body_of = [&](std::string_view text) { return parse_document(text, "").body(text); };
    // Where both changed the same lines, merge_lines() keeps those of the side that is named first.
    std::vector<Conflict> ignored;
    edit.body =
        merge_lines(body_of(texts.base), body_of(texts.theirs), body_of(texts.ours), "", ignored);
  }
  return apply_edit(bytes, texts.path, edit);
}

Result<std::string> with_choice(const Texts& texts,
                                const std::string& bytes,
                                const Conflict& conflict,
                                const Choice& choice) {
  if (conflict.pointer == kBody && !is_data(texts)) {
    return with_body(texts, bytes, choice);
  }
  if (!conflict.pointer.empty()) {
    return with_field(texts, bytes, conflict, chosen_value(choice, conflict));
  }
  if (choice.take == Choice::Take::kOurs) return std::string(texts.ours);
  if (choice.take == Choice::Take::kTheirs) return std::string(texts.theirs);
  if (!choice.value.is_string()) return invalid_input("a whole file is a string");
  return *choice.value.string();
}

}  // namespace

Result<Merged> merge_by_choice(std::string_view base,
                               std::string_view ours,
                               std::string_view theirs,
                               std::string_view path,
                               std::span<const Choice> choices) {
  const Texts texts{base, ours, theirs, path};
  Merged merged = merge(base, ours, theirs, path);
  std::vector<Conflict> open;
  std::string_view decided_body;
  for (Conflict& conflict : merged.conflicts) {
    auto choice = std::find_if(choices.begin(), choices.end(), [&](const Choice& one) {
      return one.pointer == conflict.pointer;
    });
    if (choice == choices.end()) {
      open.push_back(std::move(conflict));
      continue;
    }
    bool is_body = conflict.pointer == kBody;
    if (is_body && !decided_body.empty()) continue;  // all its conflicts are decided at once
    if (is_body) decided_body = kBody;
    merged.bytes = TRY(with_choice(texts, merged.bytes, conflict, *choice));
  }
  merged.conflicts = std::move(open);
  return merged;
}

}  // namespace stet::document
