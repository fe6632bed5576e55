#include "cms/markdown/span_search.h"

#include <algorithm>
#include <string>

#include "cms/markdown/characters.h"
#include "cms/markdown/smart_quotes.h"

namespace stet::markdown {

template <typename Find>
std::size_t SpanSearch::remembered(Found& found, std::size_t from, Find find) {
  const bool is_known = found.from != npos && from >= found.from && from <= found.at;
  if (!is_known) found = {from, find(from)};
  return found.at;
}

std::size_t SpanSearch::next(char c, Found& found, std::size_t from) {
  return remembered(found, from, [&](std::size_t begin) { return text_.find(c, begin); });
}

std::size_t SpanSearch::next_dollars(std::size_t from) {
  return remembered(dollars_, from, [&](std::size_t begin) { return text_.find("$$", begin); });
}

std::size_t SpanSearch::next_tildes(std::size_t from) {
  return remembered(tildes_, from, [&](std::size_t begin) {
    std::size_t at = text_.find("~~", std::max<std::size_t>(begin, 1));
    while (at != npos && (is_space(text_[at - 1]) || text_[at - 1] == '~')) {
      at = text_.find("~~", at + 1);
    }
    return at;
  });
}

std::size_t SpanSearch::next_brace(std::size_t from) {
  return remembered(brace_, from, [&](std::size_t begin) {
    std::size_t at = text_.find('}', begin);
    while (at != npos && at > 0 && text_[at - 1] == '\\') at = text_.find('}', at + 1);
    return at;
  });
}

std::size_t SpanSearch::next_title_end(char quote, std::size_t from) {
  return remembered(quote == '"' ? double_title_ : single_title_, from, [&](std::size_t begin) {
    for (std::size_t at = text_.find(quote, begin); at != npos; at = text_.find(quote, at + 1)) {
      std::size_t behind = at + 1;
      while (is_space_at(text_, behind)) ++behind;
      if (behind < text_.size() && text_[behind] == ')') return at;
    }
    return npos;
  });
}

std::size_t SpanSearch::next_backticks(std::size_t count, std::size_t from) {
  if (has_backticks_) {
    const auto run = std::lower_bound(
        backticks_.begin(), backticks_.end(), from, [](const Backticks& known, std::size_t at) {
          return known.begin < at;
        });
    if (run == backticks_.end() || run->longest_from_here < count) return npos;
  }
  const std::size_t at = text_.find(std::string(count, '`'), from);
  if (at == npos) find_backticks();
  return at;
}

void SpanSearch::find_backticks() {
  if (has_backticks_) return;
  has_backticks_ = true;
  for (std::size_t at = text_.find('`'); at != npos;) {
    const std::size_t end = std::min(text_.find_first_not_of('`', at), text_.size());
    backticks_.push_back({at, end - at});
    at = text_.find('`', end);
  }
  for (std::size_t i = backticks_.size(); i-- > 1;) {
    backticks_[i - 1].longest_from_here =
        std::max(backticks_[i - 1].longest_from_here, backticks_[i].longest_from_here);
  }
}

std::size_t SpanSearch::next_extension_end(std::size_t extension, std::size_t from) {
  return remembered(extensions_[extension], from, [&](std::size_t begin) {
    for (std::size_t at = text_.find("{:/", begin); at != npos; at = text_.find("{:/", at + 1)) {
      std::string_view rest = text_.substr(at + 3);
      if (rest.starts_with('}')) return at;
      if (!rest.starts_with(kExtensions[extension])) continue;
      if (rest.substr(kExtensions[extension].size()).starts_with('}')) return at;
    }
    return npos;
  });
}

SpanSearch::AddressStop SpanSearch::address_stop(std::size_t at) {
  if (!has_addresses_) find_addresses();
  const auto found = std::lower_bound(
      addresses_.begin(), addresses_.end(), at, [](const Address& known, std::size_t begin) {
        return known.begin < begin;
      });
  return found == addresses_.end() || found->begin != at ? AddressStop() : found->stop;
}

void SpanSearch::find_addresses() {
  has_addresses_ = true;
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (open.empty()) at = text_.find('(', at);  // nothing else counts outside
    if (at == npos) break;
    const char c = text_[at];
    if (c == '(') {
      open.push_back(addresses_.size());
      addresses_.push_back({at, {}});
    } else if (c == ')') {
      addresses_[open.back()].stop = {at, true};
      open.pop_back();
    } else if (is_space(c) && at + 1 < text_.size() && is_quote(text_[at + 1])) {
      for (const std::size_t index : open) addresses_[index].stop = {at, false};
      open.clear();
    }
  }
}

}  // namespace stet::markdown
