#include "cms/document/yaml.h"

#include "cms/document/compose.h"
#include "cms/document/front_matter.h"
#include "cms/document/syntax.h"

namespace stet::document {

Data parse_yaml(std::string_view bytes, std::string_view path, Problems& problems) {
  Source source{bytes, find_front_matter(bytes).text_begin, bytes.size(), path};
  auto syntax = read_syntax(source, problems);
  if (!syntax) return {};
  if (syntax->root < 0) return false;
  return compose(source, *syntax, problems).value_or(Data());
}

}  // namespace stet::document
