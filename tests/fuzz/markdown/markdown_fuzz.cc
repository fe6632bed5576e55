// Any bytes are Markdown: reading them ends, and what is written is bounded by what was read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/markdown/render.h"

namespace {

constexpr stet::markdown::CommonmarkOptions kGithub = {.is_of_github_pages = true,
                                                       .is_unsafe = true,
                                                       .is_smart = true,
                                                       .has_footnotes = true,
                                                       .has_positions = true,
                                                       .has_liberal_tags = true,
                                                       .has_tables = true,
                                                       .has_strikethrough = true,
                                                       .has_autolinks = true,
                                                       .has_tag_filter = true,
                                                       .has_tasks = true};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto result = stet::markdown::render(text, stet::markdown::Options());
  if (result.html.size() > 2000 * (size + 1)) std::abort();
  stet::markdown::render(text, {.hard_wrap = true, .has_highlighter = false});
  stet::markdown::render(text, {.is_gfm_input = false, .parse_block_html = true});
  stet::markdown::render(text, {.is_kramdown = false});
  const auto github = stet::markdown::render(text, {.is_kramdown = false, .commonmark = kGithub});
  if (github.html.size() > 2000 * (size + 1)) std::abort();
  stet::markdown::smartify(text);
  return 0;
}
