#include "storage/git/commit_text.h"

#include <algorithm>
#include <charconv>

namespace stet::storage {
namespace {

// What stands behind `word` on the next line, which is taken; none where another word is there.
std::optional<std::string_view> take_line(std::string_view& bytes, std::string_view word) {
  std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos || !bytes.starts_with(word)) return std::nullopt;
  std::string_view value = bytes.substr(word.size(), end - word.size());
  bytes.remove_prefix(end + 1);
  return value;
}

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size();
}

// "Name <email> 1600000000 +0200"
std::optional<Signature> read_signature(std::string_view line) {
  std::size_t open = line.rfind(" <"), close = line.rfind("> ");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  Signature signature;
  signature.name = line.substr(0, open);
  signature.email = line.substr(open + 2, close - open - 2);
  std::string_view when = line.substr(close + 2);
  std::size_t blank = when.find(' ');
  int zone = 0;
  if (blank == std::string_view::npos || when.size() != blank + 6 ||
      !read_number(when.substr(0, blank), signature.when.seconds) ||
      !read_number(when.substr(blank + 2), zone)) {
    return std::nullopt;
  }
  int minutes = zone / 100 * 60 + zone % 100;
  signature.when.offset_seconds = (when[blank + 1] == '-' ? -60 : 60) * minutes;
  return signature;
}

}  // namespace

std::optional<CommitRecord> parse_commit(const CommitId& id, std::string_view bytes) {
  CommitRecord record;
  record.id = id;
  auto tree = TreeId::parse(take_line(bytes, "tree ").value_or(""));
  if (!tree) return std::nullopt;
  record.tree = *tree;
  while (auto line = take_line(bytes, "parent ")) {
    auto parent = CommitId::parse(*line);
    if (!parent) return std::nullopt;
    record.parents.push_back(*parent);
  }
  for (auto [word, signature] :
       {std::pair{"author ", &record.author}, std::pair{"committer ", &record.committer}}) {
    auto found = read_signature(take_line(bytes, word).value_or(""));
    if (!found) return std::nullopt;
    *signature = *std::move(found);
  }
  if (!bytes.starts_with('\n')) return std::nullopt;  // a line that is not known here
  record.message = bytes.substr(std::min(bytes.find_first_not_of('\n'), bytes.size()));
  return record;
}

}  // namespace stet::storage
