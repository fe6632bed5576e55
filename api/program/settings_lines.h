// The text of a settings file, line by line: sections, and keys with their values. Which keys there
// are is setting_table.h's to say.
//
// What is read is the part of TOML that settings need: `[section]` and `[section.name]`, `key =
// value` with "text" (and its escapes), 'text', a word or a number, or a list of these, which may
// run over several lines; comments from '#'. A word needs no quotes. Threads: a pure function.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stet::program {

struct SettingLine {
  std::string section;  // "oidc.example"; "" above the first
  std::string key;
  std::vector<std::string> values;
  bool is_list = false;
  std::size_t line = 0;  // from 1

  // "git.push_mib"
  std::string name() const { return section.empty() ? key : section + "." + key; }
};

struct SettingFault {
  std::size_t line = 0;  // 0: of the file as a whole
  std::string message;   // what is wrong, and the mend
};

struct SettingLines {
  std::vector<SettingLine> lines;
  std::vector<SettingFault> faults;  // lines that are none, and keys that are there twice
};

SettingLines parse_settings(std::string_view text);

}  // namespace stet::program
