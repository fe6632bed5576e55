// A path of a file or folder inside the repository, which cannot leave it.
//
// Invariants, held from construction on: valid UTF-8 of 1 to 4096 bytes; components parted by
// single slashes, each of 1 to 255 bytes; none is ".", "..", or a spelling of ".git" that some file
// system takes for it; no NUL, backslash or control character; no slash at either end. Values; any
// thread.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet {

class RepoPath {
 public:
  // kInvalidInput, with the reason, for anything that breaks an invariant above.
  static Result<RepoPath> parse(std::string_view text);

  const std::string& string() const { return text_; }
  std::string_view view() const { return text_; }

  std::string_view filename() const;   // "x.md" of "_posts/2020/x.md"
  std::string_view folder() const;     // "_posts/2020" of "_posts/2020/x.md"; "" at the root
  std::string_view extension() const;  // ".md"; "" if there is none; ".gz" of "a.tar.gz"
  std::string_view stem() const;       // "x" of "_posts/2020/x.md"

  // True for "a/b" and "a/b/c" below "a/b"; never for "a/bc". Everything is below "".
  bool is_below(std::string_view folder) const;

  friend auto operator<=>(const RepoPath&, const RepoPath&) = default;

 private:
  explicit RepoPath(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace stet

template <>
struct std::hash<stet::RepoPath> {
  std::size_t operator()(const stet::RepoPath& path) const noexcept {
    return std::hash<std::string>()(path.string());
  }
};
