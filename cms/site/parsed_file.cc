#include "cms/site/parsed_file.h"

#include <bit>

#include "storage/base/byte_code.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;

constexpr std::size_t kRecordBytesMax = std::size_t{1} << 20;
constexpr int kDepthMax = 100;  // deeper than YAML may go

class Encoder {
 public:
  void add(const Value& value) {
    if (out_.size() > kRecordBytesMax) is_whole_ = false;
    if (!is_whole_) return;
    out_.byte(static_cast<std::uint8_t>(value.type()));
    switch (value.type()) {
      case Type::kNil: return;
      case Type::kBool: return out_.byte(value.as_bool() ? 1 : 0);
      case Type::kInteger: return out_.signed_count(value.as_integer());
      case Type::kFloat: return out_.number(std::bit_cast<std::uint64_t>(value.as_float()));
      case Type::kString: return out_.short_text(value.as_string());
      case Type::kDate: return add_date(value.as_date());
      case Type::kTime: return add_time(value);
      case Type::kArray:
        out_.count(value.as_array().items.size());
        for (const Value& item : value.as_array().items) add(item);
        return;
      case Type::kHash: return add_entries(value.as_hash());
      default: is_whole_ = false;
    }
  }

  void add_entries(const Hash& hash) {
    out_.count(hash.entries().size());
    for (const auto& [key, value] : hash.entries()) {
      out_.short_text(key);
      add(value);
    }
  }

  ByteWriter& out() { return out_; }
  bool is_whole() const { return is_whole_ && out_.size() <= kRecordBytesMax; }

 private:
  void add_date(const Date& date) {
    out_.signed_count(date.year);
    out_.byte(date.month);
    out_.byte(date.day);
  }
  void add_time(const Value& value) {
    const Time& time = value.as_time();
    is_whole_ = is_whole_ && !value.is_live_time();
    out_.signed_count(time.seconds);
    out_.signed_count(time.nanoseconds);
    out_.signed_count(time.offset_seconds);
    out_.byte(time.is_utc ? 1 : 0);
  }

  ByteWriter out_;
  bool is_whole_ = true;
};

class Decoder {
 public:
  explicit Decoder(std::string_view record) : in_(record) {}

  ByteReader& in() { return in_; }
  bool is_good() const { return in_.is_good() && is_sound_; }

  liquid::Ref<Hash> entries(int depth = 0) {
    std::vector<Hash::Entry> entries;
    std::size_t left = in_.count_of(2);
    entries.reserve(left);
    for (; left > 0 && is_good(); --left) {
      std::string key(in_.short_text());
      entries.emplace_back(std::move(key), value(depth + 1));
    }
    return liquid::Ref<Hash>(new Hash(std::move(entries)));
  }

 private:
  Value value(int depth) {
    is_sound_ = is_sound_ && depth <= kDepthMax;
    if (!is_good()) return Value();
    switch (static_cast<Type>(in_.byte())) {
      case Type::kNil: return Value();
      case Type::kBool: return Value(in_.byte() == 1);
      case Type::kInteger: return Value(in_.signed_count());
      case Type::kFloat: return Value(std::bit_cast<double>(in_.number()));
      case Type::kString: return Value(std::string(in_.short_text()));
      case Type::kDate: return Value(date());
      case Type::kTime: return Value(time());
      case Type::kArray: {
        std::vector<Value> items;
        for (std::size_t left = in_.count_of(1); left > 0 && is_good(); --left) {
          items.push_back(value(depth + 1));
        }
        return liquid::make_array(std::move(items));
      }
      case Type::kHash: return Value(entries(depth));
      default: is_sound_ = false; return Value();
    }
  }

  Date date() {
    Date date;
    date.year = static_cast<std::int32_t>(in_.signed_count());
    date.month = in_.byte();
    date.day = in_.byte();
    is_sound_ = is_sound_ && is_valid(date);
    return is_sound_ ? date : Date();
  }
  Time time() {
    Time time;
    time.seconds = in_.signed_count();
    time.nanoseconds = static_cast<std::int32_t>(in_.signed_count());
    time.offset_seconds = static_cast<std::int32_t>(in_.signed_count());
    time.is_utc = in_.byte() == 1;
    return time;
  }

  ByteReader in_;
  bool is_sound_ = true;
};

}  // namespace

std::optional<std::string> encode_parsed(const ParsedFile& file, std::string_view path) {
  if (file.body.is_held()) return std::nullopt;
  Encoder encoder;
  ByteWriter& out = encoder.out();
  out.byte(file.has_front_matter ? 1 : 0);
  out.count(file.body.offset());
  out.count(file.body.size());
  out.array(file.body.fingerprint().bytes);
  out.count(static_cast<std::uint64_t>(file.body_line));
  encoder.add_entries(*file.front_matter);
  out.count(file.problems.size());
  for (const Problem& problem : file.problems) {
    if (problem.path != path) return std::nullopt;
    out.byte(problem.severity == Severity::kError ? 1 : 0);
    out.signed_count(problem.line);
    out.signed_count(problem.column);
    out.short_text(problem.message);
  }
  return encoder.is_whole() ? std::optional(out.take()) : std::nullopt;
}

ParsedFilePtr decode_parsed(std::string_view record, const BlobId& blob, const std::string& path) {
  Decoder decoder(record);
  ByteReader& in = decoder.in();
  auto file = std::make_shared<ParsedFile>();
  file->blob = blob;
  file->has_front_matter = in.byte() == 1;
  std::uint64_t offset = in.count(), size = in.count();
  file->body = Text::of_file(offset, size, Fingerprint{in.array<16>()});
  file->body_line = static_cast<int>(in.count());
  file->front_matter = decoder.entries();
  for (std::size_t left = in.count_of(4); left > 0 && decoder.is_good(); --left) {
    Problem problem;
    problem.severity = in.byte() == 1 ? Severity::kError : Severity::kWarning;
    problem.path = path;
    problem.line = static_cast<int>(in.signed_count());
    problem.column = static_cast<int>(in.signed_count());
    problem.message = in.short_text();
    file->problems.push_back(std::move(problem));
  }
  return decoder.is_good() && in.is_done() ? ParsedFilePtr(std::move(file)) : nullptr;
}

}  // namespace stet::site
