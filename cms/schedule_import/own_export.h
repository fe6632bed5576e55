// Exports that stet itself has made, as an import knows more of them than of others: texts are
// plain, addresses name files, and several entries of one address are one session.
//
// So that an export of what was imported is the same export, byte for byte. A file that only says
// that it is one of ours can do no harm by it. Threads: pure functions. Cost: linear.
#pragma once

#include <string>
#include <string_view>

namespace stet::schedule_import {

inline constexpr std::string_view kOwnGenerator = "stet";
inline constexpr std::string_view kOwnCalendar = "-//stet//";

// "opening" of "https://example.org/days/schedule/opening/", where `folder` is "schedule"; "": it
// names no file.
std::string page_in_url(std::string_view url, std::string_view folder);

// Markdown that shows this text, by kramdown and by CommonMark: what has a meaning is escaped, line
// ends stay.
std::string markdown_of_text(std::string_view text);

// Whether they say the same, whatever marks and blanks stand in them: of a text an export has no
// markup, and typographic signs. `wanted` may end early, or begin before (`has_preface`).
bool is_same_wording(std::string_view there, std::string_view wanted, bool has_preface);

}  // namespace stet::schedule_import
