#include "cms/site/generator.h"

namespace stet::site {

ListKey generated_key(std::int64_t place, const std::string& order) {
  std::string number = std::to_string(place);
  if (number.size() < 4) number.insert(0, 4 - number.size(), '0');
  // No name of a file begins with this byte: outputs are put in order by the text alone.
  return {place, "\xff" + number + "\n" + order, false};
}

}  // namespace stet::site
