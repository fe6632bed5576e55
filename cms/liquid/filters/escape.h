// Escapes of HTML, XML and URLs, as Ruby's CGI and Liquid make them. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stet::liquid {

std::string escape_html(std::string_view text);       // & < > " ' (the last as &#39;)
std::string escape_html_once(std::string_view text);  // leaves what looks like an entity alone
std::string escape_xml(std::string_view text);        // & < > " ' (the last as &apos;)

// Without scripts, styles and comments with what is in them, then without all other tags; what has
// no end stays.
std::string strip_html(std::string_view text);

std::string encode_form(std::string_view text);  // CGI.escape: a blank is "+"
std::string decode_form(std::string_view text);  // CGI.unescape; the bytes may be no UTF-8

// "%C3%A9" of the bytes of "é".
void append_percent(std::string& out, char byte);
// Two hexadecimal digits after a % at the start of `text`, as a byte; -1 if it does not begin so.
int percent_byte(std::string_view text);

}  // namespace stet::liquid
