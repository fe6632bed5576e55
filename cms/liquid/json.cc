#include <cstdio>

#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

constexpr int kDepthMax = 100;
// Drops may refer to one another in rings, so what they print has an end of its own: null from
// there on.
constexpr int kDropsDeepMax = 8;
constexpr std::size_t kBytesMax = std::size_t{64} << 20;
// From this depth on the neighbours of a document are printed without what is long in them, as
// Jekyll does: posts know their next and previous, which know theirs.
constexpr int kDepthOfShortNeighbours = 2;

bool is_neighbour(std::string_view key) { return key == "next" || key == "previous"; }
bool is_long_field(std::string_view key) {
  return key == "content" || key == "output" || key == "excerpt" || is_neighbour(key);
}

class JsonWriter {
 public:
  JsonWriter(std::string& out, Host& host, JsonStyle style)
      : out_(out), host_(host), begin_(out.size()), style_(style) {}

  void write(const Value& value, bool is_short) {
    if (depth_ > kDepthMax || out_.size() - begin_ > kBytesMax) {
      out_ += "null";
      return;
    }
    switch (value.type()) {
      case Type::kNil: out_ += "null"; return;
      case Type::kBool:
      case Type::kInteger:
      case Type::kFloat: append_inspect(out_, value, host_); return;
      case Type::kArray:
      case Type::kList: write_items(value); return;
      case Type::kHash: write_hash(value.as_hash()); return;
      case Type::kDrop: write_drop(value.as_drop(), is_short); return;
      case Type::kRange: write_text(inspect(value, host_)); return;
      default: write_text(to_text(value, host_)); return;
    }
  }

 private:
  void write_text(std::string_view text) {
    out_ += '"';
    for (char c : text) {
      switch (c) {
        case '"': out_ += "\\\""; break;
        case '\\': out_ += "\\\\"; break;
        case '\b': out_ += "\\b"; break;
        case '\f': out_ += "\\f"; break;
        case '\n': out_ += "\\n"; break;
        case '\r': out_ += "\\r"; break;
        case '\t': out_ += "\\t"; break;
        default: write_byte(c);
      }
    }
    out_ += '"';
  }

  void write_byte(char c) {
    if (static_cast<unsigned char>(c) >= 0x20) {
      out_ += c;
      return;
    }
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
    out_ += buffer;
  }

  void open(char bracket) {
    out_ += bracket;
    ++depth_;
    is_first_ = true;
  }

  void next() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    break_line();
  }

  void close(char bracket) {
    --depth_;
    if (!is_first_) break_line();
    is_first_ = false;
    out_ += bracket;
  }

  void break_line() {
    if (style_ == JsonStyle::kCompact) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
  }

  void write_key(std::string_view key) {
    next();
    write_text(key);
    out_ += style_ == JsonStyle::kPretty ? ": " : ":";
  }

  void write_items(const Value& value) {
    open('[');
    for (const Value& item : items_of(value, host_)) {
      next();
      write(item, false);
      is_first_ = false;
    }
    close(']');
  }

  void write_hash(const Hash& hash) {
    open('{');
    for (const auto& [key, value] : hash.entries()) {
      write_key(key);
      write(value, false);
      is_first_ = false;
    }
    close('}');
  }

  void write_drop(const Drop& drop, bool is_short) {
    if (drops_deep_ >= kDropsDeepMax) {
      out_ += "null";
      return;
    }
    ++drops_deep_;
    const bool shortens = depth_ >= kDepthOfShortNeighbours;
    open('{');
    for (const std::string& key : drop.keys(host_)) {
      if (is_short && is_long_field(key)) continue;
      write_key(key);
      write(drop.get(key, host_), shortens && is_neighbour(key));
      is_first_ = false;
    }
    close('}');
    --drops_deep_;
  }

  std::string& out_;
  Host& host_;
  const std::size_t begin_;
  int drops_deep_ = 0;
  const JsonStyle style_;
  int depth_ = 0;
  bool is_first_ = true;
};

}  // namespace

void append_json(std::string& out, const Value& value, Host& host, JsonStyle style) {
  JsonWriter(out, host, style).write(value, false);
}

}  // namespace stet::liquid
