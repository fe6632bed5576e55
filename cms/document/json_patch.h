// JSON Patch (RFC 6902) on Data: a list of operations that are all done, or none.
//
// Paths are JSON Pointers (RFC 6901). `test` compares as RFC 6902 4.6 has it: numbers by their
// value, maps without order. Dates are for who calls to make texts of, before and after (as_json):
// JSON has none. Threads: pure functions. All input is hostile. Limits: kPatchOperationsMax;
// kPatchStepsMax a path; what `copy` makes, kPatchCopiedMax values in all.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "cms/document/data.h"

namespace stet::document {

inline constexpr std::size_t kPatchOperationsMax = 1000;
inline constexpr std::size_t kPatchStepsMax = 64;
inline constexpr std::size_t kPatchCopiedMax = 200'000;

struct PatchOperation {
  enum class Kind { kAdd, kRemove, kReplace, kMove, kCopy, kTest };
  Kind kind = Kind::kTest;
  std::vector<std::string> path, from;  // unescaped steps
  Data value;
};
using JsonPatch = std::vector<PatchOperation>;

// Why a patch cannot be read, or applied.
struct PatchFault {
  std::string pointer;  // into the patch: "/2", "/2/path"
  std::string message;
  bool is_test = false;  // a `test` that failed; else what is asked for cannot be
};

std::variant<JsonPatch, PatchFault> read_json_patch(const Data& json);

std::variant<Data, PatchFault> apply_json_patch(Data document, const JsonPatch& patch);

// As RFC 6902 compares.
bool is_equal_json(const Data& a, const Data& b);

// "2020-10-12 10:00:00 +0000": a time where there are but texts, so that YAML reads it back as one.
std::string json_time(const Time& time);

// The value as the API shows it: dates are "2020-10-12", times "2020-10-12 10:00:00 +0000".
Data as_json(const Data& data);

}  // namespace stet::document
