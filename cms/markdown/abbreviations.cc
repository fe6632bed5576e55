#include "cms/markdown/abbreviations.h"

#include <algorithm>

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

std::size_t common_prefix(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(
      std::mismatch(a.begin(),
                    a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())),
                    b.begin())
          .first -
      a.begin());
}

// The longest abbreviation that the text begins with.
Abbreviations::const_iterator longest_at_start(std::string_view text, const Abbreviations& known) {
  while (!text.empty()) {
    auto found = known.upper_bound(text);
    if (found == known.begin()) break;
    --found;
    const std::size_t common = common_prefix(text, found->first);
    if (common == found->first.size()) return found;
    text = text.substr(0, common);
  }
  return known.end();
}

// Does any of them, the shorter ones too, end where a word does?
bool ends_at_word(std::string_view text, std::string_view longest, const Abbreviations& known) {
  while (!longest.empty()) {
    if (!is_word_at(text, longest.size())) return true;
    const auto shorter = longest_at_start(longest.substr(0, longest.size() - 1), known);
    if (shorter == known.end()) break;
    longest = shorter->first;
  }
  return false;
}

}  // namespace

std::vector<AbbreviationPlace> find_abbreviations(std::string_view text,
                                                  const Abbreviations& abbreviations) {
  std::vector<AbbreviationPlace> places;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = longest_at_start(text.substr(at), abbreviations);
    if (found != abbreviations.end() &&
        ends_at_word(text.substr(at), found->first, abbreviations)) {
      places.push_back({at, found});
      at += found->first.size();
      continue;
    }
    while (at < text.size() && is_word(text[at])) ++at;
    if (at < text.size()) at += character_size(text, at);
  }
  return places;
}

}  // namespace stet::markdown
