#include "api/docs/error_page.h"

#include "api/docs/html.h"
#include "api/routes/problem_type.h"

namespace stet::docs {
namespace {

constexpr char kAbout[] =
    "<p>Whatever cannot be done is answered by a problem (RFC 9457, "
    "<code>application/problem+json</code>): <code>type</code> leads to its place on this page, "
    "<code>title</code> and <code>status</code> are the same each time, <code>detail</code> is "
    "about this occurrence, and <code>instance</code> names it in the server's log. Where fields "
    "are wrong, <code>errors</code> has a JSON Pointer for each. "
    "<code>GET /api/v1/errors</code> has this page as JSON.</p>\n";

std::string section_of(const api::ProblemRow& row) {
  return "<section id=\"" + escaped(row.name) + "\">\n<h2>" + escaped(row.title) + "</h2>\n" +
         "<p><code>" + escaped(row.name) + "</code>, status " + std::to_string(row.status) +
         "</p>\n<p>" + escaped(row.meaning) + "</p>\n<p><strong>What to do:</strong> " +
         escaped(row.mend) + "</p>\n</section>\n";
}

}  // namespace

std::string error_page() {
  std::string html = kAbout;
  html += table_frame("All types") +
          "<table>\n"
          "<thead><tr><th>Status</th><th>Type</th><th>Title</th></tr></thead>\n<tbody>\n";
  for (const api::ProblemRow& row : api::problem_types()) {
    html += "<tr><td>" + std::to_string(row.status) + "</td><td><a href=\"#" + escaped(row.name) +
            "\">" + escaped(row.name) + "</a></td><td>" + escaped(row.title) + "</td></tr>\n";
  }
  html += "</tbody>\n</table>\n</div>\n";
  for (const api::ProblemRow& row : api::problem_types()) html += section_of(row);
  return html;
}

}  // namespace stet::docs
