#include "api/routes/json.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "api/routes/json_integer.h"
#include "api/routes/json_reader.h"
#include "cms/document/json_patch.h"
#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using document::Data;

constexpr std::string_view kBeyondIntegers =
    " is beyond 64 bits and would not be kept as a number; put it in quotes";

// nlohmann's parser tells what it finds; this builds Data of it, and stops at what we refuse.
class DataBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Data()); }
  bool boolean(bool value) override { return add(Data(value)); }
  bool number_integer(std::int64_t value) override { return add(Data(value)); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return refuse_integer(std::to_string(value));
    return add(Data(static_cast<std::int64_t>(value)));
  }
  // An integer of more than 64 bits comes here too, with its text.
  bool number_float(double value, const std::string& text) override {
    if (text.find_first_of(".eE") == std::string::npos) return refuse_integer(text);
    return add(Data(value));
  }
  bool string(std::string& value) override { return add(Data(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) override { return refuse("binary values are no JSON"); }

  bool start_object(std::size_t) override { return open(Data(Data::Map())); }
  bool start_array(std::size_t) override { return open(Data(Data::List())); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    Level& level = levels_.back();
    level.key = name;
    level.is_in_value = true;
    if (!level.keys.insert(name).second) {
      return refuse("the key '" + printable(name, 60) + "' is given twice");
    }
    return true;
  }

  bool parse_error(std::size_t position,
                   const std::string& last_token,
                   const nlohmann::json::exception& error) override {
    position_ = position;
    // The library's own words name its types; the place and the token are what a caller can use.
    bool is_range = error.id == 406;
    message_ = is_range             ? "the number " + printable(last_token, 40) + " is too large"
               : last_token.empty() ? "the text ends before the value does"
                                    : "unexpected '" + printable(last_token, 40) + "'";
    return false;
  }

  Data take() { return std::move(root_); }
  const std::string& message() const { return message_; }
  std::optional<std::size_t> position() const { return position_; }

  std::string pointer() const {
    std::string pointer;
    for (const Level& level : levels_) {
      if (level.value.is_list()) {
        pointer += "/" + std::to_string(level.value.list()->size());
      } else if (level.is_in_value) {
        pointer += "/" + pointer_step(level.key);
      }
    }
    return pointer;
  }

 private:
  struct Level {
    Data value;
    std::string key = {};
    bool is_in_value = false;
    std::unordered_set<std::string> keys = {};
  };

  bool refuse(std::string message) {
    message_ = std::move(message);
    return false;
  }

  bool refuse_integer(const std::string& digits) {
    return refuse(printable(digits, 40) + std::string(kBeyondIntegers));
  }

  bool count() {
    if (++nodes_ <= kJsonNodesMax) return true;
    return refuse("it has more than " + std::to_string(kJsonNodesMax) + " values");
  }

  bool add(Data value) {
    if (!count()) return false;
    put(std::move(value));
    return true;
  }

  void put(Data value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return;
    }
    Level& level = levels_.back();
    if (Data::List* list = level.value.list()) {
      list->push_back(std::move(value));
    } else {
      level.value.map()->append(level.key, std::move(value));
      level.is_in_value = false;
    }
  }

  bool open(Data value) {
    if (!count()) return false;
    if (levels_.size() == kJsonDepthMax) {
      return refuse("it is nested deeper than " + std::to_string(kJsonDepthMax) + " levels");
    }
    levels_.push_back({.value = std::move(value)});
    return true;
  }

  bool close() {
    Data value = std::move(levels_.back().value);
    levels_.pop_back();
    put(std::move(value));
    return true;
  }

  Data root_;
  std::vector<Level> levels_;
  std::size_t nodes_ = 0;
  std::string message_;
  std::optional<std::size_t> position_;
};

