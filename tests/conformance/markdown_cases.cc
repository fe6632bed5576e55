#include "tests/conformance/markdown_cases.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cms/markdown/render.h"
#include "tests/conformance/normal_html.h"

namespace stet::markdown {
namespace {

using Json = nlohmann::json;

Result<Json> read_cases(const std::string& path) {
  std::ifstream file(path);
  if (!file) return not_found("no suite at " + path);
  Json json = Json::parse(file, nullptr, false);
  if (json.is_discarded() || !json.contains("cases")) return invalid_input(path + " is no suite");
  return std::move(json["cases"]);
}

void judge(MarkdownCase& test) {
  test.has_passed =
      conformance::normal_html(test.actual) == conformance::normal_html(test.expected);
}

MarkdownSuite run_kramdown(const Json& cases) {
  MarkdownSuite suite{.name = "markdown/kramdown.json", .cases = {}};
  for (const Json& json : cases) {
    MarkdownCase test{.name = json["name"],
                      .source = json["text"],
                      .expected = json["expected_jekyll"],
                      .actual = "",
                      .has_passed = false};
    test.actual = render(test.source, Options()).html;
    judge(test);
    suite.cases.push_back(std::move(test));
  }
  return suite;
}

// Rouge's spans around tokens taken off: they hold nothing but text and one another.
std::string without_token_spans(std::string html) {
  for (std::size_t at = html.find("<span"); at != html.npos; at = html.find("<span", at)) {
    html.erase(at, html.find('>', at) + 1 - at);
  }
  for (std::size_t at = html.find("</span>"); at != html.npos; at = html.find("</span>", at)) {
    html.erase(at, std::string_view("</span>").size());
  }
  return html;
}

MarkdownSuite run_rouge(const Json& cases) {
  MarkdownSuite suite{.name = "markdown/rouge.json", .cases = {}};
  for (const Json& json : cases) {
    const std::string language = json["lang"];
    const std::string code = json["code"];
    const std::string fence = code.find("````") == code.npos ? "````" : "~~~~~~~~";
    MarkdownCase test;
    test.name = json["name"];
    test.source =
        fence + language + "\n" + code + (code.ends_with('\n') ? "" : "\n") + fence + "\n";
    test.expected =
        "<div class=\"language-" + language +
        " highlighter-rouge\"><div class=\"highlight\"><pre class=\"highlight\"><code>" +
        without_token_spans(json["html"]) + (code.ends_with('\n') ? "" : "\n") +
        "</code></pre></div></div>";
    test.actual = without_token_spans(render(test.source, Options()).html);
    judge(test);
    suite.cases.push_back(std::move(test));
  }
  return suite;
}

}  // namespace

std::size_t MarkdownSuite::passed() const {
  return static_cast<std::size_t>(std::count_if(
      cases.begin(), cases.end(), [](const MarkdownCase& test) { return test.has_passed; }));
}

Result<std::vector<MarkdownSuite>> run_markdown_suites(const std::string& folder) {
  const Json kramdown = TRY(read_cases(folder + "/markdown/kramdown.json"));
  const Json rouge = TRY(read_cases(folder + "/markdown/rouge.json"));
  return std::vector<MarkdownSuite>{run_kramdown(kramdown), run_rouge(rouge)};
}

}  // namespace stet::markdown
