#include "api/routes/public_search_page.h"

#include "api/http/url.h"

namespace stet::api {
namespace {

constexpr std::string_view kPlainBegin =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Search</title>\n<style>"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "input{font:inherit;padding:.4rem .6rem;width:min(24rem,65%)}button{font:inherit;padding:.4rem "
    ".8rem}</style>\n</head>\n<body>\n<main>\n<h1>Search</h1>\n";
constexpr std::string_view kEmptyField = "name=\"q\" value=\"\"";

std::string escaped(std::string_view text) {
  std::string html;
  for (char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html += c;
    }
  }
  return html;
}

std::string marked_html(const search::Parts& parts) {
  std::string html;
  for (const search::Part& part : parts) {
    html += part.is_match ? "<mark>" + escaped(part.text) + "</mark>" : escaped(part.text);
  }
  return html;
}

std::string link_to(const ShownSearch& shown, std::size_t page, std::string_view words) {
  std::string address = "?q=" + http::percent_encode(shown.text);
  if (page > 1) address += "&page=" + std::to_string(page);
  return "<a href=\"" + escaped(address) + "\">" + std::string(words) + "</a>";
}

std::string count_html(const ShownSearch& shown) {
  std::string count = std::to_string(shown.total) + (shown.is_more ? "+" : "");
  std::string pages = shown.total == 1 ? " page" : " pages";
  if (shown.total == 0) count = "No";
  return "<p class=\"search-count\" role=\"status\">" + count + pages +
         " found for <q dir=\"auto\">" + escaped(shown.text) + "</q>.</p>\n";
}

std::string results_html(const ShownSearch& shown) {
  if (!shown.trouble.empty()) {
    return "<p class=\"search-count\" role=\"status\">" + escaped(shown.trouble) + ".</p>\n";
  }
  if (shown.text.empty()) return "";
  std::string html = count_html(shown);
  if (!shown.entries.empty()) html += "<ol class=\"search-results\">\n";
  for (const FoundEntry& entry : shown.entries) {
    html += "<li dir=\"auto\"><a href=\"" + escaped(shown.baseurl + entry.url) + "\">" +
            marked_html(entry.hit->title) + "</a>\n<p>" + marked_html(entry.hit->snippet) +
            "</p></li>\n";
  }
  if (!shown.entries.empty()) html += "</ol>\n";
  if (shown.page <= 1 && !shown.has_next) return html;
  html += "<nav class=\"search-pages\" aria-label=\"Results\">";
  if (shown.page > 1) html += link_to(shown, shown.page - 1, "Before") + " ";
  if (shown.has_next) html += link_to(shown, shown.page + 1, "More");
  return html + "</nav>\n";
}

std::string with(std::string page, std::string_view what, std::string_view instead) {
  std::size_t at = page.find(what);
  if (at != std::string::npos) page.replace(at, what.size(), instead);
  return page;
}

}  // namespace

std::string search_json(const ShownSearch& shown) {
  Json items = Json::array();
  for (const FoundEntry& entry : shown.entries) {
    Json item = {{"title", entry.title},
                 {"url", shown.baseurl + entry.url},
                 {"title_parts", to_json(entry.hit->title)},
                 {"snippet", to_json(entry.hit->snippet)}};
    if (entry.document->facts().has_date && entry.document->facts().collection == "posts") {
      item["date"] = iso_instant(Instant{entry.document->facts().date.seconds});
    }
    items.push_back(std::move(item));
  }
  return dump({{"query", shown.text},
               {"items", std::move(items)},
               {"total", shown.total},
               {"is_more", shown.is_more},
               {"next_page", shown.has_next ? Json(shown.page + 1) : Json()}});
}

std::string search_html(const ShownSearch& shown,
                        const std::optional<std::string>& page,
                        std::string_view mark) {
  std::string field = "name=\"q\" value=\"" + escaped(shown.text) + "\"";
  std::string results = results_html(shown);
  if (page) {
    // The results last: what somebody typed is never looked through for the field.
    std::size_t at = page->find(mark);
    std::string before = with(page->substr(0, at), kEmptyField, field);
    return before + results + page->substr(at + mark.size());
  }
  std::string html(kPlainBegin);
  html += "<form role=\"search\" action=\"" + escaped(shown.baseurl) +
          "/search\"><input type=\"search\" aria-label=\"Search\" maxlength=\"200\" dir=\"auto\" " +
          field + "> <button>Search</button></form>\n";
  return html + results + "<p><a href=\"" + escaped(shown.baseurl) +
         "/\">To the start page</a></p>\n</main>\n</body>\n</html>\n";
}

}  // namespace stet::api
