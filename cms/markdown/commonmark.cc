#include "cms/markdown/commonmark.h"

#include <cmark.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <vector>

#include "cms/highlight/highlight.h"
#include "cms/markdown/header_ids.h"
#include "cms/markdown/html_text.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {
namespace {

int flags_of(const CommonmarkOptions& options) {
  int flags = CMARK_OPT_DEFAULT;
  if (options.is_unsafe) flags |= CMARK_OPT_UNSAFE;
  if (options.is_smart) flags |= CMARK_OPT_SMART;
  if (options.has_hard_breaks) flags |= CMARK_OPT_HARDBREAKS;
  if (options.has_no_breaks) flags |= CMARK_OPT_NOBREAKS;
  return flags;
}

std::string html_of(cmark_node* node, int flags) {
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  const std::unique_ptr<char, Free> html(cmark_render_html(node, flags));
  return html.get();
}

// What stands here is written as it is, even where HTML of the author's would be left out.
void replace(cmark_node* node, const std::string& html) {
  cmark_node* verbatim = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
  cmark_node_set_on_enter(verbatim, html.c_str());
  cmark_node_replace(node, verbatim);
  cmark_node_free(node);
}

std::string code_html(cmark_node* node) {
  const std::string_view info = cmark_node_get_fence_info(node);
  const std::string language(info.substr(0, info.find_first_of(" \t")));
  std::string html = "<div class=\"";
  if (!language.empty()) {
    html += "language-";
    append_escaped(html, language);
    html += ' ';
  }
  html += "highlighter-rouge\"><div class=\"highlight\"><pre class=\"highlight\"><code";
  if (!language.empty()) append_attribute(html, "data-lang", language);
  html += '>' + highlight::to_html(language, cmark_node_get_literal(node));
  return html + "</code></pre></div></div>";
}

// GitHub's variant gives headers kramdown's ids, made of their HTML.
class Headers {
 public:
  explicit Headers(int flags) : flags_(flags) {}

  std::string html_of(cmark_node* header) {
    std::string content;
    for (cmark_node* child = cmark_node_first_child(header); child != nullptr;
         child = cmark_node_next(child)) {
      content += markdown::html_of(child, flags_);
    }
    std::string id = plain_id(content);
    if (id.empty()) id = "section";
    const int repeats = seen_[id]++;
    if (repeats > 0) id += "-" + std::to_string(repeats);
    const std::string tag = "h" + std::to_string(cmark_node_get_heading_level(header));
    return "<" + tag + " id=\"" + id + "\">" + content + "</" + tag + ">";
  }

 private:
  int flags_;
  std::map<std::string, int> seen_;
};

}  // namespace

std::string render_commonmark(std::string_view markdown,
                              const CommonmarkOptions& options,
                              Problems& problems) {
  if (!options.unread_extensions.empty()) {
    problems.push_back({Severity::kWarning,
                        "",
                        0,
                        0,
                        "CommonMark is read without the extensions that commonmark in _config.yml "
                        "names: " +
                            options.unread_extensions +
                            "; kramdown, which is read when markdown is kramdown, has tables and "
                            "footnotes"});
  }
  const int flags = flags_of(options);
  const NodeOwner root(cmark_parse_document(markdown.data(), markdown.size(), flags));
  std::vector<cmark_node*> found;
  walk(root.get(), [&](cmark_node* node, bool is_entering) {
    const cmark_node_type type = cmark_node_get_type(node);
    const bool is_wanted =
        type == CMARK_NODE_CODE_BLOCK || (type == CMARK_NODE_HEADING && options.has_header_ids);
    if (is_entering && is_wanted) found.push_back(node);
  });
  Headers headers(flags);
  for (cmark_node* node : found) {
    const bool is_header = cmark_node_get_type(node) == CMARK_NODE_HEADING;
    replace(node, is_header ? headers.html_of(node) : code_html(node));
  }
  return html_of(root.get(), flags);
}

}  // namespace stet::markdown
