#include "api/program/toml_text.h"

namespace stet::program {

std::string toml(std::string_view text) {
  std::string written = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') written += '\\';
    if (c == '\n') {
      written += "\\n";
    } else {
      written += c;
    }
  }
  return written + "\"";
}

std::string toml(const std::vector<std::string>& texts) {
  std::string written;
  for (const std::string& text : texts) written += (written.empty() ? "" : ", ") + toml(text);
  return "[" + written + "]";
}

}  // namespace stet::program
