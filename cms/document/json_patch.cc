#include "cms/document/json_patch.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace stet::document {
namespace {

using Kind = PatchOperation::Kind;
using Steps = std::vector<std::string>;
using Fault = std::optional<PatchFault>;

struct KindName {
  std::string_view name;
  Kind kind;
};
constexpr auto kKinds = std::to_array<KindName>({{"add", Kind::kAdd},
                                                 {"remove", Kind::kRemove},
                                                 {"replace", Kind::kReplace},
                                                 {"move", Kind::kMove},
                                                 {"copy", Kind::kCopy},
                                                 {"test", Kind::kTest}});

// None of what is no JSON Pointer.
std::optional<Steps> steps_of(std::string_view pointer) {
  Steps steps;
  if (!pointer.empty() && pointer.front() != '/') return std::nullopt;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    char c = pointer[i];
    if (c == '/') {
      steps.emplace_back();
    } else if (c != '~') {
      steps.back() += c;
    } else if (++i < pointer.size() && (pointer[i] == '0' || pointer[i] == '1')) {
      steps.back() += pointer[i] == '0' ? '~' : '/';
    } else {
      return std::nullopt;
    }
  }
  if (steps.size() > kPatchStepsMax) return std::nullopt;
  return steps;
}

std::optional<std::size_t> index_of(std::string_view step) {
  bool has_leading_zero = step.size() > 1 && step.front() == '0';
  std::size_t index = 0;
  auto [last, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (has_leading_zero || error != std::errc() || last != step.data() + step.size()) {
    return std::nullopt;
  }
  return index;
}

class Reader {
 public:
  Reader(const Data& json, std::string at) : json_(json), at_(std::move(at)) {}

  std::variant<PatchOperation, PatchFault> read() {
    PatchOperation operation;
    if (!json_.is_map()) return PatchFault{at_, "an operation is an object"};
    const Data* name = json_.find("op");
    auto known = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindName& one) {
      return name && name->string() && *name->string() == one.name;
    });
    if (known == kKinds.end()) {
      return PatchFault{at_ + "/op", "op is add, remove, replace, move, copy or test"};
    }
    operation.kind = known->kind;
    if (auto fault = take_pointer("path", operation.path)) return *fault;
    bool has_from = operation.kind == Kind::kMove || operation.kind == Kind::kCopy;
    if (has_from) {
      if (auto fault = take_pointer("from", operation.from)) return *fault;
    } else if (operation.kind != Kind::kRemove) {
      const Data* value = json_.find("value");
      if (!value) return PatchFault{at_ + "/value", "the operation needs a value"};
      operation.value = *value;
    }
    bool goes_into_itself =
        operation.kind == Kind::kMove && operation.path.size() > operation.from.size() &&
        std::equal(operation.from.begin(), operation.from.end(), operation.path.begin());
    if (goes_into_itself) return PatchFault{at_ + "/path", "nothing moves into itself"};
    return operation;
  }

 private:
  Fault take_pointer(std::string_view key, Steps& steps) {
    std::string place = at_ + "/" + std::string(key);
    const Data* text = json_.find(key);
    if (!text || !text->is_string()) {
      return PatchFault{place,
                        std::string(key) + " is a JSON Pointer, such as /front_matter/title"};
    }
    auto read = steps_of(*text->string());
    if (!read) {
      return PatchFault{place,
                        "'" + text->string()->substr(0, 80) + "' is no JSON Pointer (RFC 6901)"};
    }
    steps = std::move(*read);
    return std::nullopt;
  }

  const Data& json_;
  const std::string at_;
};

std::size_t values_in(const Data& data) {
  std::size_t count = 1;
  if (const auto* list = data.list()) {
    for (const Data& item : *list) count += values_in(item);
  } else if (const auto* map = data.map()) {
    for (const auto& [key, value] : *map) count += values_in(value);
  }
  return count;
}

class Patcher {
 public:
  explicit Patcher(Data document) : document_(std::move(document)) {}

  Fault apply(const PatchOperation& operation, const std::string& at) {
    switch (operation.kind) {
      case Kind::kAdd: return add(operation.path, operation.value, at);
      case Kind::kRemove: return take(operation.path, at + "/path").fault;
      case Kind::kReplace: {
        Data* there = find(operation.path);
        if (!there) return nowhere(operation.path, at + "/path");
        *there = operation.value;
        return std::nullopt;
      }
      case Kind::kMove: {
        if (operation.path == operation.from && find(operation.from)) return std::nullopt;
        Taken taken = take(operation.from, at + "/from");
        return taken.fault ? taken.fault : add(operation.path, std::move(taken.value), at);
      }
      case Kind::kCopy: {
        const Data* there = find(operation.from);
        if (!there) return nowhere(operation.from, at + "/from");
        copied_ += values_in(*there);
        if (copied_ > kPatchCopiedMax) return PatchFault{at, "the patch copies too much"};
        return add(operation.path, Data(*there), at);
      }
      case Kind::kTest: break;
    }
    const Data* there = find(operation.path);
    if (!there) {
      Fault fault = nowhere(operation.path, at + "/path");
      fault->is_test = true;
      return fault;
    }
    if (is_equal_json(*there, operation.value)) return std::nullopt;
    return PatchFault{at, "the value there is another one than the test says", true};
  }

  Data finish() { return std::move(document_); }

 private:
  struct Taken {
    Data value;
    Fault fault;
  };