// Counts what the parser has taken, so that our own refusals have a place too.
class CountingInput {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingInput(const char* at, const char** last) : at_(at), last_(last) {}
  const char& operator*() const { return *at_; }
  CountingInput& operator++() {
    ++at_;
    if (last_) *last_ = at_;
    return *this;
  }
  bool operator==(const CountingInput& other) const { return at_ == other.at_; }
  bool operator!=(const CountingInput& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** last_;
};

// Most of an answer is one long text, so strings are written by runs and not by characters.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void write(const Json& json) {
    switch (json.type()) {
      case Json::value_t::object: return write_object(json);
      case Json::value_t::array: return write_array(json);
      case Json::value_t::string: return write_string(json.get_ref<const std::string&>());
      default: out_ += json.dump();
    }
  }

 private:
  void write_object(const Json& json) {
    char before = '{';
    for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
      out_ += std::exchange(before, ',');
      write_string(name);
      out_ += ':';
      write(value);
    }
    out_ += before == '{' ? "{}" : "}";
  }

  void write_array(const Json& json) {
    char before = '[';
    for (const Json& item : json) {
      out_ += std::exchange(before, ',');
      write(item);
    }
    out_ += before == '[' ? "[]" : "]";
  }

  void write_string(const std::string& text) {
    if (!is_utf8(text)) {
      out_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
      return;
    }
    out_ += '"';
    for (std::string_view rest = text;;) {
      const std::size_t run = plain_prefix(rest);
      out_.append(rest.substr(0, run));
      if (run == rest.size()) break;
      write_escape(rest[run]);
      rest.remove_prefix(run + 1);
    }
    out_ += '"';
  }

  void write_escape(char c) {
    constexpr std::string_view kPlain = "\"\\\b\f\n\r\t", kNames = "\"\\bfnrt";
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::size_t at = kPlain.find(c);
    if (at != std::string_view::npos) {
      (out_ += '\\') += kNames[at];
    } else {
      ((out_ += "\\u00") += kDigits[static_cast<std::size_t>(c) >> 4]) +=
          kDigits[static_cast<std::size_t>(c) & 15];
    }
  }

  std::string& out_;
};

}  // namespace

std::variant<Data, JsonFault> parse_json(std::string_view text) {
  if (auto data = read_json(text)) return *std::move(data);
  DataBuilder builder;
  const char* last = text.data();
  CountingInput begin(text.data(), &last), end(text.data() + text.size(), nullptr);
  if (nlohmann::json::sax_parse(begin, end, &builder)) return builder.take();
  std::size_t taken = static_cast<std::size_t>(last - text.data());
  // A place behind the last byte is the end of the text.
  std::size_t offset = std::min(builder.position() ? *builder.position() : taken, text.size());
  if (offset > 0) --offset;
  std::string_view before = text.substr(0, offset);
  JsonFault fault;
  fault.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  std::size_t line_begin = before.rfind('\n');
  fault.column = offset - (line_begin == std::string_view::npos ? 0 : line_begin + 1) + 1;
  fault.pointer = builder.pointer();
  fault.message = builder.message();
  return fault;
}

bool is_beyond_integers(const JsonFault& fault) { return fault.message.ends_with(kBeyondIntegers); }

Json to_json(const Data& data) {
  switch (data.kind()) {
    case Data::Kind::kNil: return nullptr;
    case Data::Kind::kBool: return *data.boolean();
    case Data::Kind::kInt: return *data.integer();
    case Data::Kind::kDouble: return *data.real();
    case Data::Kind::kString: return *data.string();
    case Data::Kind::kDate: return iso_date(*data.date());
    case Data::Kind::kTime: return document::json_time(*data.time());
    case Data::Kind::kList: {
      Json list = Json::array();
      for (const Data& item : *data.list()) list.push_back(to_json(item));
      return list;
    }
    case Data::Kind::kMap: break;
  }
  Json object = Json::object();
  // Keys of a map are told apart already: no look-up for each.
  auto& members = object.get_ref<Json::object_t&>();
  for (const auto& [key, value] : *data.map()) {
    members.Json::object_t::Container::emplace_back(key, to_json(value));
  }
  return object;
}

std::string pointer_step(std::string_view key) {
  std::string step;
  for (char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

std::string dump(const Json& json) {
  std::string text;
  Writer(text).write(json);
  return text += '\n';
}

}  // namespace stet::api
