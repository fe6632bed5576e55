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

std::string code_html(std::string_view code) {
  return "<pre tabindex=\"0\"><code>" + escaped(code) + "</code></pre>\n";
}

std::string example_html(std::string_view title,
                         std::string_view command,
                         std::string_view status) {
  bool is_answer = status.find_first_not_of("0123456789") == std::string_view::npos;
  return "<figure class=\"example\">\n<figcaption><span class=\"title\">" + with_code(title) +
         "</span> <span class=\"end\">" + (is_answer ? "answers " : "") +
         "<span class=\"status\">" + escaped(status) + "</span></span></figcaption>\n" +
         code_html(command) + "</figure>\n";
}

std::string table_frame(std::string_view label) {
  return "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" + std::string(label) +
         "\">\n";
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
      "<header><a href=\"/docs/\">stet <span>API</span></a> <a class=\"pages\" href=\"#pages\">All "
      "pages</a></header>\n";
  html += "<main id=\"main\">\n<h1>" + escaped(title) + "</h1>\n";
  html += main;
  // After the content, where a small screen has it; beside it on a wide one.
  html += "</main>\n<nav id=\"pages\" aria-label=\"Guide\">\n";
  std::string group;
  for (const Link& link : links) {
    if (link.group != group) {
      html += std::string(group.empty() ? "" : "</ul>\n") + "<h2>" + escaped(link.group) +
              "</h2>\n<ul>\n";
      group = link.group;
    }
    html += "<li><a href=\"" + escaped(link.path) + "\"" +
            (link.path == path ? " aria-current=\"page\"" : "") + ">" + escaped(link.title) +
            "</a></li>\n";
  }
  return html + "</ul>\n</nav>\n</body>\n</html>\n";
}

}  // namespace stet::docs
