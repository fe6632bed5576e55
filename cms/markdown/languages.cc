#include "cms/markdown/languages.h"

#include <algorithm>
#include <cstddef>

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

constexpr std::string_view kPrefix = "language-";

// Where the first "language-name" begins that no word runs into, and where it ends; npos if none.
struct Place {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
};

Place find_language(std::string_view classes) {
  for (std::size_t at = classes.find(kPrefix); at != classes.npos;
       at = classes.find(kPrefix, at + 1)) {
    const std::size_t name = at + kPrefix.size();
    const std::size_t end = std::min(classes.find_first_of(" \t\n\v\f\r", name), classes.size());
    if (end > name && (at == 0 || !is_word(classes[at - 1]))) return {at, end};
  }
  return {};
}

}  // namespace

std::string language_in_class(std::string_view classes) {
  const Place place = find_language(classes);
  if (place.begin == classes.npos) return "";
  const std::size_t name = place.begin + kPrefix.size();
  return std::string(classes.substr(name, place.end - name));
}

std::string classes_but_language(std::string_view classes) {
  const Place place = find_language(classes);
  if (place.begin == classes.npos) return std::string(classes);
  std::string others(classes.substr(0, place.begin));
  others += classes.substr(place.end);
  return std::string(trimmed(others));
}

std::string with_language(std::string_view classes, std::string_view language) {
  std::string all(kPrefix);
  all += language;
  const Place place = find_language(classes);
  if (place.begin == 0) return all.append(classes.substr(place.end));
  return (all += ' ').append(classes);
}

}  // namespace stet::markdown
