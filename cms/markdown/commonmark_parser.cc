#include "cms/markdown/commonmark_parser.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <array>
#include <mutex>

namespace stet::markdown {
namespace {

struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

struct Extension {
  const char* name;
  bool CommonmarkOptions::*flag;
};

constexpr std::array<Extension, 4> kExtensions = {{
    {"table", &CommonmarkOptions::has_tables},
    {"strikethrough", &CommonmarkOptions::has_strikethrough},
    {"autolink", &CommonmarkOptions::has_autolinks},
    {"tasklist", &CommonmarkOptions::has_tasks},
}};

int flags_of(const CommonmarkOptions& options) {
  int flags = CMARK_OPT_DEFAULT;
  if (options.is_unsafe) flags |= CMARK_OPT_UNSAFE;
  if (options.is_smart) flags |= CMARK_OPT_SMART;
  if (options.has_footnotes) flags |= CMARK_OPT_FOOTNOTES;
  if (options.has_liberal_tags) flags |= CMARK_OPT_LIBERAL_HTML_TAG;
  if (options.has_double_tildes) flags |= CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
  if (options.is_utf8_checked) flags |= CMARK_OPT_VALIDATE_UTF8;
  return flags;
}

}  // namespace

NodeOwner parse_commonmark(std::string_view markdown, const CommonmarkOptions& options) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(flags_of(options)));
  for (const Extension& extension : kExtensions) {
    if (!(options.*extension.flag)) continue;
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(extension.name));
  }
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  return NodeOwner(cmark_parser_finish(parser.get()));
}

}  // namespace stet::markdown
