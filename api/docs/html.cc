#include "api/docs/html.h"

namespace stet::docs {

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      default: html += c;
    }
  }
  return html;
}

std::string with_code(std::string_view text) {
  std::string html;
  while (true) {
    std::size_t open = text.find('`');
    std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) return html + escaped(text);
    html += escaped(text.substr(0, open));
    html += "<code>" + escaped(text.substr(open + 1, close - open - 1)) + "</code>";
    text.remove_prefix(close + 1);
  }
}

std::string framed(std::string_view path,
                   std::string_view title,
                   std::string_view main,
                   std::span<const Link> links) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      escaped(title) +
      " · stet API</title>\n"
      "<link rel=\"stylesheet\" href=\"/docs/guide.css\">\n</head>\n<body>\n"
      "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
      "<header><a href=\"/docs/\">stet API</a></header>\n"
      "<nav aria-label=\"Guide\">\n<ul>\n";
  for (const Link& link : links) {
    html += "<li><a href=\"" + escaped(link.path) + "\"" +
            (link.path == path ? " aria-current=\"page\"" : "") + ">" + escaped(link.title) +
            "</a></li>\n";
  }
  html += "</ul>\n</nav>\n<main id=\"main\">\n<h1>" + escaped(title) + "</h1>\n";
  html += main;
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace stet::docs
