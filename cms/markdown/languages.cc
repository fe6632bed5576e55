#include "cms/markdown/languages.h"

#include <algorithm>
#include <cstddef>

namespace stet::markdown {
namespace {

constexpr std::string_view kPrefix = "language-";

// Calls use(word) for each of the words.
template <typename Use>
void each_class(std::string_view classes, Use use) {
  while (!classes.empty()) {
    const std::size_t end = std::min(classes.find_first_of(" \t\n"), classes.size());
    if (end > 0) use(classes.substr(0, end));
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
}

}  // namespace

std::string language_in_class(std::string_view classes) {
  std::string language;
  each_class(classes, [&](std::string_view word) {
    if (language.empty() && word.starts_with(kPrefix)) language = word.substr(kPrefix.size());
  });
  return language;
}

std::string classes_but_language(std::string_view classes) {
  std::string others;
  each_class(classes, [&](std::string_view word) {
    if (word.starts_with(kPrefix)) return;
    if (!others.empty()) others += ' ';
    others += word;
  });
  return others;
}

}  // namespace stet::markdown
