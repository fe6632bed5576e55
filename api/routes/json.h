// JSON as it comes in and goes out: read strictly into Data, written from Data.
//
// Reading refuses what readers of JSON disagree about: keys given twice, text that is not UTF-8,
// numbers that no double holds. Integers beyond 64 bits, of which a file would make
// texts (data.h). Limits: kJsonDepthMax, kJsonNodesMax; the size is the caller's. Writing shows
// dates as "2020-10-12" and times as "2020-10-12 10:00:00 +0000", the forms that YAML reads as
// such. Threads: pure functions. Input may be any bytes.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "cms/document/data.h"

namespace stet::api {

using Json = nlohmann::ordered_json;

inline constexpr std::size_t kJsonDepthMax = 64;
inline constexpr std::size_t kJsonNodesMax = 200'000;

// Where and why it is no JSON.
struct JsonFault {
  std::size_t line = 1, column = 1;  // from 1, in bytes
  std::string pointer;               // RFC 6901, of the value that was being read
  std::string message;               // one plain sentence
};

std::variant<document::Data, JsonFault> parse_json(std::string_view text);

Json to_json(const document::Data& data);

// "/a~1b" of "a/b": one step of a JSON pointer.
std::string pointer_step(std::string_view key);

// The bytes of an answer, on one line, with a line end. Text that is not UTF-8 shows U+FFFD.
std::string dump(const Json& json);

}  // namespace stet::api
