// Where a text names other files and pages of its site.
//
// Found are Markdown's links, pictures and references, href and src of HTML, the tags link and
// post_url, and URLs in quotes that go through relative_url or absolute_url. Code (fences, spans,
// `raw`, comments) is passed over, except that tags count in Markdown's code too, for Liquid does
// not know what code is. Threads: pure functions. O(n), whatever the bytes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stet::change {

struct LinkSpan {
  enum class Kind {
    kTarget,    // of a link: "../a.md#part", "/a/", "{{ site.baseurl }}/a/"
    kLinkTag,   // {% link _posts/a.md %}
    kPostUrl,   // {% post_url 2020-01-01-a %}
    kFiltered,  // {{ '/a/' | relative_url }}: what stands in the quotes
  };
  Kind kind = Kind::kTarget;
  std::size_t begin = 0, end = 0;  // of the name alone, in bytes
};

// In order, none overlapping another.
std::vector<LinkSpan> find_links(std::string_view text);

}  // namespace stet::change
