#include "cms/search/snippet.h"

#include <algorithm>
#include <set>

#include "cms/search/words.h"
#include "storage/base/utf8.h"

namespace stet::search {
namespace {

struct Match {
  std::size_t begin = 0, end = 0;  // bytes
  std::size_t item = 0;
};

constexpr std::size_t kMatchesMax = 500;
constexpr std::size_t kLeadBytes = 60;  // shown before the first match

class Finder {
 public:
  Finder(const Query& query, bool is_inside) : is_inside_(is_inside) {
    for (const QueryItem& item : query.items) {
      if (item.kind == QueryItem::Kind::kWords && !item.is_negated) items_.push_back(&item);
    }
  }

  bool has_items() const { return !items_.empty(); }

  // All matches, by where they begin. What lies beyond `scan_max` is looked at until there is one.
  std::vector<Match> find(std::string_view text, std::size_t scan_max) const {
    std::vector<Match> matches;
    std::vector<Word> last;  // as many as the longest phrase has
    WordReader reader(text);
    for (Word word; reader.next(word) && matches.size() < kMatchesMax;) {
      if (word.begin > scan_max && !matches.empty()) break;
      last.push_back(std::move(word));
      if (last.size() > 2 * kPhraseWordsMax) {
        last.erase(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(kPhraseWordsMax));
      }
      for (std::size_t i = 0; i < items_.size(); ++i) note(last, i, matches);
    }
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    return matches;
  }

 private:
  bool is_meant(const QueryItem& item, const Word& word, std::size_t place) const {
    const std::string& wanted = item.words[place];
    if (is_inside_) return word.text.find(wanted) != std::string::npos;
    bool is_last = place + 1 == item.words.size();
    return is_last && item.is_prefix ? word.text.starts_with(wanted) : word.text == wanted;
  }

  // What ends with the last word that was read.
  void note(const std::vector<Word>& last, std::size_t index, std::vector<Match>& matches) const {
    const QueryItem& item = *items_[index];
    const Word& word = last.back();
    if (item.is_character) {
      std::size_t first = bytes_of_characters(word.text, 1);
      bool is_first = word.text.substr(0, first) == item.words.front();
      bool is_second = word.is_dense && word.text.substr(first) == item.words.front();
      if (is_first || is_second) matches.push_back({word.begin, word.end, index});
      return;
    }
    std::size_t count = item.words.size();
    if (count > last.size()) return;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_meant(item, last[last.size() - count + i], i)) return;
    }
    matches.push_back({last[last.size() - count].begin, word.end, index});
  }

  const bool is_inside_;
  std::vector<const QueryItem*> items_;
};

std::size_t to_boundary(std::string_view text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return std::min(at, text.size());
}

// The beginning of a word near `at`, or a character's.
std::size_t word_begin(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t blank = text.find(' ', at);
  return blank != std::string_view::npos && blank < at + kLeadBytes / 2 ? blank + 1
                                                                        : to_boundary(text, at);
}

std::size_t word_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  std::size_t blank = text.rfind(' ', at);
  return blank != std::string_view::npos && blank + kLeadBytes / 2 > at ? blank
                                                                        : to_boundary(text, at);
}

void append(Parts& parts, std::string_view text, bool is_match) {
  if (text.empty()) return;
  if (!parts.empty() && parts.back().is_match == is_match) {
    parts.back().text += text;
  } else {
    parts.push_back({std::string(text), is_match});
  }
}

Parts parts_of(std::string_view text,
               const std::vector<Match>& matches,
               std::size_t begin,
               std::size_t end) {
  Parts parts;
  if (begin > 0) append(parts, "…", false);
  std::size_t at = begin;
  for (const Match& match : matches) {
    if (match.end <= at || match.end > end) continue;
    std::size_t from = std::max(at, match.begin);
    append(parts, text.substr(at, from - at), false);
    append(parts, text.substr(from, match.end - from), true);
    at = match.end;
  }
  append(parts, text.substr(at, end - at), false);
  if (end < text.size()) append(parts, "…", false);
  return parts;
}

// The match from which on most different items are near.
std::size_t best_match(const std::vector<Match>& matches) {
  std::size_t best = 0, items_max = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    std::set<std::size_t> items;
    for (std::size_t j = i; j < matches.size() && j < i + 40; ++j) {
      if (matches[j].end > matches[i].begin + kSnippetBytes - kLeadBytes) break;
      items.insert(matches[j].item);
    }
    if (items.size() > items_max) best = i, items_max = items.size();
  }
  return best;
}

}  // namespace

Parts marked(std::string_view text, const Query& query, bool inside) {
  Finder finder(query, inside);
  return parts_of(text, finder.find(text, text.size()), 0, text.size());
}

Parts snippet_of(std::string_view text, const Query& query, bool inside) {
  Finder finder(query, inside);
  std::vector<Match> matches;
  if (finder.has_items()) matches = finder.find(text, kSnippetScanMax);
  std::size_t begin = 0;
  if (!matches.empty()) {
    std::size_t first = matches[best_match(matches)].begin;
    begin = first > kLeadBytes ? word_begin(text, first - kLeadBytes) : 0;
    if (begin > first) begin = first;
  }
  std::size_t end = word_end(text, std::min(begin + kSnippetBytes, text.size()));
  return parts_of(text, matches, begin, end);
}

}  // namespace stet::search
