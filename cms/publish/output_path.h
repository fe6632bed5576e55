// Where a page lies below the root of the public site: "ptim2020/index.html".
//
// Invariants, held from construction on: valid UTF-8 of 1 to 4096 bytes; components parted by
// single slashes, each of 1 to 255 bytes; none is "." or ".."; no NUL; no slash at either end. So
// an output path can be joined to a folder and never leaves it. Values; any thread.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::publish {

class OutputPath {
 public:
  // kInvalidInput, with the reason, for anything that breaks an invariant above.
  static Result<OutputPath> parse(std::string_view text);

  const std::string& string() const { return text_; }
  std::string_view view() const { return text_; }
  std::string_view filename() const;   // "index.html" of "ptim2020/index.html"
  std::string_view folder() const;     // "ptim2020"; "" at the root
  std::string_view extension() const;  // ".html"; "" if there is none

  friend bool operator==(const OutputPath&, const OutputPath&) = default;
  friend auto operator<=>(const OutputPath&, const OutputPath&) = default;
  friend bool operator==(const OutputPath& a, std::string_view b) { return a.text_ == b; }
  friend auto operator<=>(const OutputPath& a, std::string_view b) { return a.view() <=> b; }

 private:
  explicit OutputPath(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// The path of its URL from the public root, percent-encoded (RFC 3986 3.3): "/ptim2020/" of
// "ptim2020/index.html", "/a%20b.html" of "a b.html".
std::string url_of(const OutputPath& path);

// Any path, slashes kept, whatever has a meaning elsewhere in a URL as %XX.
std::string encode_url_path(std::string_view path);

}  // namespace stet::publish

template <>
struct std::hash<stet::publish::OutputPath> {
  std::size_t operator()(const stet::publish::OutputPath& path) const noexcept {
    return std::hash<std::string>()(path.string());
  }
};
