// Any bytes are Markdown: reading them ends, and what is written is bounded by what was read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/markdown/render.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto result = stet::markdown::render(text, stet::markdown::Options());
  if (result.html.size() > 2000 * (size + 1)) std::abort();
  stet::markdown::render(text, {.hard_wrap = true, .has_highlighter = false});
  stet::markdown::render(text, {.is_gfm_input = false, .parse_block_html = true});
  stet::markdown::render(text, {.is_kramdown = false});
  stet::markdown::smartify(text);
  return 0;
}
