// What people have written for the guide: Markdown files beside this one, and the changelog, which
// are part of the program.
//
// A code block that begins with ```example STATUS TITLE is shown as an example and is run by the
// guide's test: STATUS is what the last answer has, or `ok` where the commands just end well.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stet::docs {

// "" where nothing is written under this name.
std::string_view text_of(std::string_view name);

// HTML of Markdown.
std::string prose_html(std::string_view markdown);

// CHANGELOG.md, as it was when the program was built.
std::string changelog_html();

}  // namespace stet::docs
