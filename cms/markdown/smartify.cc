#include <string>
#include <string_view>

#include "cms/markdown/render.h"

namespace stet::markdown {

std::string smartify(std::string_view text, Options options) {
  options.is_kramdown = true;
  options.is_typography_only = true;
  options.is_gfm_input = false;
  std::string html = render(text, options).html;
  if (html.ends_with('\n')) html.pop_back();
  return html;
}

}  // namespace stet::markdown
