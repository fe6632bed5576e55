#include "cms/markdown/code_format.h"

#include <algorithm>

namespace stet::markdown {
namespace {

std::string numbered(std::string_view code, std::string html, const CodeFormat& format) {
  auto lines = std::count(code.begin(), code.end(), '\n');
  if (!code.ends_with('\n')) {
    ++lines;
    html += '\n';
  }
  std::string table = "<table class=\"" + format.table_class + "\"><tbody><tr><td class=\"" +
                      format.gutter_class + " gl\"><pre class=\"lineno\">";
  for (std::ptrdiff_t line = 0; line < lines; ++line) {
    table += std::to_string(format.first_line + line) + "\n";
  }
  return table + "</pre></td><td class=\"" + format.code_class + "\"><pre>" + html +
         "</pre></td></tr></tbody></table>";
}

}  // namespace

std::string format_code(std::string_view code, std::string html, const CodeFormat& format) {
  if (format.has_line_numbers) html = numbered(code, std::move(html), format);
  if (!format.has_frame) return html;
  return "<div class=\"highlight\"><pre class=\"" + format.frame_class + "\"><code>" + html +
         "</code></pre></div>";
}

}  // namespace stet::markdown
