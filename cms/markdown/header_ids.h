// The ids of headers, as GitHub makes them and kramdown's GFM parser after it.
//
// "Über uns, kurz" is "über-uns-kurz"; a second one gets "-1". Headers inside HTML elements have
// kramdown's own rule: ASCII letters, digits, blanks and hyphens only, from the first letter on.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cms/markdown/render.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

// What a header, or a term, says in words: pictures say nothing. kramdown's own rule, where it
// strips markup, knows text alone, and not code.
std::string words_of(cmark_node* header, bool is_text_alone);
// kramdown's own id, "" if nothing is left.
std::string plain_id(std::string_view text);

// One a document; headers come in their order. The options must outlive it.
class HeaderIds {
 public:
  explicit HeaderIds(const Options& options) : options_(options) {}

  // `is_of_root`: the header lies in no HTML element and no footnote.
  std::string next(cmark_node* header, bool is_of_root);

 private:
  const Options& options_;
  std::map<std::string, int> github_seen_;
  std::map<std::string, int> kramdown_seen_;
};

}  // namespace stet::markdown