  static PatchFault nowhere(const Steps& path, std::string at) {
    std::string shown;
    for (const std::string& step : path) shown += "/" + step;
    return {std::move(at), "there is nothing at '" + shown.substr(0, 200) + "'"};
  }

  static Data* below(Data& data, const std::string& step) {
    if (Data::Map* map = data.map()) return map->find(step);
    Data::List* list = data.list();
    auto index = list ? index_of(step) : std::nullopt;
    return index && *index < list->size() ? &(*list)[*index] : nullptr;
  }

  Data* find(const Steps& path, std::size_t left_out = 0) {
    Data* found = &document_;
    for (std::size_t i = 0; found && i + left_out < path.size(); ++i) {
      found = below(*found, path[i]);
    }
    return found;
  }

  Fault add(const Steps& path, Data value, const std::string& at) {
    if (path.empty()) {
      document_ = std::move(value);
      return std::nullopt;
    }
    Data* parent = find(path, 1);
    const std::string& step = path.back();
    if (Data::Map* map = parent ? parent->map() : nullptr) {
      map->set(step, std::move(value));
      return std::nullopt;
    }
    Data::List* list = parent ? parent->list() : nullptr;
    if (!list) return nowhere(path, at + "/path");
    auto index = step == "-" ? std::optional(list->size()) : index_of(step);
    if (!index || *index > list->size()) {
      return PatchFault{at + "/path",
                        "'" + step.substr(0, 80) + "' is no place in a list of " +
                            std::to_string(list->size()) + "; '-' is its end"};
    }
    list->insert(list->begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
    return std::nullopt;
  }

  Taken take(const Steps& path, std::string at) {
    Data* there = find(path);
    if (!there) return {{}, nowhere(path, std::move(at))};
    if (path.empty()) return {std::exchange(document_, Data()), std::nullopt};
    Taken taken{std::move(*there), std::nullopt};
    Data* parent = find(path, 1);
    if (Data::Map* map = parent->map()) {
      map->erase(path.back());
    } else {
      parent->list()->erase(parent->list()->begin() +
                            static_cast<std::ptrdiff_t>(*index_of(path.back())));
    }
    return taken;
  }

  Data document_;
  std::size_t copied_ = 0;
};

std::optional<double> number_of(const Data& data) {
  if (data.integer()) return static_cast<double>(*data.integer());
  return data.real() ? std::optional(*data.real()) : std::nullopt;
}

}  // namespace

std::variant<JsonPatch, PatchFault> read_json_patch(const Data& json) {
  const auto* list = json.list();
  if (!list) return PatchFault{"", "a JSON Patch is a list of operations (RFC 6902)"};
  if (list->size() > kPatchOperationsMax) {
    return PatchFault{"",
                      "a patch has at most " + std::to_string(kPatchOperationsMax) + " operations"};
  }
  JsonPatch patch;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto operation = Reader((*list)[i], "/" + std::to_string(i)).read();
    if (auto* fault = std::get_if<PatchFault>(&operation)) return std::move(*fault);
    patch.push_back(std::move(std::get<PatchOperation>(operation)));
  }
  return patch;
}

std::variant<Data, PatchFault> apply_json_patch(Data document, const JsonPatch& patch) {
  Patcher patcher(std::move(document));
  for (std::size_t i = 0; i < patch.size(); ++i) {
    if (auto fault = patcher.apply(patch[i], "/" + std::to_string(i))) return std::move(*fault);
  }
  return patcher.finish();
}

bool is_equal_json(const Data& a, const Data& b) {
  if (a.integer() && b.integer()) return *a.integer() == *b.integer();
  auto left = number_of(a), right = number_of(b);
  if (left || right) return left == right;
  if (const auto* list = a.list()) {
    return b.list() &&
           std::equal(
               list->begin(), list->end(), b.list()->begin(), b.list()->end(), is_equal_json);
  }
  const auto* map = a.map();
  if (!map) return a == b;
  if (!b.map() || map->size() != b.map()->size()) return false;
  return std::all_of(map->begin(), map->end(), [&](const Data::Map::Entry& entry) {
    const Data* other = b.map()->find(entry.first);
    return other && is_equal_json(entry.second, *other);
  });
}

std::string json_time(const Time& time) {
  CivilTime civil = civil_of(time);
  char text[64];
  std::snprintf(
      text, sizeof text, " %02d:%02d:%02d", int{civil.hour}, int{civil.minute}, int{civil.second});
  std::string shown = iso_date(civil.date) + text;
  if (time.nanoseconds != 0) {
    std::snprintf(text, sizeof text, ".%09d", time.nanoseconds);
    shown += text;
    while (shown.back() == '0') shown.pop_back();
  }
  int offset = std::abs(time.offset_seconds) / 60;
  char sign = time.offset_seconds < 0 ? '-' : '+';
  std::snprintf(text, sizeof text, " %c%02d%02d", sign, offset / 60, offset % 60);
  return shown + text;
}

Data as_json(const Data& data) {
  if (const Date* date = data.date()) return iso_date(*date);
  if (const Time* time = data.time()) return json_time(*time);
  if (const auto* list = data.list()) {
    Data::List items;
    for (const Data& item : *list) items.push_back(as_json(item));
    return items;
  }
  const auto* map = data.map();
  if (!map) return data;
  Data::Map members;
  for (const auto& [key, value] : *map) members.append(key, as_json(value));
  return members;
}

}  // namespace stet::document
